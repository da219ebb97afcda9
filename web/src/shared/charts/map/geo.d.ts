declare module '*.geo' {
  export const shapes: import('./atlas').Stored[];
}

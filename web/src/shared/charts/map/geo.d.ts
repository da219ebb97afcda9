declare module '*.geo' {
  export const shapes: import('./shapes').Stored[];
}

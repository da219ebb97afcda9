// What scripts/messages.mjs makes of a .po file.
declare module '*.po' {
  export const messages: import('./translate').Catalogue;
}

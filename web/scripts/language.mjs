// React Aria looks at the language of the browser as soon as it is loaded, by a call that makes Intl read all its
// languages: 100 ms on a slow processor, before anything is shown. Whether the tag is well formed can be known without.
const slow = /Intl\.DateTimeFormat\.supportedLocalesOf\(/g;

export function quickLanguage() {
  return {
    name: 'quick-language',
    transform(code, id) {
      if (!id.endsWith('/i18n/useDefaultLocale.mjs')) return null;
      if (!slow.test(code)) throw new Error(`${id} no longer does what scripts/language.mjs is there for`);
      return { code: code.replace(slow, 'Intl.getCanonicalLocales('), map: null };
    },
  };
}

import { describe, expect, it } from 'vitest';
import { chooseLocale, translator } from '.';

const people = { people: [['n', 'plural', { '=0': 'nobody', one: ['#', ' person'], other: ['#', ' people'] }]] };

describe('translator', () => {
  it('says an unknown sentence as it is', () => {
    expect(translator('fr', {})('Save')).toBe('Save');
  });

  it('fills in values, and leaves a gap for a missing one', () => {
    const t = translator('en', { hello: ['Hello ', ['name'], '!'] });

    expect(t('hello', { name: 'Ada' })).toBe('Hello Ada!');
    expect(t('hello')).toBe('Hello !');
  });

  it('follows the plural rules of the language', () => {
    const catalogue = { n: [['n', 'plural', { one: ['#', ' table'], other: ['#', ' tables'] }]] } as never;

    expect(translator('fr', catalogue)('n', { n: 0 })).toBe('0 table');
    expect(translator('en', catalogue)('n', { n: 0 })).toBe('0 tables');
    expect(translator('fr', catalogue)('n', { n: 12345 })).toBe('12\u202f345 tables');
  });

  it('takes the singular where the language does', () => {
    const catalogue = { n: [['n', 'plural', { one: 'one', other: 'other' }]] } as never;

    for (const locale of ['en', 'fr'] as const) {
      const rules = new Intl.PluralRules(locale);
      for (const n of [0, 1, 2, 1.5, 2.5, 11, 21, 100, -1]) expect(translator(locale, catalogue)('n', { n }), `${locale} ${n}`).toBe(rules.select(n) === 'one' ? 'one' : 'other');
    }
  });

  it('prefers the form for an exact number', () => {
    expect(translator('en', people as never)('people', { n: 0 })).toBe('nobody');
  });
});

describe('chooseLocale', () => {
  it('takes the first wish that it can grant', () => {
    expect(chooseLocale(null, 'de-DE', 'fr-CA', 'en')).toBe('fr');
    expect(chooseLocale('en_US', 'fr')).toBe('en');
    expect(chooseLocale('es')).toBe('en');
  });
});

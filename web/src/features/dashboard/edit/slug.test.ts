import { expect, it } from 'vitest';
import { slugOf } from './slug';

it('names a filter in addresses without accents, like no other one', () => {
  expect(slugOf('Catégorie d’achat', [])).toBe('categorie_d_achat');
  expect(slugOf('Date', [{ slug: 'date' }, { slug: 'date_2' }])).toBe('date_3');
  expect(slugOf('日', [])).toBe('filter');
});

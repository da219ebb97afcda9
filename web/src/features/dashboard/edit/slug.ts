// What a filter is called in addresses: `?categorie=Gadget`.
import type { Parameter } from '../../../lib/question-types';

/** From its name, and like no other one. */
export function slugOf(name: string, others: readonly Pick<Parameter, 'slug'>[]): string {
  const plain = name.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'filter';
  const taken = new Set(others.map(({ slug }) => slug));
  let slug = plain;

  for (let number = 2; taken.has(slug); number++) slug = `${plain}_${number}`;
  return slug;
}

// What is searched stands in the address, so that it can be sent and gone back to.
import type { Search } from '../../lib/search';

const names = ['models', 'collection', 'created_by'] as const;

export function searchFrom(address: string): Search {
  const asked = new URLSearchParams(address);
  const filters = names.flatMap((name): [string, string][] => {
    const value = asked.get(name);
    return value ? [[name, value]] : [];
  });

  return { q: asked.get('q') ?? '', ...Object.fromEntries(filters) };
}

export function searchAddress({ q, ...filters }: Search): string {
  const pairs = names.flatMap((name): [string, string][] => {
    const value = filters[name];
    return value ? [[name, value]] : [];
  });
  const query = new URLSearchParams([...(q ? [['q', q] as [string, string]] : []), ...pairs]);

  return `/browse/search${query.size ? `?${query}` : ''}`;
}

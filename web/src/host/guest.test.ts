import { expect, it } from 'vitest';
import { addressOf, expiryOf, type Wishes } from './guest';

const plain: Wishes = { hasTitle: true, hasDownloads: false, parameters: {}, hiddenParameters: [], refresh: 0 };

it('writes the address of a frame', () => {
  expect(addressOf('dashboard', 'a.b.c', plain, { instanceUrl: 'https://figures.example/' })).toBe(
    'https://figures.example/embed/dashboard/a.b.c#bordered=false&titled=true&downloads=false',
  );
});

it('writes filters behind the ?, and looks behind the #', () => {
  const wishes: Wishes = { hasTitle: false, hasDownloads: true, parameters: { état: ['a', 'b'], n: 3, none: null }, hiddenParameters: ['n'], refresh: 60 };
  const address = new URL(addressOf('question', 't', wishes, { instanceUrl: 'https://f.example/stats', theme: { preset: 'dark', fontFamily: 'serif' }, locale: 'fr' }));

  expect(address.pathname).toBe('/stats/embed/question/t');
  expect([...address.searchParams]).toEqual([['état', 'a'], ['état', 'b'], ['n', '3'], ['none', '']]);
  expect(address.hash).toBe('#bordered=false&titled=false&downloads=true&theme=night&font=serif&locale=fr&hide_parameters=n&refresh=60');
});

it('reads when a token ends', () => {
  const token = `x.${btoa(JSON.stringify({ exp: 1_700_000_000.5 }))}.y`;

  expect(expiryOf(token)).toBe(1_700_000_000.5);
  expect(expiryOf('nonsense')).toBeNull();
});

import { expect, it } from 'vitest';
import { loginAddress, returnAddress } from './return-address';

it('comes back to where one wanted to go', () => {
  const from = '/reference/databases/1/tables/2?tab=a';

  expect(returnAddress(loginAddress(from).split('?').slice(1).join('?'))).toBe(from);
});

it('asks for no return from home or from the door itself', () => {
  expect(loginAddress('/')).toBe('/auth/login');
  expect(loginAddress('/auth/logout')).toBe('/auth/login');
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', ''])(
  'never leaves the site: %j',
  (redirect) => {
    expect(returnAddress(new URLSearchParams({ redirect }).toString())).toBe('/');
  },
);

import { expect, it } from 'vitest';
import { keepsRule, passwordRules } from './password';

it('asks for the longer of both lengths, and only for what the server asks', () => {
  expect(passwordRules(12, { total: 6, digit: 1 }).map(({ id, count }) => [id, count])).toEqual([
    ['total', 12],
    ['digit', 1],
  ]);
});

it('counts letters as people do', () => {
  const [length] = passwordRules(4);

  expect(length && keepsRule('éà🙂', length)).toBe(false);
  expect(length && keepsRule('éà🙂ç', length)).toBe(true);
});

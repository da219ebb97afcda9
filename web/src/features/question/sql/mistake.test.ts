import { expect, it } from 'vitest';
import { mistakeIn } from './mistake';

it.each([
  ['select * from ORDERZ', 'SQLite: no such table: ORDERZ', 14],
  ['selec 1', 'SQLite: near "selec": syntax error', 0],
  ['select a\nfrom b', 'ERROR: column does not exist at character 8', 7],
  ['select a\nfrom b', 'You have an error at line 2', 9],
  ['select 1', 'out of memory', undefined],
])('%s: %s', (sql, message, at) => {
  expect(mistakeIn(sql, message)).toBe(at);
});

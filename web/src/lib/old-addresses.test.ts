import { expect, it } from 'vitest';
import { newAddress } from './old-addresses';

it.each([
  ['/question', '/question/new'],
  ['/question/notebook', '/question/new'],
  ['/question/12-visits/notebook', '/question/12'],
  ['/model/7-people', '/question/7'],
  ['/metric/7', '/question/7'],
  ['/question/entity/abcdefghijklmnopqrstu', '/question/abcdefghijklmnopqrstu'],
  ['/browse/1-sample-database', '/browse/databases/1'],
  ['/browse/databases/1-sample-database/schema/PUBLIC', '/browse/databases/1'],
  ['/table/5-orders', '/question/new?table=5'],
  ['/table/5/detail/3', '/question/new?table=5'],
  ['/browse/models', '/browse/search'],
  ['/reference/databases/3', '/browse/databases/3'],
])('%s is at %s', (old, now) => {
  expect(newAddress(old)).toBe(now);
});

it('leaves the addresses of today alone', () => {
  for (const path of ['/', '/question/new', '/question/12', '/question/12-visits', '/question/12/history', '/dashboard/3-x', '/browse/databases/1', '/reference/databases/1/tables/5', '/collection/4-x', '/account/profile']) expect(newAddress(path)).toBeNull();
});

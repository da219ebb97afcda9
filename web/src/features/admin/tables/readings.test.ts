import { expect, test } from 'vitest';
import { readingsOf } from './readings';

const ids = (base_type: string) => readingsOf({ base_type }).map(({ id }) => id.replace('Coercion/', ''));

test('a column may be read as what its type can hold', () => {
  expect(ids('type/BigInteger')).toContain('UNIXMilliSeconds->DateTime');
  expect(ids('type/Text')).toEqual(['ISO8601->DateTime', 'ISO8601->Date', 'ISO8601->Time', 'YYYYMMDDHHMMSSString->Temporal', 'String->Integer', 'String->Float']);
  expect(ids('type/DateTimeWithLocalTZ')).toEqual(['DateTime->Date']);
  for (const type of ['type/Date', 'type/Time', 'type/Boolean', 'type/JSON', 'type/UUID']) expect(ids(type)).toEqual([]);
});

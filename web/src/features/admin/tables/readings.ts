// What the values of a column may be read as, when they mean something else than their type says.
import { msg } from '../../../shared/i18n';
import type { AdminField } from './queries';

const number = /^type\/(Integer|BigInteger|Float|Decimal|Number)$/;
const text = /^type\/Text(Like)?$/;
const moment = /^type\/(DateTime|Instant)/;

const readings = [
  { id: 'Coercion/UNIXSeconds->DateTime', of: number, label: msg('A moment: seconds since 1970') },
  { id: 'Coercion/UNIXMilliSeconds->DateTime', of: number, label: msg('A moment: milliseconds since 1970') },
  { id: 'Coercion/UNIXMicroSeconds->DateTime', of: number, label: msg('A moment: microseconds since 1970') },
  { id: 'Coercion/UNIXNanoSeconds->DateTime', of: number, label: msg('A moment: nanoseconds since 1970') },
  { id: 'Coercion/Float->Integer', of: number, label: msg('A whole number') },
  { id: 'Coercion/ISO8601->DateTime', of: text, label: msg('A moment: 2026-03-31T14:05:00') },
  { id: 'Coercion/ISO8601->Date', of: text, label: msg('A day: 2026-03-31') },
  { id: 'Coercion/ISO8601->Time', of: text, label: msg('A time of day: 14:05:00') },
  { id: 'Coercion/YYYYMMDDHHMMSSString->Temporal', of: text, label: msg('A moment: 20260331140500') },
  { id: 'Coercion/String->Integer', of: text, label: msg('A whole number') },
  { id: 'Coercion/String->Float', of: text, label: msg('A number') },
  { id: 'Coercion/DateTime->Date', of: moment, label: msg('A day') },
];

/** By the type in the database: what questions see follows from the choice. */
export const readingsOf = ({ base_type }: Pick<AdminField, 'base_type'>) => readings.filter(({ of }) => of.test(base_type));

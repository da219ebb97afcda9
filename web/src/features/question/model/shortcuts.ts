// Columns that people calculate most: a part of a moment or of an address, two columns as one.
import { holdsDates } from '../../../shared/data';
import { msg } from '../../../shared/i18n';
import type { Choosable } from './columns';
import type { Clause } from './query';

export interface Part {
  id: string;
  label: string;
  of: (ref: Clause) => unknown;
}

const ofDates: Part[] = [
  { id: 'year', label: msg('Year'), of: (ref) => ['get-year', ref] },
  { id: 'quarter', label: msg('Quarter of the year'), of: (ref) => ['get-quarter', ref] },
  { id: 'month', label: msg('Month of the year'), of: (ref) => ['month-name', ['get-month', ref]] },
  { id: 'day-of-month', label: msg('Day of the month'), of: (ref) => ['get-day', ref] },
  { id: 'day-of-week', label: msg('Day of the week'), of: (ref) => ['day-name', ['get-day-of-week', ref]] },
  { id: 'hour', label: msg('Hour of the day'), of: (ref) => ['get-hour', ref] },
];

const ofAddresses: Part[] = [
  { id: 'host', label: msg('Host, such as www.example.org'), of: (ref) => ['host', ref] },
  { id: 'domain', label: msg('Domain, such as example'), of: (ref) => ['domain', ref] },
];

const isAddress = ({ column }: Choosable) => column.semantic_type === 'type/URL' || column.semantic_type === 'type/Email';
const isDay = ({ column }: Choosable) => (column.effective_type ?? column.base_type) === 'type/Date';

/** What can be taken out of a column; nothing for most. */
export function partsIn(column: Choosable): Part[] {
  if (holdsDates(column.column)) return isDay(column) ? ofDates.filter(({ id }) => id !== 'hour') : ofDates;

  return isAddress(column) ? ofAddresses : [];
}

/** One text out of several columns, in their order. */
export const together = (refs: readonly Clause[], between: string): Clause => ['concat', ...refs.flatMap((ref, index) => (index > 0 && between ? [between, ref] : [ref]))];

/** A name that no other custom column has. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;

  for (let count = 2; taken.includes(name); count += 1) name = `${wanted} ${count}`;
  return name;
}

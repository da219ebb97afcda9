// A value that was clicked on a dashboard, as a filter on a column of the question that opens.
import { type Cell, type Column, holdsDates, holdsNumbers, holdsTruth, isKey } from '../../../shared/data';
import type { ClickFilter } from '../../../shared/dashboard';
import type { Applied } from './parameters';

const day = (date: Date) => date.toISOString().slice(0, 10);

/** The end of the stretch that starts there. */
function lastDay(start: Date, unit: string): Date {
  const end = new Date(start);

  if (unit === 'week') end.setUTCDate(end.getUTCDate() + 6);
  if (unit === 'quarter') end.setUTCMonth(end.getUTCMonth() + 3, 0);
  if (unit === 'year') end.setUTCFullYear(end.getUTCFullYear() + 1, 0, 0);
  return end;
}

/** A moment of an answer that is grouped by a unit of time stands for all of it: `2026-03`, `2026-01-01~2026-12-31`. */
export function dateText(value: string, unit: string | null | undefined): string {
  const start = new Date(`${value.slice(0, 10)}T00:00:00Z`);

  if (unit === 'month') return value.slice(0, 7);
  if (Number.isNaN(start.getTime()) || !['week', 'quarter', 'year'].includes(unit ?? '')) return value.slice(0, 10);
  return `${day(start)}~${day(lastDay(start, unit as string))}`;
}

function typeOf(column: Column): string {
  if (holdsTruth(column)) return 'boolean/=';
  if (holdsDates(column)) return 'date/all-options';
  if (isKey(column)) return 'id';
  return holdsNumbers(column) ? 'number/=' : 'string/=';
}

export function clickedFilter({ target, value, column, type }: ClickFilter): Applied {
  const name = column?.display_name ?? '';
  if (!column) return { name, type: type ?? 'string/=', target, value };
  const isDate = holdsDates(column) && typeof value === 'string';

  return { name, type: typeOf(column), target, value: isDate ? dateText(value, column.unit) : [value as Cell] };
}

// The builder's vocabulary, in tables: summaries, units of time, comparisons.
import { holdsDates, holdsNumbers, holdsTruth, isKey } from '../../../shared/data';
import type { Column } from '../../../shared/data';
import { msg } from '../../../shared/i18n';

export interface Summary {
  clause: string;
  label: string;
  /** With the name of its column. */
  phrase?: string;
  takes?: 'number' | 'any';
}

export const summaries: Summary[] = [
  { clause: 'count', label: msg('Number of rows') },
  { clause: 'sum', label: msg('Sum of…'), phrase: msg('Sum of {column}'), takes: 'number' },
  { clause: 'avg', label: msg('Average of…'), phrase: msg('Average of {column}'), takes: 'number' },
  { clause: 'distinct', label: msg('Number of different…'), phrase: msg('Number of different {column}'), takes: 'any' },
  { clause: 'min', label: msg('Smallest…'), phrase: msg('Smallest {column}'), takes: 'any' },
  { clause: 'max', label: msg('Largest…'), phrase: msg('Largest {column}'), takes: 'any' },
  { clause: 'median', label: msg('Median of…'), phrase: msg('Median of {column}'), takes: 'number' },
  { clause: 'cum-sum', label: msg('Running sum of…'), phrase: msg('Running sum of {column}'), takes: 'number' },
  { clause: 'cum-count', label: msg('Running number of rows') },
  { clause: 'stddev', label: msg('Standard deviation of…'), phrase: msg('Standard deviation of {column}'), takes: 'number' },
];

export interface Named {
  id: string;
  label: string;
}

export const units: Named[] = [
  { id: 'minute', label: msg('Minute') },
  { id: 'hour', label: msg('Hour') },
  { id: 'day', label: msg('Day') },
  { id: 'week', label: msg('Week') },
  { id: 'month', label: msg('Month') },
  { id: 'quarter', label: msg('Quarter') },
  { id: 'year', label: msg('Year') },
  { id: 'hour-of-day', label: msg('Hour of the day') },
  { id: 'day-of-week', label: msg('Day of the week') },
  { id: 'day-of-month', label: msg('Day of the month') },
  { id: 'month-of-year', label: msg('Month of the year') },
  { id: 'quarter-of-year', label: msg('Quarter of the year') },
];

export const bins: (Named & { binning: { strategy: string; 'num-bins'?: number } | null })[] = [
  { id: 'default', label: msg('Ranges, chosen for you'), binning: { strategy: 'default' } },
  { id: '10', label: msg('10 ranges'), binning: { strategy: 'num-bins', 'num-bins': 10 } },
  { id: '50', label: msg('50 ranges'), binning: { strategy: 'num-bins', 'num-bins': 50 } },
  { id: 'none', label: msg('Each value'), binning: null },
];

export type Family = 'text' | 'number' | 'date' | 'truth' | 'key';

export function familyOf(column: Column): Family {
  if (holdsTruth(column)) return 'truth';
  if (holdsDates(column)) return 'date';
  if (isKey(column)) return 'key';
  return holdsNumbers(column) ? 'number' : 'text';
}

export interface Comparison {
  id: string;
  label: string;
  /** How many values it takes: as many as one likes, exactly some, or none. */
  values: 'many' | 0 | 1 | 2;
  /** The words between the column and the values. */
  phrase: string;
}

const isEmpty: Comparison = { id: 'is-null', label: msg('is empty'), values: 0, phrase: msg('{column} is empty') };
const notEmpty: Comparison = { id: 'not-null', label: msg('is not empty'), values: 0, phrase: msg('{column} is not empty') };
const is: Comparison = { id: '=', label: msg('is'), values: 'many', phrase: msg('{column} is {values}') };
const isNot: Comparison = { id: '!=', label: msg('is not'), values: 'many', phrase: msg('{column} is not {values}') };
const between: Comparison = { id: 'between', label: msg('between'), values: 2, phrase: msg('{column} is between {values}') };

export const comparisons: Record<Family, Comparison[]> = {
  text: [
    is,
    isNot,
    { id: 'contains', label: msg('contains'), values: 'many', phrase: msg('{column} contains {values}') },
    { id: 'does-not-contain', label: msg('does not contain'), values: 'many', phrase: msg('{column} does not contain {values}') },
    { id: 'starts-with', label: msg('starts with'), values: 'many', phrase: msg('{column} starts with {values}') },
    { id: 'ends-with', label: msg('ends with'), values: 'many', phrase: msg('{column} ends with {values}') },
    { id: 'is-empty', label: msg('is empty'), values: 0, phrase: msg('{column} is empty') },
    { id: 'not-empty', label: msg('is not empty'), values: 0, phrase: msg('{column} is not empty') },
  ],
  number: [
    is,
    isNot,
    { id: '>', label: msg('greater than'), values: 1, phrase: msg('{column} is greater than {values}') },
    { id: '>=', label: msg('at least'), values: 1, phrase: msg('{column} is at least {values}') },
    { id: '<', label: msg('less than'), values: 1, phrase: msg('{column} is less than {values}') },
    { id: '<=', label: msg('at most'), values: 1, phrase: msg('{column} is at most {values}') },
    between,
    isEmpty,
    notEmpty,
  ],
  date: [
    { id: 'time-interval', label: msg('in a period'), values: 0, phrase: msg('{column} in {values}') },
    between,
    { id: '=', label: msg('on'), values: 1, phrase: msg('{column} on {values}') },
    { id: '<', label: msg('before'), values: 1, phrase: msg('{column} before {values}') },
    { id: '>', label: msg('after'), values: 1, phrase: msg('{column} after {values}') },
    { id: 'exclude', label: msg('except'), values: 0, phrase: msg('{column} except {values}') },
    isEmpty,
    notEmpty,
  ],
  truth: [{ ...is, values: 1 }, isEmpty, notEmpty],
  key: [is, isNot, isEmpty, notEmpty],
};

/** Named with both sides. */
export const joinKinds: Named[] = [
  { id: 'left-join', label: msg('All rows of {left}') },
  { id: 'inner-join', label: msg('Only rows that fit on both sides') },
  { id: 'right-join', label: msg('All rows of {right}') },
  { id: 'full-join', label: msg('All rows of both') },
];

import { describe, expect, it } from 'vitest';
import type { Cell, Column } from '../data/types';
import { plainWriting, writer } from '.';
import type { ColumnSettings } from './column-settings';

const column = (base_type: string, more: Partial<Column> = {}): Column => ({ name: 'c', display_name: 'C', base_type, ...more });
const write = (locale: 'en' | 'fr', one: Column, cell: Cell, settings: ColumnSettings = {}, length = {}) =>
  writer(plainWriting(locale), one, { column_settings: { '["name","c"]': settings } }, length)(cell).replace(/[\u202f\u00a0]/g, ' ');

const number = column('type/Float');
const money: ColumnSettings = { number_style: 'currency', currency: 'EUR' };

describe('values', () => {
  it.each([
    ['fr', number, 1234.567, {}, '1 234,57'],
    ['en', number, 1234.567, {}, '1,234.57'],
    ['fr', number, 1234.5, money, '1 234,50 €'],
    ['en', number, 0.256, { number_style: 'percent' }, '25.6%'],
    ['fr', number, 12, { decimals: 2, prefix: '~', suffix: ' kg' }, '~12,00 kg'],
    ['en', number, 0.0042, {}, '0.0042'],
    ['en', number, 1234.5, { number_separators: ', ' }, '1 234,5'],
    ['en', number, 5, { scale: 100 }, '500'],
    ['fr', number, -1234.5, {}, '−1 234,5'],
    ['fr', number, -1234.5, money, '−1 234,50 €'],
    ['en', number, -0.25, { number_style: 'percent' }, '−25%'],
    ['en', number, -0.00001, { number_style: 'scientific' }, '−1E−5'],
    ['en', column('type/Integer', { semantic_type: 'type/PK' }), 12345, {}, '12345'],
    ['fr', column('type/DateTime', { unit: 'month' }), '2026-03-01T00:00:00Z', {}, 'mars 2026'],
    ['fr', column('type/DateTime', { unit: 'quarter' }), '2026-04-01T00:00:00Z', {}, 'T2 2026'],
    ['en', column('type/DateTime', { unit: 'year' }), '2026-01-01T00:00:00Z', {}, '2026'],
    ['fr', column('type/Date'), '2026-03-02', {}, '2 mars 2026'],
    ['fr', column('type/DateTime'), '2026-03-02T14:05:00+01:00', {}, '2 mars 2026 14:05'],
    ['en', column('type/Date'), '2026-03-02', { date_style: 'D/M/YYYY', date_separator: '-' }, '02-03-2026'],
    ['fr', column('type/Date'), '2026-03-02', { date_style: 'dddd D MMMM [à] YYYY' }, 'lundi 2 mars à 2026'],
    ['en', column('type/Date'), '2026-03-02', { date_style: 'DD.MM.YY' }, '02.03.26'],
    ['en', column('type/DateTime'), '2026-03-02T14:05:09', { date_style: 'YYYY-MM-DD HH:mm:ss' }, '2026-03-02 14:05:09'],
    ['fr', column('type/DateTime', { unit: 'month' }), '2026-09-01', { date_style: 'MMMM YY', date_abbreviate: true }, 'sept. 26'],
    ['en', column('type/DateTime', { unit: 'quarter' }), '2026-09-01', { date_style: '[Q]Q - YYYY' }, 'Q3 - 2026'],
    ['fr', column('type/Integer', { unit: 'month-of-year' }), 3, {}, 'mars'],
    ['fr', column('type/Integer', { unit: 'day-of-week' }), 1, {}, 'lundi'],
    ['en', column('type/Boolean'), true, {}, 'true'],
    ['en', column('type/Text'), null, {}, ''],
    ['en', column('type/Text'), 'plain', {}, 'plain'],
  ] as ['fr' | 'en', Column, Cell, ColumnSettings, string][])('%s %o %s', (locale, one, cell, settings, expected) => {
    expect(write(locale, one, cell, settings)).toBe(expected);
  });

  it('is short on an axis', () => {
    expect(write('fr', number, 1_250_000, {}, { isCompact: true })).toBe('1,3 M');
    expect(write('fr', column('type/DateTime', { unit: 'month' }), '2026-09-01', {}, { isShort: true })).toBe('sept. 2026');
  });
});

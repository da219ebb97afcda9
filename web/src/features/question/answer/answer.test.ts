import { expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { contrast } from './contrast';
import { formatTable } from '../../formats/format-table';

const keys = (base_type: string, own = {}, more: Partial<Column> = {}) =>
  formatTable.filter(({ fits }) => fits({ name: 'c', display_name: 'C', base_type, ...more }, own)).map(({ key }) => key);

it('offers the formats that a column can take', () => {
  expect(keys('type/Float')).toContain('decimals');
  expect(keys('type/Float')).not.toContain('currency');
  expect(keys('type/Float', { number_style: 'currency' })).toEqual(expect.arrayContaining(['currency', 'currency_style']));
  expect(keys('type/Text')).toEqual(['column_title', 'prefix', 'suffix', 'text_align', 'text_wrapping', 'view_as']);
  expect(keys('type/Text', { view_as: 'link' })).toEqual(expect.arrayContaining(['link_text', 'link_url']));
  expect(keys('type/Date')).not.toContain('time_enabled');
  expect(keys('type/DateTime')).toContain('time_enabled');
  expect(keys('type/DateTime', { date_style: 'D/M/YYYY' })).toContain('date_separator');
});

it('knows how well a colour is seen', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#ffff00', '#ffffff')).toBeLessThan(3);
});

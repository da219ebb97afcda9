import { expect, it } from 'vitest';
import { listed, toCsv } from '../data';
import { plainWriting } from '../format';
import { shownColumns } from './columns';

const data = {
  cols: [
    { name: 'row', display_name: 'Row', base_type: 'type/Integer', visibility_type: 'details-only' },
    { name: 'town', display_name: 'Town', base_type: 'type/Text', visibility_type: 'normal' },
    { name: 'size', display_name: 'Size', base_type: 'type/Integer' },
  ],
  rows: [[1, 'Brest', 2]],
};
const names = (settings: Record<string, unknown>) => shownColumns(data, settings, plainWriting('en')).map(({ column: { name } }) => name);

it('keeps what is for details out of a list, until somebody asks for it', () => {
  expect(names({})).toEqual(['town', 'size']);
  expect(names({ 'table.columns': [{ name: 'size', enabled: true }, { name: 'row', enabled: true }] })).toEqual(['size', 'row', 'town']);
  expect(names({ 'table.columns': [{ name: 'town', enabled: false }] })).toEqual(['size']);
});

it('saves the columns that the list shows', () => {
  const saved = (settings: Record<string, unknown>) => toCsv('en', listed(data, settings)).slice(1);

  expect(saved({})).toBe('Town,Size\r\nBrest,2');
  expect(saved({ 'table.columns': [{ name: 'size', enabled: true }, { name: 'town', enabled: false }, { name: 'row', enabled: true }] })).toBe('Size,Row\r\n2,1');
});

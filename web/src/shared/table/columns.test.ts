import { expect, it } from 'vitest';
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

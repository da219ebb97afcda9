import { expect, it } from 'vitest';
import { differences, type Side } from './differences';

const card = (id: number, more = {}) => ({ id, card_id: id, row: 0, col: 0, size_x: 6, size_y: 3, dashboard_tab_id: null, parameter_mappings: [], visualization_settings: {}, series: [], ...more });
const nameOf = ({ card_id }: { card_id: number | null }) => `Q${card_id}`;
const say = (before: Side, after: Side) => differences(before, after, nameOf).map(({ message, values }) => message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''));

it('says which cards came, went, moved and grew', () => {
  expect(say({ dashcards: [card(1), card(2)] }, { dashcards: [card(1, { row: 4, size_x: 12 }), card(3)] })).toEqual(['New card: Q3', 'Card removed: Q2', 'Size changed: Q1', 'Moved: Q1']);
});

it('says what was renamed, and which filters changed', () => {
  expect(say({ name: 'A', parameters: [{ id: 'p', name: 'Place' }] }, { name: 'B', parameters: [{ id: 'p', name: 'Region' }, { id: 'q', name: 'Date' }] })).toEqual([
    'Name: “A” became “B”',
    'New filter: Date',
    'Filter changed: Region',
  ]);
});

it('says nothing of what did not change', () => {
  expect(say({ dashcards: [card(1)] }, { dashcards: [card(1)] })).toEqual([]);
});

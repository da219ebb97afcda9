import { expect, it } from 'vitest';
import type { Dashcard, Question } from '../../../lib/question-types';
import { sameTable } from '../queries';
import { sections } from './sections';
import { asNew, atPlace, filled, toSave, withCardMoved, withSection, withSeries, withTabMoved } from './state';
import { nameOfCard } from './tab-dialog';

const mapping = { parameter_id: 'p', card_id: 7, target: ['dimension', ['field', 1, null]] };
const card: Dashcard = { id: 3, card_id: 7, dashboard_tab_id: null, row: 0, col: 0, size_x: 12, size_y: 6, parameter_mappings: [mapping], visualization_settings: {} };
const empty = { dashcards: [card], tabs: [], parameters: [] };

it.each(sections)('puts the section "$id" below what is there, without overlaps, inside the grid', (section) => {
  const added = withSection(empty, null, section, 'Title').filter(({ id }) => id < 0);

  expect(new Set(added.map(({ id }) => id)).size).toBe(section.cards.length);
  for (const a of added) {
    expect(a.row).toBeGreaterThanOrEqual(6);
    expect(a.col + a.size_x).toBeLessThanOrEqual(24);
    for (const b of added) {
      expect(a !== b && a.col < b.col + b.size_x && b.col < a.col + a.size_x && a.row < b.row + b.size_y && b.row < a.row + a.size_y).toBe(false);
    }
  }
});

it('lets a question take the place that was kept for it', () => {
  const dashcards = withSection(empty, null, sections[2] as (typeof sections)[number], 'Title');
  const place = dashcards.at(-1) as Dashcard;
  const question = { id: 9, name: 'Nine' } as Question;

  expect(filled({ ...empty, dashcards }, place.id, question).at(-1)).toMatchObject({ card_id: 9, row: place.row, visualization_settings: {} });
});

it('filters an overlaid question of the same table as the first one', () => {
  const series = [8, 9].map((id) => ({ id, name: `Q${id}`, description: null, display: 'line', visualization_settings: {}, dataset_query: { database: 1, type: 'query' as const } }));
  const [made] = withSeries(empty, 3, series, [9]) as [Dashcard];

  expect(made.parameter_mappings.map(({ card_id }) => card_id)).toEqual([7, 9]);
  expect(toSave(made).series).toEqual([{ id: 8 }, { id: 9 }]);
  expect((withSeries({ ...empty, dashcards: [made] }, 3, [], [])[0] as Dashcard).parameter_mappings).toEqual([mapping]);
});

it('knows which questions ask the same table', () => {
  const question = (id: number, table_id: number | null) => ({ id, table_id }) as Question;

  expect(sameTable({ ...card, card: question(7, 5) }, [question(8, 5), question(9, 6)])).toEqual([8]);
  expect(sameTable({ ...card, card: question(7, null) }, [question(8, null)])).toEqual([]);
});

it('moves the cards of a tab below those of another, and names them before they go', () => {
  const on = (id: number, tab: number, row: number): Dashcard => ({ ...card, id, dashboard_tab_id: tab, row });
  const tabs = [1, 2, 3].map((id) => ({ id, name: `T${id}` }));
  const moved = withTabMoved({ ...empty, tabs, dashcards: [on(1, 1, 0), on(2, 2, 0), on(3, 2, 6)] }, 2, 1);

  expect(moved.tabs?.map(({ id }) => id)).toEqual([1, 3]);
  expect(moved.dashcards?.map(({ id, dashboard_tab_id, row }) => [id, dashboard_tab_id, row])).toEqual([[1, 1, 0], [2, 1, 6], [3, 1, 12]]);
  expect(withTabMoved({ ...empty, tabs: tabs.slice(0, 2), dashcards: [on(1, 1, 0), on(2, 2, 0)] }, 2, 1)).toMatchObject({ tabs: [], dashcards: [{ dashboard_tab_id: null }, { dashboard_tab_id: null, row: 6 }] });
  expect(nameOfCard({ ...card, card: { name: 'Sales' } as Question })).toBe('Sales');
  expect(nameOfCard({ ...card, card_id: null, visualization_settings: { virtual_card: { display: 'text' }, text: 'One\nTwo' } })).toBe('One');
});

it('moves one card to another tab, where there is room', () => {
  const on = (id: number, tab: number): Dashcard => ({ ...card, id, dashboard_tab_id: tab });
  const dashcards = withCardMoved({ dashcards: [on(1, 1), on(2, 2)] }, on(1, 1), 2);

  expect(dashcards.map(({ id, dashboard_tab_id, row, col, size_x }) => [id, dashboard_tab_id, row, col, size_x])).toEqual([[1, 2, 0, 12, 12], [2, 2, 0, 0, 12]]);
});

it('makes what is arranged a dashboard of its own: each card new, on the new tab that stands for its tab', () => {
  const dashcards = [card, { ...card, id: -4, dashboard_tab_id: 8 }, { ...card, id: 5, dashboard_tab_id: 9 }];
  const made = asNew({ dashcards, tabs: [{ id: 9, name: 'Nine' }, { id: 8, name: 'Eight' }], parameters: [] });

  expect(made.tabs).toEqual([{ id: -1, name: 'Nine' }, { id: -2, name: 'Eight' }]);
  expect(made.dashcards.map(({ id, dashboard_tab_id }) => [id, dashboard_tab_id])).toEqual([[-1, null], [-2, -2], [-3, -1]]);
  expect(made.dashcards[0]).toMatchObject({ card_id: 7, size_x: 12, parameter_mappings: [mapping] });
});

it('puts one of a list at another place', () => {
  expect(atPlace([1, 2, 3, 4], (one) => one === 2, 3)).toEqual([1, 3, 4, 2]);
  expect(atPlace([1, 2, 3], (one) => one === 3, 0)).toEqual([3, 1, 2]);
  expect(atPlace([1, 2], (one) => one === 9, 0)).toEqual([1, 2]);
});

import { expect, it } from 'vitest';
import type { Dashboard, Question } from '../../../lib/question-types';
import { revived } from './drafts';

const question = (id: number) => ({ id, name: `Q${id}`, description: null, display: 'line', visualization_settings: {} }) as Question;
const dashboard = { tabs: [{ id: 1, name: 'One' }], parameters: [] } as unknown as Dashboard;

it('gives the cards of a draft their questions again, and drops those that are gone', () => {
  const content = {
    dashcards: [
      { id: -1, card_id: 7, series: [{ id: 8 }, { id: 9 }] },
      { id: -2, card_id: 9 },
      { id: -3, card_id: null },
    ],
  };
  const { dashcards, tabs } = revived(content, dashboard, new Map([7, 8].map((id) => [id, question(id)])));

  expect(dashcards.map(({ id }) => id)).toEqual([-1, -3]);
  expect(dashcards[0]?.card?.name).toBe('Q7');
  expect(dashcards[0]?.series?.map(({ name }) => name)).toEqual(['Q8']);
  expect(tabs).toEqual(dashboard.tabs);
});

import { expect, it } from 'vitest';
import type { Dashboard } from '../../../lib/question-types';
import { theirsOf } from './conflict';
import type { Draft } from './drafts';

const edit = { id: 1, first_name: 'Ada', last_name: null, email: 'ada@example.fr', timestamp: '2026-03-01T10:00:00Z' };
const dashboard = { id: 5, updated_at: '2026-03-01T10:00:01Z', 'last-edit-info': edit } as Dashboard;
const draft = { version: 4, updated_at: '2026-03-02T08:00:00Z', editor: { id: 2, common_name: 'Babacar Diop' } } as Draft;

it('says who published when nobody wrote over my draft', () => {
  const who = { id: 1, name: 'Ada', at: edit.timestamp };

  expect(theirsOf(dashboard, draft, 4)).toMatchObject({ isPublished: true, who });
  expect(theirsOf(dashboard, { ...draft, version: 0 }, 3)).toMatchObject({ isPublished: true, who });
  expect(theirsOf({ ...dashboard, 'last-edit-info': null }, draft, 4).who).toEqual({ id: null, name: '', at: dashboard.updated_at });
});

it('says who wrote over my draft', () => {
  expect(theirsOf(dashboard, draft, 3)).toMatchObject({ isPublished: false, who: { id: 2, name: 'Babacar Diop', at: draft.updated_at } });
});

import { expect, it } from 'vitest';
import type { Translate } from '../../../shared/i18n';
import { jobText, runText } from './job-words';

const t: Translate = (text, values = {}) => `fr: ${text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}`;

it('says jobs of the server in words, and keeps those that it does not know', () => {
  expect(jobText(t, { name: 'sync-1', description: 'Tables and columns of Ventes' })).toBe('fr: Tables and columns of Ventes');
  expect(jobText(t, { name: 'mine', description: 'Something of mine' })).toBe('Something of mine');
  expect(jobText(t, { name: 'mine', description: '' })).toBe('mine');
});

it('says what came of a run, and leaves the words of databases alone', () => {
  expect(runText(t, '8 tables, 2 could not be read')).toContain('2 of them could not be read');
  expect(runText(t, '8 tables, 1 new, 0 gone, 71 columns')).toContain('(1 more, 0 fewer)');
  expect(runText(t, 'permission denied')).toBe('permission denied');
  expect(runText(t, null)).toBe('');
});

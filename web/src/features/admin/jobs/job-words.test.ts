import { expect, it } from 'vitest';
import type { Translate } from '../../../shared/i18n';
import { jobText } from './job-words';

const t: Translate = (text, values = {}) => `fr: ${text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))}`;

it('says jobs of the server in words, and keeps those that it does not know', () => {
  expect(jobText(t, { name: 'sync-1', description: 'Tables and columns of Ventes' })).toBe('fr: Tables and columns of Ventes');
  expect(jobText(t, { name: 'mine', description: 'Something of mine' })).toBe('Something of mine');
  expect(jobText(t, { name: 'mine', description: '' })).toBe('mine');
});

import { expect, it } from 'vitest';
import type { Translate } from '../../../shared/i18n';
import { reasonText } from './reasons';
import { ruleValue } from './rule-words';

const t: Translate = (text, values = {}) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

it('says the reasons of the server in words', () => {
  expect(reasonText(t, 'is in the group All Users')).toBe('Belongs to the group Everyone.');
  expect(reasonText(t, 'the group Terrain has create-queries = query-builder on this table')).toContain('Terrain may ask about this table');
  expect(reasonText(t, 'is in the group Administrators, who may do everything')).toContain('do everything');
});

it('keeps a reason that it does not know', () => {
  expect(reasonText(t, 'the moon is full')).toBe('the moon is full');
});

it('reads numbers only for columns of numbers', () => {
  expect(ruleValue('75, 92', 'type/Integer')).toEqual([75, 92]);
  expect(ruleValue('75', 'type/Text')).toBe('75');
});

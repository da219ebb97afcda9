import { expect, it } from 'vitest';
import { describeTopic } from './topics';

it('says events in words, with what tells them apart', () => {
  expect(describeTopic({ topic: 'setting-update', details: { key: 'site-name' } })).toEqual({
    label: 'Changed a setting',
    detail: 'site-name',
  });
});

it('keeps the name of an event that it does not know', () => {
  expect(describeTopic({ topic: 'moon-landing', details: null })).toEqual({ label: 'moon-landing', detail: '' });
});

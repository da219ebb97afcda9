import { expect, it } from 'vitest';
import { sentence, strategyFrom } from './strategies';

it('reads the form, and leaves the answer to what is above', () => {
  expect(strategyFrom('duration', { duration: '3', unit: 'days' })).toEqual({ type: 'duration', duration: 3, unit: 'days' });
  expect(strategyFrom('ttl', { multiplier: '', least: '2' })).toEqual({ type: 'ttl', multiplier: 10, min_duration_ms: 2000 });
  expect(strategyFrom('inherit', {})).toBeNull();
});

it('says a strategy in a sentence', () => {
  expect(sentence({ type: 'duration', duration: 2, unit: 'days' })[1]).toEqual({ count: 2 });
  expect(sentence({ type: 'nocache' })[0]).toBe('never');
});

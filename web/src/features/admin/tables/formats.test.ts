import { expect, it } from 'vitest';
import { formatsOf } from './field-dialog';

it('stores what was chosen, and nothing when nothing was', () => {
  expect(formatsOf({ decimals: 2, prefix: '', suffix: undefined, time_enabled: null })).toEqual({ decimals: 2, time_enabled: null });
  expect(formatsOf({ prefix: '' })).toBeNull();
});

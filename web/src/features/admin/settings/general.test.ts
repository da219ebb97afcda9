import { expect, it } from 'vitest';
import { settingValue } from './general';

it('gives the server what it keeps', () => {
  expect(settingValue({ kind: 'boolean' }, 'false')).toBe(false);
  expect(settingValue({ kind: 'number' }, '60')).toBe(60);
  expect(settingValue({}, '')).toBeNull();
  expect(settingValue({ isOptional: true }, '')).toBe('');
});

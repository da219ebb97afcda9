import { expect, it } from 'vitest';
import { attributesFrom, attributesText } from './attributes';

it('reads and writes attributes line by line', () => {
  expect(attributesFrom('region = Bretagne\n\n = nothing\nrole=a = b')).toEqual({ region: 'Bretagne', role: 'a = b' });
  expect(attributesFrom(attributesText({ region: 'Pays de la Loire' }))).toEqual({ region: 'Pays de la Loire' });
  expect(attributesText(null)).toBe('');
});

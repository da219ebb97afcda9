import { expect, it } from 'vitest';
import { toCsv } from './csv';

const cols = [{ name: 'a', display_name: 'A; b', base_type: 'type/Text' }];

it('quotes what would break a line, and disarms what looks like a formula', () => {
  const text = toCsv('fr', { cols, rows: [['x;y'], ['say "hi"'], ['=1+1'], [-3], [null]] });

  expect(text).toBe('\ufeff"A; b"\r\n"x;y"\r\n"say ""hi"""\r\n\'=1+1\r\n-3\r\n');
});

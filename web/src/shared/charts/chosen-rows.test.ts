import { expect, it } from 'vitest';
import { chosenRows, inChosenOrder } from './chosen-rows';

it('reads what Metabase stores, and nothing else', () => {
  const rows = [
    { key: 'a', name: 'First', originalName: 'a', color: '#51528D', enabled: true, hidden: false },
    { key: 2, name: '2', enabled: true },
    { key: 'c', name: 'c', enabled: false },
    { name: 'no key' },
    null,
  ];

  expect(chosenRows(rows)).toEqual([
    { key: 'a', name: 'First', color: '#51528D', isHidden: false },
    { key: '2', isHidden: false },
    { key: 'c', isHidden: true },
  ]);
  expect(chosenRows('x')).toEqual([]);
});

it('puts in order, hides, and leaves the rest behind', () => {
  const rows = chosenRows([{ key: 'c' }, { key: 'a', hidden: true }, { key: 'gone' }]);

  expect(inChosenOrder(rows, ['a', 'b', 'c'], (one) => one)).toEqual(['c', 'b']);
});

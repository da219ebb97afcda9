import { expect, test } from 'vitest';
import { changesOf, problemText } from './words';

const nameOf = (entity: string) => ({ Q: 'Orders' })[entity] ?? 'Card';
const card = (entity_id: string, more: object = {}) => ({ entity_id, card_id: 'Q', row: 0, col: 0, size_x: 12, size_y: 6, ...more });

test('what changes is told in the sentences of the history, with the names of cards', () => {
  const changes = [
    { key: 'name', before: 'A', after: 'B' },
    { key: 'collection_id', before: null, after: 'X' },
    { key: 'dashcards', before: [card('a'), card('b')], after: [card('a', { row: 3 }), card('c', { card_id: null, visualization_settings: { text: '## Notes' } })] },
    { key: 'tabs', before: null, after: [{ entity_id: 't', name: 'One' }] },
    { key: 'content', before: 'x', after: 'y' },
  ];

  expect(changesOf({ changes }, nameOf).map(({ message, values }) => [message, values])).toEqual([
    ['Name: “{before}” became “{after}”', { before: 'A', after: 'B' }],
    ['New tab: {name}', { name: 'One' }],
    ['New card: {name}', { name: 'Notes' }],
    ['Card removed: {name}', { name: 'Orders' }],
    ['Moved: {name}', { name: 'Orders' }],
    ['It is kept in another place', {}],
    ['Its SQL is another', {}],
  ]);
});

test('what the server finds wrong is said in words that can be translated', () => {
  const said = (message: string) => {
    const found = problemText({ message });
    return [found.message, found.values];
  };

  expect(said('there is no field totl in main.orders of Shop')).toEqual(['There is no column {name} in {table} of {place}.', { name: 'totl', table: 'main.orders', place: 'Shop' }]);
  expect(said('there is no database Shopp here: connect it under that name')).toEqual(['There is no database {name} here: connect it under that name.', { name: 'Shopp' }]);
  expect(said('collection_id: there is no collection AAA, neither here nor in the files')).toEqual(['It refers to {name}, which is neither here nor in the files.', { kind: 'collection', name: 'AAA' }]);
  expect(said('disply: there is no such key')).toEqual(['{name}: there is no such key.', { name: 'disply' }]);
  expect(said('something else')).toEqual(['The server says: {text}', { text: 'something else' }]);
});

import { expect, it } from 'vitest';
import type { Dashcard, Parameter } from '../../../lib/question-types';
import { fittedLines, followers, looseLines, rowsOf, targetIn, wired, type WiringRow } from './wiring-rows';

const parameter = { id: 'p' } as Parameter;
const target = (field: number) => ['dimension', ['field', field, null]];
const question = (id: number) => ({ id, name: `Q${id}`, dataset_query: { database: 1, type: 'query', query: {} } });
const card = { id: 3, card_id: 7, card: question(7), series: [question(8), question(9)], parameter_mappings: [], visualization_settings: {} } as unknown as Dashcard;
const lines = (one: Dashcard) => rowsOf([one]) as [ReturnType<typeof rowsOf>[0], ReturnType<typeof rowsOf>[0], ReturnType<typeof rowsOf>[0]];

it('has a line for each question of a card', () => {
  expect(lines(card).map(({ label }) => label)).toEqual(['Q7', 'Q7 → Q8', 'Q7 → Q9']);
  expect(rowsOf([{ ...card, card_id: null, card: null }])).toEqual([]);
});

it('wires each question by itself', () => {
  const [first, second] = lines(card);
  const [made] = wired([card], parameter, [{ row: first, target: target(1) }, { row: second, target: target(2) }]) as [Dashcard];

  expect(made.parameter_mappings).toEqual([{ parameter_id: 'p', card_id: 7, target: target(1) }, { parameter_id: 'p', card_id: 8, target: target(2) }]);
  expect(lines(made).map((row) => targetIn(row, 'p'))).toEqual([target(1), target(2), undefined]);
  const [released] = wired([made], parameter, [{ row: lines(made)[0], target: undefined }]) as [Dashcard];
  expect(released.parameter_mappings).toEqual([{ parameter_id: 'p', card_id: 8, target: target(2) }]);
});

it('reads a mapping that names no question as that of the card', () => {
  const old = { ...card, parameter_mappings: [{ parameter_id: 'p', card_id: null, target: target(1) }] };

  expect(targetIn(lines(old)[0], 'p')).toEqual(target(1));
  expect(targetIn(lines(old)[1], 'p')).toBeUndefined();
  expect((wired([old], parameter, [{ row: lines(old)[0], target: target(2) }])[0] as Dashcard).parameter_mappings).toEqual([{ parameter_id: 'p', card_id: 7, target: target(2) }]);
});

it('lets questions of the same table follow, unless they were wired otherwise', () => {
  const [made] = wired([card], parameter, [{ row: lines(card)[2], target: target(5) }]) as [Dashcard];
  const rows = lines(made);

  expect(followers(rows[0], rows, [8, 9], 'p').map(({ question: { id } }) => id)).toEqual([8]);
  expect(followers(rows[0], rows, [], 'p')).toEqual([]);
  expect(followers(rows[1], rows, [8, 9], 'p')).toEqual([]);
});

it('fits many lines at once: on the column that is usual, else on one of the name of the filter', () => {
  const [first, second, third] = lines(card);
  const line = (row: WiringRow, fields: [number, string][], chosen?: unknown) => ({ row, chosen, targets: fields.map(([field, label]) => ({ label, target: target(field) })) });
  const all: [number, string][] = [[1, 'Ville'], [2, 'Clients → Région']];
  const fitted = (...many: ReturnType<typeof line>[]) => fittedLines(many, { name: 'region' }).map(({ row, target: found }) => [row, found]);

  expect(fitted(line(first, all, target(1)), line(second, all), line(third, [[2, 'Région']]))).toEqual([[second, target(1)], [third, target(2)]]);
  expect(fitted(line(first, all), line(second, [[1, 'Ville']]))).toEqual([[first, target(2)]]);
  expect(fitted(line(first, all, target(2)), line(second, all, target(1)), line(third, all, target(1)))).toEqual([]);
  expect(looseLines([line(first, all, target(1)), line(second, all)])).toEqual([{ row: first, target: undefined }]);
});

import { expect, it } from 'vitest';
import type { Column } from '../../../shared/data';
import { behaviorAt, likelyOrigin, originsOf, questionPlace, withBehavior, withMapping } from './click-behavior';

const column = (name: string, id: number | null = null): Column => ({ name, display_name: name, base_type: 'type/Text', id });
const link = { type: 'link' as const, linkType: 'url' as const };

it('keeps the click of a column apart from that of the card, and from its formats', () => {
  const first = { column_settings: { '["name","A"]': { decimals: 2 } } };
  const made = withBehavior(withBehavior(first, column('A'), link), null, { type: 'none' });

  expect(behaviorAt(made, column('A'))).toEqual(link);
  expect(behaviorAt(made, column('B'))).toBeUndefined();
  expect(behaviorAt(made, null)).toEqual({ type: 'none' });
  expect(withBehavior(made, column('A'), undefined).column_settings).toEqual(first.column_settings);
});

it('maps a value to a column of a question as Metabase stores it', () => {
  const dimension = ['dimension', ['field', 61, null]];
  const place = questionPlace('Category', dimension);
  const [origin] = originsOf([column('CATEGORY')], []);
  const key = JSON.stringify(dimension);
  const mapped = withMapping(link, place, origin);

  expect(mapped.parameterMapping).toEqual({ [key]: { id: key, source: { type: 'column', id: 'CATEGORY', name: 'CATEGORY' }, target: { type: 'dimension', id: key, dimension } } });
  expect(withMapping(mapped, place, undefined).parameterMapping).toEqual({});
  expect(questionPlace('Kind', ['variable', ['template-tag', 'kind']])).toMatchObject({ key: 'kind', target: { type: 'variable', id: 'kind' } });
});

it('proposes the same column of the database first', () => {
  const columns = [column('NAME', 60), column('CATEGORY', 61)];
  const origins = originsOf(columns, []);

  expect(likelyOrigin(questionPlace('Category', ['dimension', ['field', 61, { 'source-field': 3 }]]), columns, origins)?.key).toBe('CATEGORY');
  expect(likelyOrigin(questionPlace('Other', ['dimension', ['field', 99, null]]), columns, origins)?.key).toBe('NAME');
  expect(likelyOrigin(questionPlace('Category', ['dimension', ['field', 'CATEGORY', { 'base-type': 'type/Text' }]]), columns, origins)?.key).toBe('CATEGORY');
});

import { expect, it } from 'vitest';
import { schemaOf } from './schema';

const table = (name: string, schema: string | null, fields: string[]) => ({ id: 1, db_id: 1, name, schema, display_name: name, description: null, visibility_type: null, fields: fields.map((field) => ({ name: field })) });

it('completes tables by their name, and behind their schema', () => {
  expect(schemaOf([table('orders', 'sales', ['id', 'total']), table('people', null, ['id'])] as never)).toEqual({
    orders: ['id', 'total'],
    people: ['id'],
    sales: { orders: ['id', 'total'] },
  });
});

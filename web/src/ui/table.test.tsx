import { findByRole, getAllByRole } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../test/render';
import { Table } from '.';

it('names itself, its columns and its rows', async () => {
  const place = render(
    <Table
      caption="People"
      keyOf={({ name }) => name}
      rows={[{ name: 'Ada', count: 3 }]}
      columns={[
        { label: 'Name', cell: ({ name }) => name },
        { label: 'Sign-ins', kind: 'number', cell: ({ count }) => count },
      ]}
    />,
  );

  const table = await findByRole(place, 'table', { name: 'People' });
  expect(getAllByRole(table, 'columnheader').map(({ textContent }) => textContent)).toEqual(['Name', 'Sign-ins']);
  expect(getAllByRole(table, 'rowheader')[0]?.textContent).toBe('Ada');
  expect(getAllByRole(table, 'cell')[0]?.dataset.label).toBe('Sign-ins');
});

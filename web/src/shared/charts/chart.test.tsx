import { findByRole, fireEvent, waitFor } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../../test/render';
import type { Data } from '../data/types';
import { Card } from '../card';
import { Chart } from './chart';

const data: Data = {
  cols: [
    { name: 'kind', display_name: 'Kind', base_type: 'type/Text', source: 'breakout' },
    { name: 'count', display_name: 'Count', base_type: 'type/Integer', source: 'aggregation' },
  ],
  rows: [['b', 3], ['a', 5], ['c', null]],
};

it('reads its points with the arrows', async () => {
  const place = render(<Chart data={data} display="bar" settings={{}} title="Kinds" />);
  const chart = await findByRole(place, 'application');
  const status = await findByRole(place, 'status');

  fireEvent.keyDown(chart, { key: 'ArrowRight' });
  await waitFor(() => expect(status.textContent).toBe('b: Count 3'));
  fireEvent.keyDown(chart, { key: 'End' });
  await waitFor(() => expect(status.textContent).toBe('a: Count 5'));
  fireEvent.keyDown(chart, { key: 'Escape' });
  await waitFor(() => expect(status.textContent).toBe(''));
});

it('sorts a table by its headers, with nothing last', async () => {
  const place = render(<Chart data={data} display="table" settings={{}} title="Kinds" />);
  const header = await findByRole(place, 'columnheader', { name: 'Count' });
  const firsts = () => [...place.querySelectorAll('tbody tr')].map((row) => row.querySelector('td')?.textContent);

  expect(firsts()).toEqual(['b', 'a', 'c']);
  fireEvent.click(header.querySelector('button') as HTMLElement);
  await waitFor(() => expect(firsts()).toEqual(['a', 'b', 'c']));
  expect(header.getAttribute('aria-sort')).toBe('descending');
});

it('shows a chart as a table when asked', async () => {
  const place = render(<Card title="Kinds" display="bar" settings={{}} data={data} isLoading={false} />);
  await findByRole(place, 'application');

  fireEvent.click(place.querySelector('summary') as Element);
  fireEvent.click(await findByRole(place, 'button', { name: 'Show as a table' }));
  await findByRole(place, 'columnheader', { name: 'Count' });
});

it('says what went wrong on its card alone, and can try again', async () => {
  let tries = 0;
  const place = render(<Card title="Kinds" display="bar" settings={{}} data={undefined} isLoading={false} error="Out of reach" onRetry={() => (tries += 1)} />);

  expect((await findByRole(place, 'alert')).textContent).toContain('Out of reach');
  fireEvent.click(await findByRole(place, 'button', { name: 'Try again' }));
  expect(tries).toBe(1);
});

import { findByRole, fireEvent, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { render } from '../../../test/render';
import type { Chosen, Data } from '../data';
import { DataTable } from '.';

const data: Data = {
  cols: [
    { name: 'id', display_name: 'Id', base_type: 'type/Integer' },
    { name: 'name', display_name: 'Name', base_type: 'type/Text' },
  ],
  rows: [[1, 'a b'], [2, 'javascript:alert(1)']],
};
const link = (own: object) => ({ column_settings: { '["name","name"]': { view_as: 'link', ...own } } });
const addresses = (place: Element) => [...place.querySelectorAll('a')].map((one) => [one.getAttribute('href'), one.textContent]);

describe('links in cells', () => {
  it('put the values of their row into words and address', async () => {
    const place = render(<DataTable data={data} caption="t" settings={link({ link_url: 'https://example.fr/{{id}}?q={{name}}', link_text: 'See {{Id}}' })} />);
    await findByRole(place, 'table');

    expect(addresses(place)[0]).toEqual(['https://example.fr/1?q=a%20b', 'See 1']);
  });

  it('never lead to a script', async () => {
    const place = render(<DataTable data={data} caption="t" settings={link({ link_url: '{{name}}' })} />);
    await findByRole(place, 'table');

    expect(addresses(place)).toEqual([]);
  });
});

it('cells are reached with the arrows, and chosen with Enter', async () => {
  const chosen: Chosen[] = [];
  const place = render(<DataTable data={data} caption="t" settings={{}} onChoose={(one) => chosen.push(one)} />);
  await findByRole(place, 'grid');
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });

  (place.querySelector('[role=region]') as HTMLElement).focus();
  (place.querySelector('[data-cell]') as HTMLElement).focus();
  press('ArrowDown');
  press('ArrowRight');
  expect(document.activeElement?.textContent).toBe('javascript:alert(1)');
  press('Enter');
  expect(chosen[0]).toMatchObject({ column: 1, value: 'javascript:alert(1)', row: data.rows[1], label: 'Name · javascript:alert(1)' });
  press('Home');
  expect(document.activeElement?.textContent).toBe('2');
});

it('a header opens what there is for its column', async () => {
  const headers: number[] = [];
  const place = render(<DataTable data={data} caption="t" settings={{}} onHeader={(column) => headers.push(column)} />);
  fireEvent.click((await findByRole(place, 'columnheader', { name: /Name/ })).querySelector('button') as Element);

  await waitFor(() => expect(headers).toEqual([1]));
});

it('is longer on paper, and says what of it is printed', async () => {
  const rows = Array.from({ length: 1_200 }, (_, index) => [index, String(index)]);
  const place = render(<DataTable data={{ ...data, rows }} caption="t" settings={{}} />);
  const drawn = () => place.querySelectorAll('tbody tr[aria-rowindex]').length;

  await waitFor(() => expect(drawn()).toBeGreaterThan(0));
  expect(drawn()).toBeLessThan(100);
  await waitFor(() => {
    dispatchEvent(new Event('beforeprint'));
    expect(drawn()).toBe(500);
  });
  expect(place.textContent).toContain('The first');
  dispatchEvent(new Event('afterprint'));
  await waitFor(() => expect(drawn()).toBeLessThan(100));
  expect(place.textContent).not.toContain('The first');
});

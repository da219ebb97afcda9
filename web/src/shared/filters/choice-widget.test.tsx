import { findByRole, findByText, fireEvent, waitFor } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../../test/render';
import { type Choices, type FilterParameter, FilterWidget } from '.';

const parameter: FilterParameter = { id: 'p', name: 'Country', slug: 'country', type: 'string/=' };
const countries: Choices = { values: [['FR', 'France'], ['BE', 'Belgium']], has_more_values: false };
const asked: string[] = [];
const load = async (_: FilterParameter, search: string): Promise<Choices> => {
  asked.push(search);
  return { ...countries, values: countries.values.filter(([, name]) => String(name).toLowerCase().includes(search)) };
};
const widget = (more: Partial<FilterParameter>, value: unknown = null) => render(<FilterWidget parameter={{ ...parameter, ...more }} value={value} loadChoices={load} onChange={() => {}} />);

it('shows the names of values, not what they are stored as', async () => {
  const place = widget({}, ['FR']);

  await findByText(place, 'France', { selector: 'summary' });
  expect(place.querySelector('summary')?.getAttribute('aria-label')).toBe('Country: France');
});

it('asks the server for each search, where one searches', async () => {
  const place = widget({ values_query_type: 'search' });
  await findByText(place, 'Belgium');
  asked.length = 0;
  const box = place.querySelector('input[type=search]') as HTMLInputElement;
  fireEvent.input(box, { target: { value: 'bel' } });
  fireEvent.change(box, { target: { value: 'bel' } });

  await waitFor(() => expect(asked).toContain('bel'));
  await waitFor(() => expect(place.querySelectorAll('label[class*=tick]')).toHaveLength(1));
});

it('lets one choose a single value by searching too', async () => {
  const place = widget({ values_query_type: 'search', isMultiSelect: false });
  await findByText(place, 'Belgium');

  expect(place.querySelector('input[type=radio]')).not.toBeNull();
});

it('is a box to type in where nothing is offered', async () => {
  const place = widget({ values_query_type: 'none' });

  await waitFor(() => expect(place.querySelector('input[type=text]')).not.toBeNull());
});

it('reads several values that are typed, where several are allowed', async () => {
  const type = async (more: Partial<FilterParameter>) => {
    const given: unknown[] = [];
    const place = render(<FilterWidget parameter={{ ...parameter, values_query_type: 'none', ...more }} value={null} loadChoices={load} onChange={(value) => given.push(value)} />);
    const box = (await findByRole(place, 'textbox')) as HTMLInputElement;
    await waitFor(() => {
      fireEvent.input(box, { target: { value: '2; 3' } });
      fireEvent.keyDown(box, { key: 'Enter' });
      expect(given).not.toEqual([]);
    });
    return [box.placeholder, given[0]];
  };

  expect(await type({ type: 'number/=' })).toEqual(['Several: a; b', ['2', '3']]);
  expect(await type({ isMultiSelect: false })).toEqual(['', ['2; 3']]);
});

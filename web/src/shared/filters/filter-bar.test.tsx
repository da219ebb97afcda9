import { fireEvent, waitFor } from '@testing-library/dom';
import { expect, it, vi } from 'vitest';
import { render } from '../../../test/render';
import { FilterBar, type FilterValues } from '.';

const parameters = [
  { id: 'a', name: 'When', slug: 'when', type: 'date/range', default: '2026-01-01~' },
  { id: 'b', name: 'What', slug: 'what', type: 'string/contains' },
];
const noChoices = async () => ({ values: [], has_more_values: false });
const bar = (values: FilterValues, onChange: (values: FilterValues) => void = () => {}) => render(<FilterBar parameters={parameters} values={values} loadChoices={noChoices} onChange={onChange} />);
const reset = (place: HTMLElement) => [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'Back to the defaults');

it('leads back to the defaults once something is another', async () => {
  const changed = vi.fn();
  const place = bar({ a: null, b: ['x'] }, changed);
  await waitFor(() => expect(reset(place)).toBeDefined());

  fireEvent.click(reset(place) as HTMLElement);
  expect(changed).toHaveBeenCalledWith({ a: '2026-01-01~', b: null });
});

it('has nothing to lead back from at the start', async () => {
  const place = bar({ a: '2026-01-01~', b: null });
  await waitFor(() => expect(place.querySelector('input')).not.toBeNull());

  expect(reset(place)).toBeUndefined();
});

import { findByText } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../test/render';
import { later } from './later';

const Greeting = ({ name }: { name: string }) => <p>Good day, {name}</p>;

it('shows a part when it has come', async () => {
  const Part = later(async () => Greeting, <p>On its way</p>);
  const place = render(<Part name="Ada" />);

  await findByText(place, 'On its way');
  await findByText(place, 'Good day, Ada');
});

it('shows at once what was prepared', async () => {
  let waits = 0;
  const Waiting = () => {
    waits += 1;
    return null;
  };
  const Part = later(async () => Greeting, <Waiting />);
  await Part.prepare();

  await findByText(render(<Part name="Ada" />), 'Good day, Ada');
  expect(waits).toBe(0);
});

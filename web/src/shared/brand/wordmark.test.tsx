import { findByText } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../../test/render';
import { Wordmark } from '.';

it('says its name, and keeps its drawing silent', async () => {
  const place = render(<Wordmark name="Cap Accueil" />);

  expect(await findByText(place, 'Cap Accueil')).toBeTruthy();
  expect(place.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
});

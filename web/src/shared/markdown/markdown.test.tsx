import { expect, it } from 'vitest';
import { waitFor } from '@testing-library/dom';
import { render } from '../../../test/render';
import { fillText, Markdown } from '.';

it('makes headings, lists, links and emphasis', async () => {
  const place = render(<Markdown text={'# Title\nSome **bold** and *soft* text\n\n- one\n- [two](https://example.fr)'} />);

  await waitFor(() => expect(place.querySelector('h2')?.textContent).toBe('Title'));
  expect(place.querySelector('strong')?.textContent).toBe('bold');
  expect(place.querySelectorAll('li')).toHaveLength(2);
  expect(place.querySelector('a')?.getAttribute('href')).toBe('https://example.fr');
});

it('begins a list right under a paragraph', async () => {
  const place = render(<Markdown text={'All of them:\n- one\n- two\nand more'} />);

  await waitFor(() => expect(place.querySelector('p')?.textContent).toBe('All of them:'));
  expect(place.querySelector('li')?.textContent).toBe('one');
});

it('never makes an address that runs, nor an element that was written', async () => {
  const place = render(<Markdown text={'[x](javascript:alert(1)) <img src=x onerror=alert(1)>'} />);

  await waitFor(() => expect(place.textContent).toContain('<img'));
  expect(place.querySelector('a, img')).toBeNull();
});

it('fills in filters', () => {
  expect(fillText('In {{ state }} and {{other}}', { state: 'CA' })).toBe('In CA and {{other}}');
});

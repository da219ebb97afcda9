import { waitFor } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { render } from '../../../test/render';
import { AboutLines, readSaid } from './about';

it('reads words and where they lead', () => {
  expect(readSaid('Licence Ouverte 2.0 https://example.fr/lo')).toEqual({ words: 'Licence Ouverte 2.0', address: 'https://example.fr/lo' });
  expect(readSaid('https://www.example.fr/')).toEqual({ words: 'example.fr', address: 'https://www.example.fr/' });
  expect(readSaid('stats@example.fr')).toEqual({ words: 'stats@example.fr', address: 'mailto:stats@example.fr' });
  expect(readSaid('Our own counts')).toEqual({ words: 'Our own counts', address: null });
  expect(readSaid('javascript:alert(1)')).toEqual({ words: 'javascript:alert(1)', address: null });
});

it('says what is set, in order, and nothing else', async () => {
  const place = render(<AboutLines about={{ contact: ['Us stats@example.fr'], source: ['Our own counts', 'Theirs'] }} />);

  await waitFor(() => expect([...place.querySelectorAll('p')].map((line) => line.textContent)).toEqual(['Source: Our own counts', 'Source: Theirs', 'Contact: Us']));
  expect(place.querySelector('a')?.getAttribute('href')).toBe('mailto:stats@example.fr');
});

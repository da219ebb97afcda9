import { expect, it } from 'vitest';
import { frameCode, languages } from './snippets';

it.each(languages)('$label names what is signed, its locked filters and the address', ({ write }) => {
  const code = write({ origin: 'https://stats.example.fr', kind: 'dashboard', id: 7, locked: ['region'], hash: '#theme=night' });

  expect(code).toMatch(/dashboard\W+7/);
  expect(code).toContain('region');
  expect(code).toContain('https://stats.example.fr/embed/dashboard/');
  expect(code).toContain('#theme=night');
});

it('keeps a title inside its quotes, and follows the height of what it shows', () => {
  const code = frameCode('https://a.fr', 'https://a.fr/x#theme=night&titled=false', 'A "b"');

  expect(code).toContain('title="A &quot;b&quot;"');
  expect(code).toContain('src="https://a.fr/x#theme=night&amp;titled=false"');
  expect(code).toContain('https://a.fr/app/iframeResizer.js');
  expect(code).toContain('iFrameResize({}, this)');
});

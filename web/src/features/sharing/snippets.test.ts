import { expect, it } from 'vitest';
import { frameCode, languages } from './snippets';

it.each(languages)('$label names what is signed, its locked filters and the address', ({ write }) => {
  const code = write({ origin: 'https://stats.example.fr', kind: 'dashboard', id: 7, locked: ['region'] });

  expect(code).toMatch(/dashboard\W+7/);
  expect(code).toContain('region');
  expect(code).toContain('https://stats.example.fr/embed/dashboard/');
});

it('keeps a title inside its quotes', () => {
  expect(frameCode('https://a.fr/x', 'A "b"')).toContain('title="A &quot;b&quot;"');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isKnown } from './words';

const drivers = join(process.cwd(), '../src/driver');

it('knows every word of the forms that the server describes', () => {
  const files = readdirSync(drivers).filter((file) => file.endsWith('.c'));
  const forms = files.flatMap((file) => readFileSync(join(drivers, file), 'utf8').match(/\{ \.key = (?:[^{}"]|"[^"]*")*\}/g) ?? []);
  const words = forms.flatMap((form) => [...form.matchAll(/\.(?:label|help) = "([^"]*)"/g)].map(([, text = '']) => text));

  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((text) => !isKnown(text))).toEqual([]);
});

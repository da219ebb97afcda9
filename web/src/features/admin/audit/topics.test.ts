import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeTopic } from './topics';

/** What the server's doors write down: the words of `api_audit` and of the tables that it is given. */
function writtenByServer(): string[] {
  const folder = join(process.cwd(), '../src/api');
  const sources = readdirSync(folder).filter((file) => file.endsWith('.c')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const said = sources.flatMap((source) => source.match(/api_audit\([^;]*?"[a-z]+(-[a-z]+)+"/g) ?? []).map((call) => /"([a-z-]+)"$/.exec(call)?.[1] ?? '');
  const listed = sources.flatMap((source) => source.match(/"(card|dashboard)-public-link-(created|deleted)"/g) ?? []).map((word) => word.slice(1, -1));

  return [...new Set([...said, ...listed])].sort();
}

it('says events in words, with what tells them apart', () => {
  expect(describeTopic({ topic: 'setting-update', details: { key: 'site-name' } })).toEqual({
    label: 'Changed a setting',
    detail: 'site-name',
  });
});

it('has words for all that the server writes down', () => {
  const topics = writtenByServer();

  expect(topics.length).toBeGreaterThan(40);
  expect(topics.filter((topic) => describeTopic({ topic, details: null }).label === topic)).toEqual([]);
});

it('keeps the name of an event that it does not know', () => {
  expect(describeTopic({ topic: 'moon-landing', details: null })).toEqual({ label: 'moon-landing', detail: '' });
});

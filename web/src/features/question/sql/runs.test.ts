import { expect, it } from 'vitest';
import { readRuns, withRun } from './runs';

const run = (sql: string) => ({ sql, at: '2026-01-01T10:00:00Z' });

it('keeps the last twenty texts, each once', () => {
  const many = Array.from({ length: 30 }, (_, index) => run(`select ${index}`)).reduce(withRun, []);

  expect(many).toHaveLength(20);
  expect(withRun(many, run('select 15')).map(({ sql }) => sql).filter((sql) => sql === 'select 15')).toHaveLength(1);
  expect(withRun(many, run('x'.repeat(30_000)))).toEqual(many);
});

it('reads nothing that is not a run', () => {
  localStorage.setItem('vigie.runs.7', JSON.stringify([run('select 1'), { sql: 1 }, null, { sql: 'a', at: 'never' }]));
  expect(readRuns(7)).toEqual([run('select 1')]);
  localStorage.setItem('vigie.runs.7', '{');
  expect(readRuns(7)).toEqual([]);
});

import { expect, it } from 'vitest';
import { linesFrom, type LogLine, messageOf, partOf, textOf } from './log-lines';

const line = (second: number, level: string, more: Partial<LogLine> = {}): LogLine => ({ timestamp: `2026-03-01T10:00:0${second}Z`, level, fqns: 'http', msg: `line ${second}`, ...more });
const lines = [line(1, 'INFO'), line(3, 'ERROR', { exception: ['at a', 'at b'] }), line(2, 'WARNING'), line(4, 'DEBUG'), line(5, 'notice')];
const shown = (least: string) => linesFrom(lines, least).map(({ msg }) => msg);

it('shows the newest first, and what is at least as grave', () => {
  expect(shown('all')).toEqual(['line 5', 'line 4', 'line 3', 'line 2', 'line 1']);
  expect(shown('info')).toEqual(['line 5', 'line 3', 'line 2', 'line 1']);
  expect(shown('warn')).toEqual(['line 3', 'line 2']);
  expect(shown('error')).toEqual(['line 3']);
});

it('is copied as one reads a log', () => {
  expect(textOf(linesFrom(lines, 'warn'))).toBe('2026-03-01T10:00:03Z ERROR http line 3\n  at a\n  at b\n2026-03-01T10:00:02Z WARNING http line 2');
  expect(messageOf(lines[1] as LogLine)).toBe('line 3\nat a\nat b');
});

it('names parts without what all of them have in common', () => {
  expect([partOf('vigie.question.failed'), partOf('http'), partOf(null)]).toEqual(['question.failed', 'http', '']);
});

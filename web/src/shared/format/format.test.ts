import { expect, it } from 'vitest';
import { formatDate, formatDateTime, formatInstant, formatNumber } from '.';

it('writes numbers as the language does', () => {
  expect(formatNumber('fr', 1234567.5)).toBe('1\u202f234\u202f567,5');
  expect(formatNumber('en', 1234567.5)).toBe('1,234,567.5');
});

it('writes dates as the language does', () => {
  expect(formatDate('fr', '2026-11-20T10:00:00Z')).toBe('20 novembre 2026');
  expect(formatDate('en', '2026-11-20T10:00:00Z')).toBe('20 November 2026');
});

it('tells lines of a log apart by their seconds', () => {
  expect(formatInstant('fr', '2026-11-20T10:00:07')).toBe('20 nov. 2026, 10:00:07');
  expect(formatDateTime('fr', '2026-11-20T10:00:07')).toBe('20 nov. 2026, 10:00');
});

it('shows a date that it cannot read as it came', () => {
  expect(formatDateTime('fr', 'yesterday')).toBe('yesterday');
  expect(formatInstant('fr', 'yesterday')).toBe('yesterday');
});

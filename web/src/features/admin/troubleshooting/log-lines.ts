// The last lines of the log: which of them are shown, and how they are copied.

export interface LogLine {
  timestamp: string;
  level: string;
  /** Which part of the server says it. */
  /** "vigie.question.failed" */
  fqns?: string | null;
  msg: string;
  exception?: string[] | string | null;
}

/** From the gravest on. */
const levels = ['error', 'warn', 'info', 'debug', 'trace'];

export const levelOf = ({ level }: LogLine): string => level.toLowerCase().replace('warning', 'warn');

const gravity = (level: string): number => (levels.indexOf(level) < 0 ? levels.indexOf('info') : levels.indexOf(level));

/** Newest first; with a level, those that are at least as grave; with a word, those that say it. */
export const linesFrom = (lines: readonly LogLine[], least: string, word = ''): LogLine[] =>
  lines
    .filter((line) => (least === 'all' || gravity(levelOf(line)) <= gravity(least)) && messageOf(line).includes(word))
    .map((line, order) => ({ line, order }))
    .sort((one, other) => other.line.timestamp.localeCompare(one.line.timestamp) || one.order - other.order)
    .map(({ line }) => line);

const detailsOf = ({ exception }: LogLine): string[] => (Array.isArray(exception) ? exception : exception ? [exception] : []);

export const messageOf = (line: LogLine): string => [line.msg, ...detailsOf(line)].join('\n');

/** As it is pasted into a message: one line for each, details below it. */
export const textOf = (lines: readonly LogLine[]): string =>
  lines.map((line) => [[line.timestamp, line.level.toUpperCase(), line.fqns, line.msg].filter(Boolean).join(' '), ...detailsOf(line).map((detail) => `  ${detail}`)].join('\n')).join('\n');

/** All parts are of this server: that goes without saying. */
export const partOf = (name: string | null | undefined): string => (name ?? '').replace(/^vigie\./, '');

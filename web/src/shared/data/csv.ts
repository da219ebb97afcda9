// What is shown, as text for a spreadsheet. French spreadsheets want semicolons.
import type { Locale } from '../i18n';
import type { Data } from './types';

const mark = '\ufeff';

export function toCsv(locale: Locale, { cols, rows }: Data): string {
  const separator = locale === 'fr' ? ';' : ',';
  const lines = [cols.map((column) => column.display_name), ...rows];

  return mark + lines.map((line) => line.map((cell) => quote(cell, separator)).join(separator)).join('\r\n');
}

/** A cell that a spreadsheet could take for a formula starts with an apostrophe. */
function quote(cell: unknown, separator: string): string {
  if (cell === null || cell === undefined) return '';
  const raw = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;

  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

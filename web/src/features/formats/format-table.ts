// How the values of a column can be written, as a table: the panel is drawn from it. Keys are Metabase's.
import { type Column, holdsDates, holdsNumbers } from '../../shared/data';
import type { ColumnSettings } from '../../shared/format';
import { msg } from '../../shared/i18n';

export interface FormatField {
  key: keyof ColumnSettings;
  label: string;
  kind: 'text' | 'number' | 'choice' | 'switch';
  /** The stored value of each choice is its id, unless it says otherwise; nothing is stored for the first. */
  choices?: { id: string; label: string; stored?: unknown }[];
  /** Instead of a choice one may write something of one's own: how that is called, and what it begins with. */
  own?: { choice: string; label: string; start: string };
  least?: number;
  most?: number;
  isWhole?: boolean;
  fits: (column: Column, own: ColumnSettings) => boolean;
}

const always = () => true;
const isDate = (column: Column) => holdsDates(column);
const hasClock = (column: Column) => holdsDates(column) && (column.effective_type ?? column.base_type) !== 'type/Date' && (!column.unit || column.unit === 'hour' || column.unit === 'minute');
const isMoney = (column: Column, { number_style }: ColumnSettings) => holdsNumbers(column) && number_style === 'currency';
const isText = (column: Column) => !holdsNumbers(column) && !holdsDates(column);
const isLink = (_: Column, { view_as }: ColumnSettings) => view_as === 'link';
const isNumericDate = (column: Column, { date_style }: ColumnSettings) => holdsDates(column) && /^(D\/M|M\/D|YYYY\/)/.test(date_style ?? '');

export const formatTable: FormatField[] = [
  { key: 'column_title', label: msg('Title'), kind: 'text', fits: always },
  {
    key: 'number_style',
    label: msg('Style'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('Plain number') },
      { id: 'percent', label: msg('Percentage') },
      { id: 'currency', label: msg('Money') },
      { id: 'scientific', label: msg('Scientific') },
    ],
    fits: holdsNumbers,
  },
  { key: 'currency', label: msg('Currency (EUR, USD…)'), kind: 'text', fits: isMoney },
  {
    key: 'currency_style',
    label: msg('Written as'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('A sign: €') },
      { id: 'code', label: msg('A code: EUR') },
      { id: 'name', label: msg('A word: euros') },
    ],
    fits: isMoney,
  },
  {
    key: 'number_separators',
    label: msg('Decimals and thousands'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('As the language does') },
      { id: '.,', label: '100,000.00' },
      { id: ', ', label: '100 000,00' },
      { id: ',.', label: '100.000,00' },
      { id: '.', label: '100000.00' },
      { id: '.’', label: '100’000.00' },
    ],
    fits: holdsNumbers,
  },
  { key: 'decimals', label: msg('Decimals'), kind: 'number', least: 0, most: 20, isWhole: true, fits: holdsNumbers },
  { key: 'scale', label: msg('Multiplied by'), kind: 'number', fits: holdsNumbers },
  { key: 'prefix', label: msg('Before the value'), kind: 'text', fits: (column) => !isDate(column) },
  { key: 'suffix', label: msg('Behind the value'), kind: 'text', fits: (column) => !isDate(column) },
  {
    key: 'date_style',
    label: msg('Style'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('As the language does') },
      { id: 'D/M/YYYY', label: '31/1/2026' },
      { id: 'YYYY/M/D', label: '2026/1/31' },
      { id: 'M/D/YYYY', label: '1/31/2026' },
      { id: 'dddd, MMMM D, YYYY', label: msg('With the day of the week') },
    ],
    own: { choice: msg('A pattern of one’s own'), label: msg('Pattern: D, DD, MMM, MMMM, MM, YY, YYYY, dddd, Q, HH, mm; words in [square brackets]'), start: 'DD/MM/YY' },
    fits: isDate,
  },
  {
    key: 'date_separator',
    label: msg('Between day, month and year'),
    kind: 'choice',
    choices: [
      { id: '', label: '/' },
      { id: '-', label: '-' },
      { id: '.', label: '.' },
    ],
    fits: isNumericDate,
  },
  { key: 'date_abbreviate', label: msg('Short names of days and months'), kind: 'switch', fits: isDate },
  {
    key: 'time_enabled',
    label: msg('Time of day'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('Hours and minutes') },
      { id: 'seconds', label: msg('With seconds') },
      { id: 'none', label: msg('Without'), stored: null },
    ],
    fits: hasClock,
  },
  {
    key: 'time_style',
    label: msg('Clock'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('As the language does') },
      { id: 'HH:mm', label: msg('24 hours') },
      { id: 'h:mm A', label: msg('12 hours') },
    ],
    fits: hasClock,
  },
  {
    key: 'text_align',
    label: msg('Alignment'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('As the values suggest') },
      { id: 'left', label: msg('Left') },
      { id: 'middle', label: msg('Middle') },
      { id: 'right', label: msg('Right') },
    ],
    fits: always,
  },
  { key: 'show_mini_bar', label: msg('A small bar in the cells'), kind: 'switch', fits: holdsNumbers },
  { key: 'text_wrapping', label: msg('Long texts on several lines'), kind: 'switch', fits: isText },
  {
    key: 'view_as',
    label: msg('Shown as'),
    kind: 'choice',
    choices: [
      { id: '', label: msg('As the column means') },
      { id: 'link', label: msg('A link') },
      { id: 'email_link', label: msg('A link to write a mail') },
      { id: 'none', label: msg('Plain text'), stored: null },
    ],
    fits: (column) => !isDate(column),
  },
  { key: 'link_text', label: msg('Words of the link'), kind: 'text', fits: isLink },
  { key: 'link_url', label: msg('Address of the link'), kind: 'text', fits: isLink },
];

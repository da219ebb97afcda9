// What is offered at a place of an answer, in the words of the reader. Each offer is the next question, or what
// has to be asked first.
import { type Chosen, type Column, holdsDates, holdsNumbers, isKey } from '../../../shared/data';
import { msg } from '../../../shared/i18n';
import { type Choosable, findColumn } from '../model/columns';
import { isSummarised, type Query } from '../model/query';
import type { Speaker } from '../model/speak';
import { units } from '../model/words';
import { type Asked, isFigure, lastOf, outerRefOf, refOf } from './context';
import { asGroup, type Comparison, distribution, filterBy, type Group, rowOf, rowsBehind, sortBy, summarise, zoomIn, zoomOf } from './drills';

/** What comes next: a question, something to choose, or a change of how the answer is shown. */
export type Next =
  | { kind: 'question'; query: Query; display?: string; keepsLook?: boolean }
  | { kind: 'groups'; groups: readonly Group[] }
  | { kind: 'filter'; column: number }
  | { kind: 'row' }
  | { kind: 'hide'; column: number }
  | { kind: 'format'; column: number };

export interface Offer {
  id: string;
  label: string;
  next: Next;
}

export interface OfferSection {
  label: string;
  offers: Offer[];
}

interface Scene {
  speaker: Speaker;
  asked: Asked;
  /** The columns of the last stage; empty while they are being read. */
  columns: readonly Choosable[];
  write: (column: number, value: unknown) => string;
}

const signs: [Comparison, string][] = [
  ['=', msg('= {value}')],
  ['!=', msg('≠ {value}')],
  ['<', msg('< {value}')],
  ['>', msg('> {value}')],
];

/** A point, a bar, a figure: how it came about, and how it divides. */
export function figureOffers(scene: Scene, chosen: Chosen): OfferSection[] {
  const { speaker, asked } = scene;
  const { t } = speaker;
  const { groups } = chosen;
  const zoom = zoomOf(asked, groups);
  const look: Offer[] = [
    { id: 'rows', label: t('See these rows'), next: { kind: 'question', query: rowsBehind(asked, groups), display: 'table' } },
    ...(zoom ? [{ id: 'zoom', label: zoomLabel(scene, zoom.ref), next: { kind: 'question', query: zoomIn(asked, groups), keepsLook: true } } as Offer] : []),
    { id: 'break-out', label: t('Break out by…'), next: { kind: 'groups', groups } },
  ];

  return [
    { label: t('Go further'), offers: look },
    ...groups.map((group) => valueSection(scene, group.column, group.value, ['=', '!='])),
    valueSection(scene, chosen.column, chosen.value, ['=', '!=', '<', '>']),
  ];
}

function zoomLabel({ speaker: { t } }: Scene, ref: readonly unknown[]): string {
  const unit = units.find(({ id }) => id === (ref[2] as { 'temporal-unit'?: string })['temporal-unit']);

  return unit ? t('Look inside, by {unit}', { unit: t(unit.label).toLowerCase() }) : t('Look inside, in smaller ranges');
}

/** A cell of a row: its value, where its key leads, the row itself. */
export function cellOffers(scene: Scene, chosen: Chosen): OfferSection[] {
  const { speaker, asked, columns } = scene;
  const { t } = speaker;
  const column = asked.cols[chosen.column] as Column;
  const target = columns.find((one) => one.column.id === column.id)?.column as TargetColumn | undefined;
  const far = target?.target && column.fk_target_field_id && chosen.value !== null ? target.target : null;
  const open: Offer[] = far ? [{ id: 'follow', label: t('Open this {name}', { name: column.display_name.replace(/\s+ID$/i, '') }), next: { kind: 'question', query: rowOf(asked.query.database, far.table_id, Number(column.fk_target_field_id), chosen.value), display: 'object' } }] : [];
  const comparisons: Comparison[] = holdsDates(column) || (holdsNumbers(column) && !isKey(column)) ? ['=', '!=', '<', '>'] : ['=', '!='];

  return [{ label: t('Go further'), offers: [{ id: 'row', label: t('Look at this row'), next: { kind: 'row' } }, ...open] }, valueSection(scene, chosen.column, chosen.value, comparisons)];
}

type TargetColumn = Column & { target?: { table_id: number } | null };

function valueSection({ speaker: { t }, asked, write }: Scene, column: number, value: Chosen['value'], comparisons: Comparison[]): OfferSection {
  const label = t('Filter by {column}', { column: asked.cols[column]?.display_name ?? '' });
  const filter = (comparison: Comparison, words: string): Offer => ({
    id: `${comparison} ${column}`,
    label: words,
    next: { kind: 'question', query: filterBy(asked, column, comparison, value), keepsLook: true },
  });
  if (value === null || value === '') return { label, offers: [filter('is-null', t('Is empty')), filter('not-null', t('Is not empty'))] };
  if (typeof value === 'object') return { label, offers: [] };

  const isRange = Boolean(asked.cols[column]?.binning_info?.bin_width);
  const known = signs.filter(([comparison]) => comparisons.includes(comparison) && !(isRange && comparison === '!='));
  return { label, offers: known.map(([comparison, words]) => filter(comparison, t(words, { value: write(column, value) }))) };
}

/** The header of a column: order, filter, summaries, and how it is shown. */
export function headerOffers(scene: Scene, index: number): OfferSection[] {
  const { speaker, asked, columns } = scene;
  const { t } = speaker;
  const column = asked.cols[index] as Column;
  const isDate = holdsDates(column);
  const sort = (direction: 'asc' | 'desc', label: string): Offer => ({ id: direction, label, next: { kind: 'question', query: sortBy(asked, index, direction), keepsLook: true } });
  const summaries = isSummarised(lastOf(asked.query)) ? [] : summaryOffers(scene, index, columns);

  return [
    {
      label: t('Order and filter'),
      offers: [
        sort('asc', isDate ? t('Sort: earliest first') : t('Sort: smallest first')),
        sort('desc', isDate ? t('Sort: latest first') : t('Sort: largest first')),
        { id: 'filter', label: t('Filter by this column…'), next: { kind: 'filter', column: index } },
      ],
    },
    { label: t('Summarise'), offers: summaries },
    lookOffers(speaker, index),
  ];
}

export const lookOffers = ({ t }: Speaker, column: number): OfferSection => ({
  label: t('Display'),
  offers: [
    { id: 'hide', label: t('Hide this column'), next: { kind: 'hide', column } },
    { id: 'format', label: t('Format this column…'), next: { kind: 'format', column } },
  ],
});

function summaryOffers({ speaker: { t }, asked }: Scene, index: number, columns: readonly Choosable[]): Offer[] {
  const column = asked.cols[index] as Column;
  const isNumber = holdsNumbers(column) && !isKey(column);
  const date = columns.find((one) => one.group === columns[0]?.group && holdsDates(one.column));
  const question = (id: string, label: string, query: Query): Offer => ({ id, label, next: { kind: 'question', query } });

  return [
    ...(isKey(column) ? [] : [question('distribution', t('Distribution'), distribution(asked, index))]),
    ...(isNumber && date ? [question('over-time', t('Sum over time'), summarise(asked, index, 'sum', asGroup(date.ref, date.column)))] : []),
    ...(isNumber ? [question('sum', t('Sum'), summarise(asked, index, 'sum', null)), question('avg', t('Average'), summarise(asked, index, 'avg', null))] : []),
    question('distinct', t('Number of different values'), summarise(asked, index, 'distinct', null)),
  ];
}

/** The column as the filter form knows it. */
export function filterColumn({ asked, columns }: Scene, index: number): Choosable {
  const column = asked.cols[index] as Column;
  const ref = isFigure(asked, index) ? outerRefOf(asked, index) : refOf(asked, index);
  const known = isFigure(asked, index) ? undefined : findColumn(columns, ref);

  return { label: column.display_name, group: '', hasValues: known?.hasValues ?? null, ref, column: { ...column, source: 'fields', unit: null } };
}

const places = /^type\/(City|State|Country|ZipCode|Latitude|Longitude|Coordinate)$/;

/** What a figure can be broken out by: time, places, then categories. */
export function groupChoices(columns: readonly Choosable[]): { label: string; columns: Choosable[] }[] {
  const isPlace = ({ column }: Choosable) => places.test(column.semantic_type ?? '');
  const isTime = ({ column }: Choosable) => holdsDates(column);
  const isCategory = (one: Choosable) => !isPlace(one) && !isTime(one) && !isKey(one.column);

  return [
    { label: msg('Time'), columns: columns.filter(isTime) },
    { label: msg('Place'), columns: columns.filter(isPlace) },
    { label: msg('Category'), columns: columns.filter((one) => isCategory(one) && !holdsNumbers(one.column)) },
    { label: msg('Number'), columns: columns.filter((one) => isCategory(one) && holdsNumbers(one.column)) },
  ];
}

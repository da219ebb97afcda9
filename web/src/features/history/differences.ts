// What changed between two versions, as sentences that name the cards.
import { msg } from '../../shared/i18n';

interface StoredCard {
  id: number;
  card_id: number | null;
  row: number;
  col: number;
  size_x: number;
  size_y: number;
  dashboard_tab_id: number | null;
  parameter_mappings?: unknown;
  visualization_settings?: Record<string, unknown>;
  series?: unknown;
}

interface Named {
  id: string | number;
  name: string;
}

/** A side of the difference: only what changed is there. */
export interface Side {
  name?: string;
  description?: string | null;
  parameters?: Named[];
  tabs?: Named[];
  dashcards?: StoredCard[];
  [key: string]: unknown;
}

export interface Difference {
  message: string;
  values: Record<string, string>;
}

type NameOf = (card: StoredCard) => string;

const told = new Set(['name', 'description', 'parameters', 'tabs', 'dashcards', 'updated_at']);
const words: Record<string, string> = {
  width: msg('The width is another'),
  auto_apply_filters: msg('When filters act is another'),
  archived: msg('It was moved to or from the trash'),
  collection_id: msg('It is kept in another place'),
  enable_embedding: msg('Whether frames may show it is another'),
  embedding_params: msg('What frames may filter is another'),
  display: msg('Another chart'),
  dataset_query: msg('The question asks something else'),
  visualization_settings: msg('Its looks changed'),
  cache_ttl: msg('How long answers are kept is another'),
};

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export function differences(before: Side, after: Side, nameOf: NameOf): Difference[] {
  const others = Object.keys(after).filter((key) => !told.has(key) && words[key]);

  return [
    ...text(before, after, 'name', msg('Name: “{before}” became “{after}”')),
    ...text(before, after, 'description', msg('Description: “{before}” became “{after}”')),
    ...named(before.tabs, after.tabs, { added: msg('New tab: {name}'), gone: msg('Tab removed: {name}'), changed: msg('Tab changed: {name}') }),
    ...named(before.parameters, after.parameters, { added: msg('New filter: {name}'), gone: msg('Filter removed: {name}'), changed: msg('Filter changed: {name}') }),
    ...cards(before.dashcards ?? [], after.dashcards ?? [], nameOf),
    ...others.map((key) => ({ message: words[key] ?? '', values: {} })),
  ];
}

function text(before: Side, after: Side, key: 'name' | 'description', message: string): Difference[] {
  if (!(key in after) || same(before[key], after[key])) return [];
  return [{ message, values: { before: before[key] ?? '', after: after[key] ?? '' } }];
}

function named(before: Named[] = [], after: Named[] = [], message: { added: string; gone: string; changed: string }): Difference[] {
  const say = (what: string, { name }: Named): Difference => ({ message: what, values: { name } });

  return [
    ...after.filter(({ id }) => !before.some((one) => one.id === id)).map((one) => say(message.added, one)),
    ...before.filter(({ id }) => !after.some((one) => one.id === id)).map((one) => say(message.gone, one)),
    ...after.filter((one) => before.some((old) => old.id === one.id && !same(old, one))).map((one) => say(message.changed, one)),
  ];
}

const aspects: { keys: (keyof StoredCard)[]; message: string }[] = [
  { keys: ['card_id'], message: msg('Another question in the place of {name}') },
  { keys: ['size_x', 'size_y'], message: msg('Size changed: {name}') },
  { keys: ['row', 'col'], message: msg('Moved: {name}') },
  { keys: ['dashboard_tab_id'], message: msg('On another tab: {name}') },
  { keys: ['parameter_mappings'], message: msg('Filtered another way: {name}') },
  { keys: ['visualization_settings'], message: msg('Looks or words changed: {name}') },
  { keys: ['series'], message: msg('Other questions drawn over {name}') },
];

function cards(before: StoredCard[], after: StoredCard[], nameOf: NameOf): Difference[] {
  const say = (message: string, card: StoredCard): Difference => ({ message, values: { name: nameOf(card) } });
  const changed = after.flatMap((card) => {
    const old = before.find(({ id }) => id === card.id);
    const found = old ? aspects.filter(({ keys }) => keys.some((key) => !same(old[key], card[key]))) : [];
    return found.map(({ message }) => say(message, card));
  });

  return [
    ...after.filter(({ id }) => !before.some((one) => one.id === id)).map((card) => say(msg('New card: {name}'), card)),
    ...before.filter(({ id }) => !after.some((one) => one.id === id)).map((card) => say(msg('Card removed: {name}'), card)),
    ...changed,
  ];
}

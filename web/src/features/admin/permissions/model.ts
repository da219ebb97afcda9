// Rights to data as the server keeps them: by group, database and kind of right, for the whole
// database or for each of its tables. Everything here is pure.
import { msg } from '../../../shared/i18n';

/** A word for the whole database, or, by schema, a word for all its tables or for each. */
export type Level = string | Record<string, string | Record<string, string>>;

export type DataGraph = Record<string, Record<string, Record<string, Level | { schemas: Level }>>>;

/** What was changed and not saved, by `placeKey`. */
export type Changes = Record<string, Level>;

export interface RightKind {
  id: string;
  label: string;
  /** The graph keeps some kinds one level deeper. */
  isInside: boolean;
  /** Whether tables may differ from their database. */
  isByTable: boolean;
  /** Most first; the last one is "nothing". */
  words: { id: string; label: string; isForTables: boolean }[];
}

const word = (id: string, label: string, isForTables = true) => ({ id, label, isForTables });

export const rightKinds: RightKind[] = [
  {
    id: 'view-data',
    label: msg('See the data'),
    isInside: false,
    isByTable: true,
    words: [word('unrestricted', msg('Yes')), word('blocked', msg('No'))],
  },
  {
    id: 'create-queries',
    label: msg('Ask questions'),
    isInside: false,
    isByTable: true,
    words: [word('query-builder-and-native', msg('Also in SQL'), false), word('query-builder', msg('With the builder')), word('no', msg('No'))],
  },
  {
    id: 'download',
    label: msg('Download'),
    isInside: true,
    isByTable: true,
    words: [word('full', msg('A million rows')), word('limited', msg('Ten thousand rows')), word('none', msg('No'))],
  },
  { id: 'data-model', label: msg('Describe tables'), isInside: true, isByTable: true, words: [word('all', msg('Yes')), word('none', msg('No'))] },
  { id: 'details', label: msg('Manage the database'), isInside: false, isByTable: false, words: [word('yes', msg('Yes')), word('no', msg('No'))] },
];

export interface Place {
  group: number;
  database: number;
  kind: RightKind;
}

export interface TablePlace {
  id: number;
  schema: string | null;
}

export const placeKey = ({ group, database, kind }: Place): string => `${group}/${database}/${kind.id}`;

const nothing = ({ words }: RightKind): string => words.at(-1)?.id ?? '';

export function levelAt(graph: DataGraph, changes: Changes, place: Place): Level {
  const changed = changes[placeKey(place)];
  if (changed !== undefined) return changed;
  const kept = graph[place.group]?.[place.database]?.[place.kind.id];

  if (kept === undefined) return nothing(place.kind);
  return place.kind.isInside && typeof kept === 'object' && 'schemas' in kept ? (kept.schemas as Level) : (kept as Level);
}

export const mixed = 'mixed';

/** The word of the whole database, or `mixed` where its tables differ. */
export function wholeWord(level: Level, kind: RightKind): string {
  if (typeof level === 'string') return kind.words.some(({ id }) => id === level) ? level : nothing(kind);
  return mixed;
}

export function tableWord(level: Level, kind: RightKind, table: TablePlace): string {
  if (typeof level !== 'string') {
    const said = level[table.schema ?? ''];
    return (typeof said === 'string' ? said : said?.[table.id]) ?? nothing(kind);
  }
  const whole = wholeWord(level, kind);

  return kind.words.find(({ id, isForTables }) => id === whole && isForTables)?.id ?? kind.words.find(({ isForTables }) => isForTables)?.id ?? whole;
}

/** Says something else of a few tables: from then on each table speaks for itself. */
export function withTables(level: Level, kind: RightKind, all: readonly TablePlace[], chosen: readonly number[], wanted: string): Level {
  const schemas: Record<string, Record<string, string>> = {};

  for (const table of all) {
    const tables = (schemas[table.schema ?? ''] ??= {});
    tables[table.id] = chosen.includes(table.id) ? wanted : tableWord(level, kind, table);
  }
  return schemas;
}

/** How much a word allows: more is better. */
export const rank = ({ words }: RightKind, id: string): number => words.length - words.findIndex((one) => one.id === id);

/** Only what changed is sent. */
export function graphOf(changes: Changes): DataGraph {
  const groups: DataGraph = {};

  for (const [key, level] of Object.entries(changes)) {
    const [group = '', database = '', id = ''] = key.split('/');
    const kind = rightKinds.find((one) => one.id === id);
    const databases = (groups[group] ??= {});
    const rights = (databases[database] ??= {});
    rights[id] = kind?.isInside ? { schemas: level } : level;
  }
  return groups;
}

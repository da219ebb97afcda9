// The columns that one can use at a stage, and how to speak of them.
import type { Column } from '../../../shared/data';
import type { TableForQuestion } from '../../../lib/question-types';
import type { Clause, FieldOptions, Join, Stage } from './query';

export interface Choosable {
  label: string;
  /** Where it comes from: the table, the joined table, what was made here. */
  group: string;
  ref: Clause;
  column: Column;
  hasValues: string | null;
}

/** Two references to the same thing, whatever unit or type they carry. */
export function sameColumn(one: unknown, other: unknown): boolean {
  return identity(one) === identity(other);
}

function identity(ref: unknown): string {
  if (!Array.isArray(ref)) return '';
  const [kind, target, options] = ref as [string, unknown, FieldOptions | null | undefined];

  return kind === 'field' ? JSON.stringify([target, options?.['source-field'] ?? null, options?.['join-alias'] ?? null]) : JSON.stringify([kind, target]);
}

export const findColumn = (columns: readonly Choosable[], ref: unknown): Choosable | undefined =>
  columns.find((column) => sameColumn(column.ref, ref));

type FieldLike = TableForQuestion['fields'][number];

function ofField(field: FieldLike, group: string, options: FieldOptions | null): Choosable {
  return {
    label: field.display_name,
    group,
    ref: ['field', field.id, options],
    hasValues: field.has_field_values ?? null,
    column: { ...field, effective_type: field.effective_type ?? field.base_type },
  };
}

const usable = ({ visibility_type, active }: FieldLike) => active !== false && visibility_type !== 'sensitive' && visibility_type !== 'retired' && visibility_type !== 'hidden';

/** A table's own columns, then those of the tables that its keys point at. */
export function tableColumns(table: TableForQuestion, others: Map<number, TableForQuestion>): Choosable[] {
  const fields = table.fields.filter(usable);
  const own = fields.map((field) => ofField(field, table.display_name, null));
  const reached = fields.flatMap((field) => {
    const target = field.target && others.get(field.target.table_id);
    if (!target) return [];
    const name = field.display_name.replace(/\s+ID$/i, '');
    return target.fields.filter(usable).map((far) => ofField(far, name, { 'source-field': field.id }));
  });

  return [...own, ...reached];
}

export function joinColumns({ alias }: Pick<Join, 'alias'>, table: TableForQuestion): Choosable[] {
  return table.fields.filter(usable).map((field) => ofField(field, alias, { 'join-alias': alias }));
}

/** Those of a saved question that is joined: known by their names, as behind any answer. */
export const joinedAnswerColumns = ({ alias }: Pick<Join, 'alias'>, cols: readonly Column[]): Choosable[] =>
  answerColumns(cols, alias).map((column) => {
    const [kind, name, options] = column.ref;
    return { ...column, ref: [kind, name, { ...(options as FieldOptions), 'join-alias': alias }] };
  });

/** What an earlier stage or a saved question gives: columns are known by their names. */
export function answerColumns(cols: readonly Column[], group: string): Choosable[] {
  return cols.map((column) => ({
    label: column.display_name,
    group,
    ref: ['field', column.name, { 'base-type': column.effective_type ?? column.base_type }],
    hasValues: null,
    // What was a group or a summary before is a plain column now; its numbers may be measured again.
    column: { ...column, source: 'fields' },
  }));
}

export function expressionColumns({ expressions }: Stage, group: string, typeOf: (formula: unknown) => string): Choosable[] {
  return Object.entries(expressions).map(([name, formula]) => ({
    label: name,
    group,
    ref: ['expression', name],
    hasValues: null,
    column: { name, display_name: name, base_type: typeOf(formula) },
  }));
}

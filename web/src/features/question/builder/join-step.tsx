// Columns of another table, beside those of the first: along a key when there is one.
import { useState } from 'react';
import type { TableForQuestion } from '../../../lib/question-types';
import { useI18n } from '../../../shared/i18n';
import { Button, Picker, Select } from '../../../ui';
import { type Choosable, joinColumns, sameColumn } from '../model/columns';
import { type Clause, type Join, replaced, type Stage, withStage, without } from '../model/query';
import { joinKinds } from '../model/words';
import { useDatabaseTables, useTables } from '../queries';
import { Add, Chip, Step } from './step';
import { previewOf, type StepsProps } from './stage-steps';
import styles from './builder.module.css';

export function JoinStep({ query, at, columns, problems, onChange }: StepsProps) {
  const { t } = useI18n();
  const stage = query.stages[at] as Stage;
  const set = (joins: Join[]) => onChange(withStage(query, at, { joins }));

  return (
    <Step title={t('Join')} error={problems.joins} preview={previewOf(query, at, 'join')}>
      {stage.joins.map((join, index) => (
        <Chip
          key={join.alias}
          label={join.alias}
          onRemove={() => set(without(stage.joins, index))}
          edit={(close) => (
            <JoinEditor
              join={join}
              columns={columns.plain}
              onSubmit={(changed) => {
                set(replaced(stage.joins, index, changed));
                close();
              }}
            />
          )}
        />
      ))}
      <Add label={t('Join another table')}>
        {(close) => (
          <NewJoin
            database={query.database}
            columns={columns.plain}
            taken={stage.joins.map(({ alias }) => alias)}
            onSubmit={(join) => {
              set([...stage.joins, join]);
              close();
            }}
          />
        )}
      </Add>
    </Step>
  );
}

interface NewJoinProps {
  database: number;
  columns: Choosable[];
  taken: string[];
  onSubmit: (join: Join) => void;
}

function NewJoin({ database, columns, taken, onSubmit }: NewJoinProps) {
  const { t } = useI18n();
  const tables = useDatabaseTables(database).data?.tables ?? [];
  const [id, setId] = useState<number | null>(null);
  const chosen = useTables(id === null ? [] : [id]).tables.get(id ?? 0);

  if (!chosen) {
    return <Picker label={t('Tables')} groups={[{ label: t('Tables'), items: tables.map((table) => ({ id: String(table.id), label: table.display_name })) }]} onPick={(key) => setId(Number(key))} />;
  }
  return <JoinForm table={chosen} join={firstJoin(chosen, columns, taken)} columns={columns} submitLabel={t('Join the table')} onSubmit={onSubmit} />;
}

function JoinEditor({ join, columns, onSubmit }: { join: Join; columns: Choosable[]; onSubmit: (join: Join) => void }) {
  const { t } = useI18n();
  const id = typeof join['source-table'] === 'number' ? join['source-table'] : null;
  const table = useTables(id === null ? [] : [id]).tables.get(id ?? 0);

  return table ? <JoinForm table={table} join={join} columns={columns} submitLabel={t('Change the join')} onSubmit={onSubmit} /> : null;
}

/** A key of ours that points there, or one of theirs that points here. */
function firstJoin(table: TableForQuestion, columns: Choosable[], taken: string[]): Join {
  const alias = taken.includes(table.display_name) ? `${table.display_name} ${taken.length + 1}` : table.display_name;
  const own = columns.filter(({ ref }) => !(ref[2] as { 'source-field'?: number } | null)?.['source-field']);
  const ours = own.find(({ column }) => table.fields.some(({ id }) => id === column.fk_target_field_id));
  const theirs = table.fields.find((field) => own.some(({ column }) => column.id === field.fk_target_field_id));
  const left = ours ?? own.find(({ column }) => column.id === theirs?.fk_target_field_id) ?? own[0];
  const right = ours ? table.fields.find(({ id }) => id === ours.column.fk_target_field_id) : (theirs ?? table.fields[0]);

  return {
    'source-table': table.id,
    alias,
    strategy: 'left-join',
    fields: 'all',
    condition: ['=', left?.ref ?? null, ['field', right?.id ?? 0, { 'join-alias': alias }]],
  };
}

interface JoinFormProps {
  table: TableForQuestion;
  join: Join;
  columns: Choosable[];
  submitLabel: string;
  onSubmit: (join: Join) => void;
}

function JoinForm({ table, join, columns, submitLabel, onSubmit }: JoinFormProps) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(join);
  const right = joinColumns(draft, table);
  const left = columns.filter(({ ref }) => (ref[2] as { 'join-alias'?: string } | null)?.['join-alias'] !== draft.alias);
  const indexOf = (list: Choosable[], ref: unknown) => String(list.findIndex((column) => sameColumn(column.ref, ref)));
  const choices = (list: Choosable[]) => list.map(({ label, group }, index) => ({ id: String(index), label: `${group} → ${label}` }));
  const set = (side: 1 | 2, list: Choosable[], index: string) => {
    const ref = list[Number(index)]?.ref;
    if (ref) setDraft({ ...draft, condition: replaced(draft.condition, side, ref) as Clause });
  };

  return (
    <div className={styles.form}>
      <Select label={t('Which rows')} choices={joinKinds.map(({ id, label }) => ({ id, label: t(label) }))} value={draft.strategy} onChange={(strategy) => setDraft({ ...draft, strategy })} />
      <Select label={t('Where this column')} isSearchable choices={choices(left)} value={indexOf(left, draft.condition[1])} onChange={(index) => set(1, left, index)} />
      <Select label={t('equals this one')} isSearchable choices={choices(right)} value={indexOf(right, draft.condition[2])} onChange={(index) => set(2, right, index)} />
      <Button look="primary" onPress={() => onSubmit(draft)}>
        {submitLabel}
      </Button>
    </div>
  );
}

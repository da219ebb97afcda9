// How another table, or a saved question, stands beside the data: along which columns, and which rows stay.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, Select } from '../../../ui';
import { type Choosable, sameColumn } from '../model/columns';
import { type Clause, type FieldOptions, type Join, replaced } from '../model/query';
import { joinKinds } from '../model/words';
import styles from './builder.module.css';

const optionsOf = ({ ref }: Choosable) => (ref[2] ?? {}) as FieldOptions;

const sameNumber = (one: number | null | undefined, other: number | null | undefined): boolean => typeof one === 'number' && one === other;

/** Ways in which two columns belong together, the surest first. */
const bonds: ((left: Choosable, right: Choosable) => boolean)[] = [
  (left, right) => sameNumber(left.column.fk_target_field_id, right.column.id),
  (left, right) => sameNumber(right.column.fk_target_field_id, left.column.id),
  (left, right) => sameNumber(left.column.id, right.column.id),
  (left, right) => sameNumber(left.column.fk_target_field_id, right.column.fk_target_field_id),
];

interface NewJoin {
  source: number | string;
  name: string;
  columns: readonly Choosable[];
  /** Names of the joins that are there. */
  taken: readonly string[];
  rightOf: (alias: string) => Choosable[];
}

/** Along a key when there is one. */
export function firstJoin({ source, name, columns, taken, rightOf }: NewJoin): Join {
  const alias = taken.includes(name) ? `${name} ${taken.length + 1}` : name;
  const right = rightOf(alias);
  const own = columns.filter((column) => !optionsOf(column)['source-field']);
  const pairs = own.flatMap((left) => right.map((other) => ({ left, other })));
  const bond = bonds.find((holds) => pairs.some(({ left, other }) => holds(left, other)));
  const pair = pairs.find(({ left, other }) => !bond || bond(left, other));

  return { 'source-table': source, alias, strategy: 'left-join', fields: 'all', condition: ['=', pair?.left.ref ?? null, pair?.other.ref ?? null] };
}

interface JoinFormProps {
  join: Join;
  columns: Choosable[];
  right: Choosable[];
  submitLabel: string;
  onSubmit: (join: Join) => void;
}

export function JoinForm({ join, columns, right, submitLabel, onSubmit }: JoinFormProps) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(join);
  const left = columns.filter((column) => optionsOf(column)['join-alias'] !== draft.alias);
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

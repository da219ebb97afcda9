// How another table, or a saved question, stands beside the data: along which columns, and which rows stay.
import { useState } from 'react';
import { holdsDates } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Button, IconClose, IconPlus, Select } from '../../../ui';
import { type Choosable, findColumn, sameColumn } from '../model/columns';
import { type Clause, type FieldOptions, type Join, replaced, without } from '../model/query';
import { joinKinds, units } from '../model/words';
import { withOptions } from './breakout-form';
import { ColumnTicks } from './column-ticks';
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

const operators = ['=', '!=', '<', '<=', '>', '>='];

/** The conditions of a join that hold together; nothing when they are of another kind. */
export function conditionsOf({ condition }: Join): Clause[] | null {
  const list = condition[0] === 'and' ? (condition.slice(1) as Clause[]) : [condition];

  return list.every(([head, ...sides]) => operators.includes(head) && sides.length === 2) ? list : null;
}

const joined = (conditions: Clause[]): Clause => (conditions.length === 1 ? (conditions[0] as Clause) : ['and', ...conditions]);

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
  const conditions = conditionsOf(draft);
  const setAll = (next: Clause[]) => setDraft({ ...draft, condition: joined(next) });
  const next: Clause = ['=', left[0]?.ref ?? null, right[0]?.ref ?? null];

  return (
    <div className={styles.form}>
      <Select label={t('Which rows')} choices={joinKinds.map(({ id, label }) => ({ id, label: t(label, { left: left[0]?.group ?? '', right: draft.alias }) }))} value={draft.strategy} onChange={(strategy) => setDraft({ ...draft, strategy })} />
      {conditions ? (
        conditions.map((condition, index) => (
          <Condition
            key={index}
            condition={condition}
            left={left}
            right={right}
            onChange={(changed) => setAll(replaced(conditions, index, changed))}
            onRemove={conditions.length > 1 ? () => setAll(without(conditions, index)) : undefined}
          />
        ))
      ) : (
        <p className={styles.soft}>{t('The condition of this join is a formula, and stays as it is.')}</p>
      )}
      {conditions && (
        <Button look="quiet" onPress={() => setAll([...conditions, next])}>
          <IconPlus />
          {t('And also')}
        </Button>
      )}
      <details>
        <summary>{t('Columns that come along')}</summary>
        <JoinedColumns join={draft} right={right} onChange={(fields) => setDraft({ ...draft, fields })} />
      </details>
      <Button look="primary" onPress={() => onSubmit(draft)}>
        {submitLabel}
      </Button>
    </div>
  );
}

/** Spans that two dates may share; the parts of a date are no spans. */
const spans = units.filter(({ id }) => !id.includes('-of-'));
const exact = 'exact';
const unitOf = (ref: unknown) => (Array.isArray(ref) ? (ref[2] as FieldOptions | null)?.['temporal-unit'] : undefined);

/** Both sides by the same unit of time, or as they are. */
export const withJoinUnit = ([head, ...sides]: Clause, unit: string | undefined): Clause => [head, ...sides.map((side) => (Array.isArray(side) ? withOptions(side as Clause, unit ? { 'temporal-unit': unit } : {}) : side))];

interface ConditionProps {
  condition: Clause;
  left: Choosable[];
  right: Choosable[];
  onChange: (condition: Clause) => void;
  onRemove: (() => void) | undefined;
}

/** Two columns, and how they compare: dates by a unit of time, if one wants. */
function Condition({ condition, left, right, onChange, onRemove }: ConditionProps) {
  const { t } = useI18n();
  const unit = unitOf(condition[1]) ?? unitOf(condition[2]);
  const isTime = [findColumn(left, condition[1]), findColumn(right, condition[2])].every((side) => side?.ref[0] === 'field' && holdsDates(side.column));
  const indexOf = (list: Choosable[], ref: unknown) => String(list.findIndex((column) => sameColumn(column.ref, ref)));
  const choices = (list: Choosable[]) => list.map(({ label, group }, index) => ({ id: String(index), label: `${group} → ${label}` }));
  const set = (side: 1 | 2, list: Choosable[], index: string) => {
    const column = list[Number(index)];
    if (!column) return;
    const changed = replaced(condition, side, column.ref) as Clause;
    onChange(holdsDates(column.column) ? withJoinUnit(changed, unit) : withJoinUnit(changed, undefined));
  };

  return (
    <div className={styles.condition} role="group" aria-label={t('Condition')}>
      <Select label={t('Where this column')} isSearchable choices={choices(left)} value={indexOf(left, condition[1])} onChange={(index) => set(1, left, index)} />
      <div className={styles.operator}>
        <Select label={t('Comparison')} choices={operators.map((id) => ({ id, label: id }))} value={condition[0]} onChange={(head) => onChange([head, ...condition.slice(1)])} />
        {onRemove && (
          <Button look="quiet" label={t('Remove this condition')} onPress={onRemove}>
            <IconClose />
          </Button>
        )}
      </div>
      <Select label={t('this one')} isSearchable choices={choices(right)} value={indexOf(right, condition[2])} onChange={(index) => set(2, right, index)} />
      {isTime && <Select label={t('By')} choices={[{ id: exact, label: t('Exactly the same moment') }, ...spans.map(({ id, label }) => ({ id, label: t(label) }))]} value={unit ?? exact} onChange={(id) => onChange(withJoinUnit(condition, id === exact ? undefined : id))} />}
    </div>
  );
}

function JoinedColumns({ join, right, onChange }: { join: Join; right: Choosable[]; onChange: (fields: Join['fields']) => void }) {
  const chosen = join.fields === 'all' ? right.map(({ ref }) => ref) : join.fields === 'none' ? [] : join.fields;
  const isOn = ({ ref }: Choosable) => chosen.some((one) => sameColumn(one, ref));

  function turn({ ref }: Choosable, on: boolean) {
    const next = on ? [...chosen, ref] : chosen.filter((one) => !sameColumn(one, ref));
    onChange(next.length === right.length ? 'all' : next.length ? next : 'none');
  }
  return <ColumnTicks columns={right} isOn={isOn} onTurn={turn} onAll={() => onChange('all')} />;
}

// A filter: which column, how it is compared, with what.
import { useState } from 'react';
import type { Span } from '../../../shared/filters';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox, Select } from '../../../ui';
import type { Choosable } from '../model/columns';
import { type Exclusion, exclusionClause, exclusionOf, partsOfTime } from '../model/exclusion';
import type { Clause } from '../model/query';
import { type FilterParts, partsOf, spanClause, spanOf } from '../model/filter';
import { type Comparison, comparisons, familyOf } from '../model/words';
import { ExclusionFields } from './exclusion-fields';
import { FilterValues } from './filter-values';
import { isKnownPeriod, PeriodFields } from './period-fields';
import styles from './builder.module.css';

interface FilterFormProps {
  column: Choosable;
  filter?: Clause | undefined;
  onSubmit: (filter: Clause) => void;
}

const firstSpan: Span = { way: 'past', count: 30, unit: 'day', withNow: false };
const noParts: FilterParts = { head: '', ref: null, values: [], options: { 'case-sensitive': false } };

export function FilterForm({ column, filter, onSubmit }: FilterFormProps) {
  const { t } = useI18n();
  const family = familyOf(column.column);
  const known = comparisons[family];
  const old = filter ? partsOf(filter) : noParts;
  const [id, setId] = useState(() => comparisonOf(known, filter)?.id ?? (known[0] as Comparison).id);
  const [exclusion, setExclusion] = useState<Exclusion>(() => (filter && exclusionOf(filter)) ?? { part: partsOfTime[0] as Exclusion['part'], values: [] });
  const [values, setValues] = useState(() => old.values.map(String));
  const [{ span, isOther }, setPeriod] = useState(() => startOf(filter));
  const [tellsCase, setCase] = useState(old.options['case-sensitive'] !== false);
  const comparison = known.find((one) => one.id === id) ?? (known[0] as Comparison);
  const isPeriod = id === 'time-interval';
  const isExclusion = id === 'exclude';
  const given = values.filter((value) => value !== '');
  const ready = isExclusion ? exclusion.values.length > 0 : isPeriod ? span.count > 0 && span.from?.count !== 0 : comparison.values === 0 || given.length >= (comparison.values === 2 ? 2 : 1);

  function submit() {
    // The same comparison as before keeps its unit: a whole month stays one.
    const ref = old.head === id && Array.isArray(old.ref) ? (old.ref as Clause) : withoutUnit(column.ref);
    if (isExclusion) return onSubmit(exclusionClause(exclusion, withoutUnit(column.ref)));
    if (isPeriod) return onSubmit(spanClause(span, ref));
    onSubmit(clauseOf(comparison, ref, given.map((value) => typed(value, family)), tellsCase));
  }

  return (
    <div className={styles.form}>
      <strong>{column.label}</strong>
      <Select label={t('Comparison')} choices={known.map((one) => ({ id: one.id, label: t(one.label) }))} value={id} onChange={setId} />
      {isPeriod && <PeriodFields span={span} isOther={isOther} onChange={(next, other) => setPeriod({ span: next, isOther: other })} />}
      {isExclusion && <ExclusionFields column={column.column} exclusion={exclusion} onChange={setExclusion} />}
      {comparison.values !== 0 && <FilterValues column={column} comparison={comparison} values={values} onChange={setValues} onEnter={() => ready && submit()} />}
      {texts.has(id) && (
        <Checkbox isSelected={tellsCase} onChange={setCase}>
          {t('Tell capital letters apart')}
        </Checkbox>
      )}
      <Button look="primary" isDisabled={!ready} onPress={submit}>
        {filter ? t('Change the filter') : t('Add the filter')}
      </Button>
    </div>
  );
}

/** How a filter compares, when this form can show it whole. */
export function comparisonOf(known: readonly Comparison[], filter: Clause | undefined): Comparison | undefined {
  if (!filter) return undefined;
  const { head, values } = partsOf(filter);
  const id = exclusionOf(filter) ? 'exclude' : spanOf(filter) ? 'time-interval' : head;
  const comparison = known.find((one) => one.id === id);
  const isPlain = values.every((value) => value !== null && typeof value !== 'object');
  const isWhole = id === 'exclude' || id === 'time-interval' || (isPlain && (comparison?.values === 'many' || comparison?.values === values.length));

  return isWhole ? comparison : undefined;
}

function startOf(filter: Clause | undefined): { span: Span; isOther: boolean } {
  const span = (filter && spanOf(filter)) ?? firstSpan;

  return { span, isOther: !isKnownPeriod(span) };
}

function typed(value: string, family: string): unknown {
  if (family === 'truth') return value === 'true';
  const number = Number(value.replace(',', '.'));

  return (family === 'number' || family === 'key') && value !== '' && Number.isFinite(number) ? number : value;
}

/** A filter is about the moment itself, not about the month that it is grouped by. */
function withoutUnit([kind, target, options]: Clause): Clause {
  const { 'temporal-unit': unit, ...others } = (options ?? {}) as Record<string, unknown>;

  return [kind, target, unit !== undefined && !Object.keys(others).length ? null : Object.keys(others).length ? others : null];
}

const texts = new Set(['contains', 'does-not-contain', 'starts-with', 'ends-with']);

function clauseOf({ id }: Comparison, ref: Clause, values: unknown[], tellsCase: boolean): Clause {
  if (!texts.has(id)) return [id, ref, ...values];
  const options = { 'case-sensitive': tellsCase };

  // With several values the options stand before the column, with one behind it.
  return values.length > 1 ? [id, options, ref, ...values] : [id, ref, ...values, options];
}

// A filter: which column, how it is compared, with what.
import { useState } from 'react';
import { useI18n } from '../../../shared/i18n';
import { Button, Checkbox, Select } from '../../../ui';
import type { Choosable } from '../model/columns';
import { type Exclusion, exclusionClause, exclusionOf, partsOfTime } from '../model/exclusion';
import type { Clause } from '../model/query';
import { type Comparison, comparisons, familyOf, periods } from '../model/words';
import { ExclusionFields } from './exclusion-fields';
import { FilterValues } from './filter-values';
import styles from './builder.module.css';

interface FilterFormProps {
  column: Choosable;
  filter?: Clause | undefined;
  onSubmit: (filter: Clause) => void;
}

export function FilterForm({ column, filter, onSubmit }: FilterFormProps) {
  const { t } = useI18n();
  const family = familyOf(column.column);
  const known = comparisons[family];
  const [id, setId] = useState(() => firstComparison(known, filter));
  const [exclusion, setExclusion] = useState<Exclusion>(() => (filter && exclusionOf(filter)) ?? { part: partsOfTime[0] as Exclusion['part'], values: [] });
  const [values, setValues] = useState(() => valuesOf(filter));
  const [period, setPeriod] = useState(() => periods.find(({ count, unit }) => count === filter?.[2] && unit === filter?.[3])?.id ?? '30-days');
  const [withNow, setWithNow] = useState((filter?.[4] as { 'include-current'?: boolean } | undefined)?.['include-current'] ?? false);
  const comparison = known.find((one) => one.id === id) ?? (known[0] as Comparison);
  const isPeriod = id === 'time-interval';
  const chosen = periods.find((one) => one.id === period) ?? periods[0];
  const isExclusion = id === 'exclude';
  const ready = isExclusion ? exclusion.values.length > 0 : comparison.values === 0 || values.filter((value) => value !== '').length >= (comparison.values === 2 ? 2 : 1);

  function submit() {
    const ref = withoutUnit(column.ref);
    if (isExclusion) return onSubmit(exclusionClause(exclusion, ref));
    if (isPeriod && chosen) {
      return onSubmit(['time-interval', ref, chosen.count, chosen.unit, ...(withNow && chosen.count !== 'current' ? [{ 'include-current': true }] : [])]);
    }
    onSubmit(clauseOf(comparison, ref, values.filter((value) => value !== '').map((value) => typed(value, family))));
  }

  return (
    <div className={styles.form}>
      <strong>{column.label}</strong>
      <Select label={t('Comparison')} choices={known.map((one) => ({ id: one.id, label: t(one.label) }))} value={id} onChange={setId} />
      {isPeriod && (
        <>
          <Select label={t('Period')} choices={periods.map((one) => ({ id: one.id, label: t(one.label) }))} value={period} onChange={setPeriod} />
          {chosen?.count !== 'current' && (
            <Checkbox isSelected={withNow} onChange={setWithNow}>
              {t('Include the period that is not over')}
            </Checkbox>
          )}
        </>
      )}
      {isExclusion && <ExclusionFields column={column.column} exclusion={exclusion} onChange={setExclusion} />}
      {comparison.values !== 0 && <FilterValues column={column} comparison={comparison} values={values} onChange={setValues} onEnter={() => ready && submit()} />}
      <Button look="primary" isDisabled={!ready} onPress={submit}>
        {filter ? t('Change the filter') : t('Add the filter')}
      </Button>
    </div>
  );
}

function firstComparison(known: readonly Comparison[], filter: Clause | undefined): string {
  const id = filter && exclusionOf(filter) ? 'exclude' : filter?.[0];

  return known.find((one) => one.id === id)?.id ?? (known[0] as Comparison).id;
}

const valuesOf = (filter: Clause | undefined): string[] =>
  (filter?.slice(2) ?? []).filter((value) => typeof value !== 'object').map(String);

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

function clauseOf({ id }: Comparison, ref: Clause, values: unknown[]): Clause {
  if (!texts.has(id)) return [id, ref, ...values];
  const folded = { 'case-sensitive': false };

  // With several values the options stand before the column, with one behind it.
  return values.length > 1 ? [id, folded, ref, ...values] : [id, ref, ...values, folded];
}

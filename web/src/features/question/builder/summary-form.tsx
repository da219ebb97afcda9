// A figure: what is counted or added up, and of which column.
import { useState } from 'react';
import { holdsNumbers, isKey } from '../../../shared/data';
import { useI18n } from '../../../shared/i18n';
import { Picker } from '../../../ui';
import { type Choosable } from '../model/columns';
import type { Clause } from '../model/query';
import { summaries, type Summary } from '../model/words';
import { ColumnPicker } from './column-picker';
import { FormulaForm } from './formula-form';

interface SummaryFormProps {
  columns: Choosable[];
  /** Figures that are defined for this data. */
  metrics: Choosable[];
  clause?: Clause;
  onSubmit: (clause: Clause) => void;
  /** Comparing the figures that are there with their past. */
  onCompare?: (() => void) | undefined;
}

const isFormula = (clause: Clause | undefined) => clause !== undefined && clause[0] !== 'metric' && !summaries.some((summary) => summary.clause === clause[0]);

export function SummaryForm({ columns, metrics, clause, onSubmit, onCompare }: SummaryFormProps) {
  const { t } = useI18n();
  const [chosen, setChosen] = useState<Summary | 'formula' | null>(isFormula(clause) ? 'formula' : null);
  const named = clause?.[0] === 'aggregation-options' ? (clause[2] as { 'display-name'?: string }) : {};

  function pick(id: string) {
    const summary = summaries.find((one) => one.clause === id);
    const metric = metrics.find(({ ref }) => id === `metric ${String(ref[1])}`);
    if (metric) onSubmit(metric.ref);
    else if (id === 'past') onCompare?.();
    else if (summary && !summary.takes) onSubmit([summary.clause]);
    else setChosen(summary ?? 'formula');
  }

  if (chosen === 'formula') {
    return (
      <FormulaForm
        columns={[...columns, ...metrics]}
        isSummary
        hasName
        {...(isFormula(clause) && { formula: clause?.[0] === 'aggregation-options' ? clause[1] : clause })}
        name={named['display-name'] ?? ''}
        submitLabel={t('Add the figure')}
        onSubmit={(formula, name) => onSubmit(['aggregation-options', formula, { name, 'display-name': name }])}
      />
    );
  }
  if (chosen) {
    const fitting = columns.filter(({ column }) => chosen.takes === 'any' || (holdsNumbers(column) && !isKey(column)));
    return <ColumnPicker columns={fitting} onPick={({ ref }) => onSubmit([chosen.clause, ref])} />;
  }
  return (
    <Picker
      label={t('Figures')}
      groups={[
        { label: t('Figures'), items: summaries.map((summary) => ({ id: summary.clause, label: t(summary.label) })) },
        ...(metrics.length ? [{ label: t('Metrics'), items: metrics.map(({ label, ref }) => ({ id: `metric ${String(ref[1])}`, label })) }] : []),
        { label: t('Other'), items: [...(onCompare ? [{ id: 'past', label: t('Compare with the past') }] : []), { id: 'formula', label: t('Write a formula') }] },
      ]}
      onPick={pick}
    />
  );
}

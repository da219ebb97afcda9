// Comparing a figure with its own past, without a formula.
import { useState } from 'react';
import { msg, useI18n } from '../../../shared/i18n';
import { Button, Checkbox, Select, TextField } from '../../../ui';
import { agoChoices, firstTime, past, type PastKind, timeGroup } from '../model/past';
import type { Clause, Stage } from '../model/query';
import { speakBreakout, speakSummary } from '../model/speak';
import { firstBreakout } from './breakout-form';
import type { StageColumns } from './use-columns';
import styles from './builder.module.css';

const kinds: { id: PastKind; label: string; name: string }[] = [
  { id: 'value', label: msg('What it was'), name: msg('{figure} ({ago})') },
  { id: 'difference', label: msg('The difference'), name: msg('{figure}: difference ({ago})') },
  { id: 'change', label: msg('The change as a percentage'), name: msg('{figure}: change ({ago})') },
];

const other = 'other';
const most = 1_000;

interface PastFormProps {
  stage: Stage;
  columns: StageColumns;
  /** The figures that can be compared. */
  figures: Clause[];
  onSubmit: (change: Pick<Stage, 'aggregations' | 'breakouts'>) => void;
}

export function PastForm({ stage, columns, figures, onSubmit }: PastFormProps) {
  const { t, locale } = useI18n();
  const speaker = { t, locale };
  const grouped = timeGroup(stage, columns.input);
  const first = firstTime(columns.input);
  const known = [...columns.input, ...columns.metrics];
  const time = grouped ?? (first && firstBreakout(first));
  const agos = time ? agoChoices(time) : [];
  const [at, setAt] = useState(0);
  const [ago, setAgo] = useState(String(agos[0]?.count ?? 1));
  const [count, setCount] = useState(2);
  const [chosen, setChosen] = useState<PastKind[]>(['value', 'change']);
  const figure = figures[at];
  if (!time || !figure) return <p className={styles.soft}>{t('There is no date to go back along.')}</p>;

  const said = agos.find((one) => String(one.count) === ago);
  const added = kinds
    .filter(({ id }) => chosen.includes(id))
    .map(({ id, name }) => past(figure, id, said?.count ?? count, t(name, { figure: speakSummary(speaker, figure, known), ago: said ? t(said.label) : periodsBefore(t, count) })));

  return (
    <div className={styles.form}>
      {figures.length > 1 && <Select label={t('Figure')} choices={figures.map((one, index) => ({ id: String(index), label: speakSummary(speaker, one, known) }))} value={String(at)} onChange={(id) => setAt(Number(id))} />}
      <Select label={t('Compared with')} choices={[...agos.map((one) => ({ id: String(one.count), label: t(one.label) })), { id: other, label: t('Several periods before…') }]} value={ago} onChange={setAgo} />
      {!said && <TextField label={t('How many periods')} isRequired type="number" value={String(count || '')} onChange={(text) => setCount(Math.min(most, Math.max(0, Math.floor(Number(text)) || 0)))} />}
      {kinds.map(({ id, label }) => (
        <Checkbox key={id} isSelected={chosen.includes(id)} onChange={(isOn) => setChosen(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}>
          {t(label)}
        </Checkbox>
      ))}
      {!grouped && <p className={styles.soft}>{t('Groups by {column}, too.', { column: speakBreakout(speaker, time, known) })}</p>}
      <p className={styles.soft}>{t('Periods without any row are not counted.')}</p>
      <Button look="primary" isDisabled={!added.length || !(said?.count ?? count)} onPress={() => onSubmit({ aggregations: [...stage.aggregations, ...added], breakouts: grouped ? stage.breakouts : [...stage.breakouts, time] })}>
        {t('Add the figures')}
      </Button>
    </div>
  );
}

const periodsBefore = (t: ReturnType<typeof useI18n>['t'], count: number) => t('{count, plural, one {# period} other {# periods}} before', { count });

// A period that moves with today: one of those that are asked most, or any other.
import { knownPeriods, readSpan, type Span, spanUnits, speakSpan, writeSpan } from '../../../shared/filters';
import { msg, useI18n } from '../../../shared/i18n';
import { Checkbox, Select, TextField } from '../../../ui';
import styles from './builder.module.css';

const other = 'other';
const ways: [Span['way'], string][] = [
  ['past', msg('before today')],
  ['next', msg('after today')],
  ['this', msg('the present one')],
];

interface PeriodFieldsProps {
  span: Span;
  isOther: boolean;
  onChange: (span: Span, isOther: boolean) => void;
}

export const isKnownPeriod = (span: Span) => knownPeriods.includes(writeSpan({ ...span, withNow: false }));

export function PeriodFields({ span, isOther, onChange }: PeriodFieldsProps) {
  const { t } = useI18n();
  const known = knownPeriods.map((id) => ({ id, label: speakSpan(t, readSpan(id) as Span) }));

  return (
    <>
      <Select
        label={t('Period')}
        choices={[...known, { id: other, label: t('Another period…') }]}
        value={isOther ? other : writeSpan({ ...span, withNow: false })}
        onChange={(id) => {
          const next = readSpan(id);
          onChange(next ? { ...next, withNow: span.withNow } : span, id === other);
        }}
      />
      {isOther && <OtherPeriod span={span} onChange={(next) => onChange(next, true)} />}
      {span.way !== 'this' && !span.from && (
        <Checkbox isSelected={span.withNow} onChange={(withNow) => onChange({ ...span, withNow }, isOther)}>
          {t('Include the period that is not over')}
        </Checkbox>
      )}
    </>
  );
}

function OtherPeriod({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { t } = useI18n();
  const { from: _, ...unshifted } = span;
  const units = spanUnits.map(({ unit, name }) => ({ id: unit, label: t(name) }));

  return (
    <>
      <Select label={t('Which way')} choices={ways.map(([id, label]) => ({ id, label: t(label) }))} value={span.way} onChange={(way) => onChange({ ...(way === 'this' ? unshifted : span), way: way as Span['way'] })} />
      <div className={styles.pair}>
        {span.way !== 'this' && <Count value={span.count} onChange={(count) => onChange({ ...span, count })} />}
        <Select label={t('Unit')} choices={units} value={span.unit} onChange={(unit) => onChange({ ...span, unit })} />
      </div>
      {span.way !== 'this' && (
        <Checkbox isSelected={span.from !== undefined} onChange={(isOn) => onChange(isOn ? { ...span, from: { count: 1, unit: 'year' } } : unshifted)}>
          {t('Not from today')}
        </Checkbox>
      )}
      {span.from && (
        <div className={styles.pair}>
          <Count label={t('Shifted by')} value={span.from.count} onChange={(count) => onChange({ ...span, from: { unit: 'year', ...span.from, count } })} />
          <Select label={t('Unit of the shift')} choices={units} value={span.from.unit} onChange={(unit) => onChange({ ...span, from: { count: 1, ...span.from, unit } })} />
        </div>
      )}
    </>
  );
}

const most = 10_000;

function Count({ label, value, onChange }: { label?: string; value: number; onChange: (count: number) => void }) {
  const { t } = useI18n();

  return <TextField label={label ?? t('How many')} isRequired type="number" value={String(value || '')} onChange={(text) => onChange(Math.min(most, Math.max(0, Math.floor(Number(text)) || 0)))} />;
}

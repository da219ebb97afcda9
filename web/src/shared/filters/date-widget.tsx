// Dates: a period that moves with today, or days of the calendar.
import { msg, useI18n } from '../i18n';
import { FilterField } from './field';
import type { WidgetProps } from './filter-bar';
import styles from './filters.module.css';

const periods: [value: string, label: string][] = [
  ['thisday', msg('Today')],
  ['past1days', msg('Yesterday')],
  ['past7days', msg('The last 7 days')],
  ['past30days', msg('The last 30 days')],
  ['thisweek', msg('This week')],
  ['thismonth', msg('This month')],
  ['past1months', msg('Last month')],
  ['past3months', msg('The last 3 months')],
  ['past12months', msg('The last 12 months')],
  ['thisyear', msg('This year')],
  ['past1years', msg('Last year')],
];

const free = 'free';

export function DateWidget(props: WidgetProps) {
  const { type } = props.parameter;

  if (type === 'date/single' || type === 'date') return <OneDay {...props} kind="date" />;
  if (type === 'date/month-year') return <OneDay {...props} kind="month" />;
  if (type === 'date/quarter-year') return <Quarter {...props} />;
  if (type === 'date/range') return <Range {...props} />;
  return <Period {...props} mayBeFree={type === 'date/all-options'} />;
}

function OneDay({ parameter, value, onChange, kind }: WidgetProps & { kind: 'date' | 'month' }) {
  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => <input id={id} type={kind} className={styles.input} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value || null)} />}
    </FilterField>
  );
}

function Range({ parameter, value, onChange }: WidgetProps) {
  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => <TwoDays id={id} name={parameter.name} value={value} onChange={onChange} />}
    </FilterField>
  );
}

function TwoDays({ id, name, value, onChange }: { id: string; name: string; value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useI18n();
  const [from = '', to = ''] = String(value ?? '').split('~');
  const set = (a: string, b: string) => onChange(a || b ? `${a}~${b}` : null);

  return (
    <>
      <input id={id} type="date" className={styles.half} value={from} max={to || undefined} onChange={(event) => set(event.currentTarget.value, to)} />
      <input type="date" aria-label={`${name}: ${t('To')}`} className={styles.half} value={to} min={from || undefined} onChange={(event) => set(from, event.currentTarget.value)} />
    </>
  );
}

function Period({ parameter, value, onChange, mayBeFree }: WidgetProps & { mayBeFree: boolean }) {
  const { t } = useI18n();
  const text = String(value ?? '');
  const isKnown = periods.some(([known]) => known === text);
  const isFree = mayBeFree && text !== '' && !isKnown && (text === '~' || /^(\d{4}-\d{2}-\d{2})?~/.test(text));
  const isOther = text !== '' && !isKnown && !isFree;

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <>
          <select id={id} className={styles.input} value={isFree ? free : text} onChange={(event) => onChange(event.currentTarget.value === free ? '~' : event.currentTarget.value || null)}>
            <option value="">{t('All dates')}</option>
            {periods.map(([known, label]) => (
              <option key={known} value={known}>
                {t(label)}
              </option>
            ))}
            {isOther && <option value={text}>{text}</option>}
            {mayBeFree && <option value={free}>{t('Between two days…')}</option>}
          </select>
          {isFree && <TwoDays id={`${id}-from`} name={parameter.name} value={text} onChange={onChange} />}
        </>
      )}
    </FilterField>
  );
}

const thisYear = new Date().getFullYear();
const years = Array.from({ length: 12 }, (_, back) => thisYear - back);

function Quarter({ parameter, value, onChange }: WidgetProps) {
  const { t, locale } = useI18n();

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <select id={id} className={styles.input} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value || null)}>
          <option value="">{t('All dates')}</option>
          {years.flatMap((year) =>
            [4, 3, 2, 1].map((quarter) => (
              <option key={`${year}${quarter}`} value={`Q${quarter}-${year}`}>
                {`${locale === 'fr' ? 'T' : 'Q'}${quarter} ${year}`}
              </option>
            )),
          )}
        </select>
      )}
    </FilterField>
  );
}

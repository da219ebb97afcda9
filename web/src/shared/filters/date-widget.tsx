// Dates: a period that moves with today, or days of the calendar.
import { useI18n } from '../i18n';
import { FilterField } from './field';
import type { WidgetProps } from './filter-bar';
import { knownPeriods, readSpan, type Span, spanUnits, writeSpan } from './span';
import { speakDate } from './speak';
import { useTyped } from './text-widget';
import styles from './filters.module.css';

const free = 'free';
const moving = 'moving';

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

const isBetween = (text: string) => text === '~' || /^(\d{4}-\d{2}-\d{2})?~/.test(text);

function Period({ parameter, value, onChange, mayBeFree }: WidgetProps & { mayBeFree: boolean }) {
  const { t, locale } = useI18n();
  const text = String(value ?? '');
  const span = readSpan(text);
  const isKnown = knownPeriods.includes(text);
  const isFree = mayBeFree && isBetween(text);
  const isMoving = span !== null && !isKnown;
  const says = (known: string) => speakDate({ t, locale }, known);
  const choose = (id: string) => onChange(id === free ? '~' : id === moving ? 'past2weeks' : id || null);

  return (
    <FilterField parameter={parameter} value={value} onClear={() => onChange(null)}>
      {(id) => (
        <>
          <select id={id} className={styles.input} value={isFree ? free : isMoving ? moving : text} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t('All dates')}</option>
            {knownPeriods.map((known) => (
              <option key={known} value={known}>
                {says(known)}
              </option>
            ))}
            {text !== '' && !isKnown && !isFree && !isMoving && <option value={text}>{says(text)}</option>}
            <option value={moving}>{isMoving ? says(text) : t('Another period…')}</option>
            {mayBeFree && <option value={free}>{t('Between two days…')}</option>}
          </select>
          {isMoving && <Moving name={parameter.name} span={span} onChange={(next) => onChange(writeSpan(next))} />}
          {isFree && (
            <div className={styles.more}>
              <TwoDays id={`${id}-from`} name={parameter.name} value={text} onChange={onChange} />
            </div>
          )}
        </>
      )}
    </FilterField>
  );
}

/** Any number of days, weeks, months, before or after today. */
function Moving({ name, span, onChange }: { name: string; span: Span; onChange: (span: Span) => void }) {
  const { t } = useI18n();
  const typed = useTyped(String(span.count), (text) => onChange({ ...span, count: Math.min(10_000, Math.max(1, Math.floor(Number(text)) || 1)) }));

  return (
    <div className={styles.more}>
      <select aria-label={`${name}: ${t('Which way')}`} className={styles.input} value={span.way} onChange={(event) => onChange({ ...span, way: event.currentTarget.value as Span['way'] })}>
        <option value="past">{t('before today')}</option>
        <option value="next">{t('after today')}</option>
        <option value="this">{t('the present one')}</option>
      </select>
      {span.way !== 'this' && <input aria-label={`${name}: ${t('How many')}`} className={styles.few} type="number" min={1} max={10_000} {...typed} />}
      <select aria-label={`${name}: ${t('Unit')}`} className={styles.input} value={span.unit} onChange={(event) => onChange({ ...span, unit: event.currentTarget.value })}>
        {spanUnits.map(({ unit, name: words }) => (
          <option key={unit} value={unit}>
            {t(words)}
          </option>
        ))}
      </select>
    </div>
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

// The filters above a question or a dashboard. Widgets are those of the browser: they work on every phone.
import { useI18n } from '../i18n';
import { ChoiceWidget } from './choice-widget';
import { DateWidget } from './date-widget';
import { speakFilterValue } from './speak';
import { NumberWidget, TextWidget } from './text-widget';
import { asList, type FilterParameter, type FilterValues, isNothing, type LoadChoices } from './types';
import styles from './filters.module.css';

interface FilterBarProps {
  parameters: readonly FilterParameter[];
  values: FilterValues;
  onChange: (values: FilterValues) => void;
  loadChoices: LoadChoices;
}

export interface WidgetProps {
  parameter: FilterParameter;
  value: unknown;
  onChange: (value: unknown) => void;
  loadChoices: LoadChoices;
}

function widgetFor({ type, values_query_type: kind }: FilterParameter) {
  if (type.startsWith('date')) return DateWidget;
  if (type === 'number/between' || type === 'number/>=' || type === 'number/<=' || type === 'number') return NumberWidget;
  if (/(contains|does-not-contain|starts-with|ends-with)$/.test(type) || type === 'text' || kind === 'none') return TextWidget;
  return ChoiceWidget;
}

/** One filter by itself: what is shown depends on its kind. */
export function FilterWidget(props: WidgetProps) {
  const Widget = widgetFor(props.parameter);

  return <Widget {...props} />;
}

export function FilterBar({ parameters, values, onChange, loadChoices }: FilterBarProps) {
  const { t, locale } = useI18n();
  const count = parameters.filter(({ id }) => !isNothing(values[id])).length;
  if (!parameters.length) return null;
  const defaults = Object.fromEntries(parameters.map(({ id, default: otherwise }) => [id, otherwise ?? null]));
  const isChanged = parameters.some(({ id }) => asList(values[id]).join('\n') !== asList(defaults[id]).join('\n')) && parameters.length > 1;

  const widgets = parameters.map((parameter) => (
    <FilterWidget
      key={parameter.id}
      parameter={parameter}
      value={values[parameter.id]}
      loadChoices={loadChoices}
      onChange={(value) => onChange({ ...values, [parameter.id]: parameter.required && isNothing(value) ? (parameter.default ?? null) : value })}
    />
  ));

  return (
    <search className={styles.bar} aria-label={t('Filters')}>
      <details className={styles.fold} open={!isPhone()}>
        <summary>{count ? t('{count, plural, one {# filter} other {# filters}}', { count }) : t('Filters')}</summary>
        <div className={styles.widgets}>
          {widgets}
          {isChanged && (
            <button type="button" className={styles.reset} onClick={() => onChange({ ...values, ...defaults })}>
              {t('Back to the defaults')}
            </button>
          )}
        </div>
      </details>
      <p className={styles.printed}>{parameters.filter(({ id }) => !isNothing(values[id])).map((one) => one.name + t(': ') + speakFilterValue({ t, locale }, one, values[one.id])).join(' · ')}</p>
    </search>
  );
}

/** On a phone the filters fold into one line, so that the figures come first. */
const isPhone = () => typeof matchMedia === 'function' && matchMedia('(max-width: 40rem)').matches;

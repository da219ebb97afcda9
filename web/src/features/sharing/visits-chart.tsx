// The visits of each day, as bars.
import { Chart } from '../../shared/charts';
import type { Data } from '../../shared/data/types';
import { useI18n } from '../../shared/i18n';
import type { VisitsOfDays } from './queries';

const settings = { 'graph.dimensions': ['day'], 'graph.metrics': ['visits'], 'graph.x_axis.labels_enabled': false, 'graph.y_axis.labels_enabled': false };

const dataOf = (days: VisitsOfDays['days'], day: string, visits: string): Data => ({
  cols: [
    { name: 'day', display_name: day, base_type: 'type/Date', unit: 'day', source: 'breakout' },
    { name: 'visits', display_name: visits, base_type: 'type/Integer', source: 'aggregation' },
  ],
  rows: days.map((one) => [one.day, one.visits]),
});

export function VisitsChart({ days }: Pick<VisitsOfDays, 'days'>) {
  const { t } = useI18n();

  return <Chart data={dataOf(days, t('Day'), t('Visits'))} display="bar" settings={settings} title={t('Visits')} />;
}

// A chart in one sentence: what it shows, from when to when, the highest and the lowest.
import type { ChartAsk } from './ask';
import { type SeriesData, titleWriter } from './series';

export function seriesSentence(ask: ChartAsk, data: SeriesData): string {
  const { t } = ask;
  const [first] = data.series;
  if (!first) return '';
  const title = titleWriter(ask, data);
  const known = first.values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const top = known.reduce<(typeof known)[0] | undefined>((best, one) => (best && best.value >= one.value ? best : one), undefined);
  const bottom = known.reduce<(typeof known)[0] | undefined>((best, one) => (best && best.value <= one.value ? best : one), undefined);
  const names = data.series.map(({ label }) => label).slice(0, 4).join(', ');
  const range = t('{series} by {group}, from {first} to {last}.', {
    series: names,
    group: data.x.display_name,
    first: title(data.xs[0] ?? null),
    last: title(data.xs.at(-1) ?? null),
  });

  if (!top || !bottom) return range;
  return `${range} ${t('Highest: {high} ({highPlace}). Lowest: {low} ({lowPlace}).', {
    high: first.write(top.value),
    highPlace: title(data.xs[top.index] ?? null),
    low: first.write(bottom.value),
    lowPlace: title(data.xs[bottom.index] ?? null),
  })}`;
}

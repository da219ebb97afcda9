// Where each mark starts and ends on the axis of values: side by side, on top of each other, or as shares.
import type { Series } from './series';

export interface Span {
  from: number;
  to: number;
}

/** One list for each series, one span for each place; none where there is no value. */
export type Spans = (Span | null)[][];

export function spansOf(series: Series[], stacking: unknown): Spans {
  if (stacking !== 'stacked' && stacking !== 'normalized') {
    return series.map(({ values }) => values.map((value) => (value === null ? null : { from: 0, to: value })));
  }
  const length = series[0]?.values.length ?? 0;
  const spans: Spans = series.map(() => []);

  for (let place = 0; place < length; place++) stackPlace(series, spans, place, stacking === 'normalized');
  return spans;
}

/** What is above zero grows upwards, what is below downwards. */
function stackPlace(series: Series[], spans: Spans, place: number, isShare: boolean): void {
  const total = series.reduce((sum, { values }) => sum + Math.abs(values[place] ?? 0), 0);
  const ends = { up: 0, down: 0 };

  series.forEach(({ values }, order) => {
    const value = values[place] ?? null;
    const size = value === null ? 0 : isShare ? (total > 0 ? value / total : 0) : value;
    const way = size < 0 ? 'down' : 'up';
    spans[order]?.push(value === null ? null : { from: ends[way], to: ends[way] + size });
    ends[way] += size;
  });
}

export function extentOf(spans: Spans): [number, number] {
  const ends = spans.flat().flatMap((span) => (span ? [span.from, span.to] : []));

  // Not spread into Math.min: a long series would be too many arguments.
  return [ends.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY), ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)];
}

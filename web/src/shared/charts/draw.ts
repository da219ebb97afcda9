import type { ChartAsk, Drawing, LegendEntry, ReadAsk } from './ask';
import { emptyDrawing } from './ask';
import { kindOf } from './kinds';

/** The picture of a question: pure, for any size, in any language. */
export function draw(ask: ChartAsk): Drawing {
  const kind = kindOf(ask.display);

  return kind.draw && ask.data.rows.length ? kind.draw(ask) : emptyDrawing;
}

/** Its legend, which has the same lines at every size: it takes its room before the picture is measured. */
export const legendOf = (ask: ReadAsk): LegendEntry[] => (ask.data.rows.length ? (kindOf(ask.display).legend?.(ask) ?? []) : []);

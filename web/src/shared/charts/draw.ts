import type { ChartAsk, Drawing } from './ask';
import { emptyDrawing } from './ask';
import { kindOf } from './kinds';

/** The picture of a question: pure, for any size, in any language. */
export function draw(ask: ChartAsk): Drawing {
  const kind = kindOf(ask.display);

  return kind.draw && ask.data.rows.length ? kind.draw(ask) : emptyDrawing;
}

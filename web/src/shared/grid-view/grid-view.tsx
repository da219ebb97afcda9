// Cards in their places on 24 columns; on a phone under each other, small numbers two by two.
import type { ReactNode } from 'react';
import styles from './grid-view.module.css';

export interface Placed {
  id: number;
  row: number;
  col: number;
  size_x: number;
  size_y: number;
}

export const columnCount = 24;

/** Reading order: by row, then by column. It is also the order of the Tab key and of phones. */
export const inOrder = <Card extends Placed>(cards: readonly Card[]): Card[] => [...cards].sort((a, b) => a.row - b.row || a.col - b.col);

export const placeStyle = ({ row, col, size_x, size_y }: Placed): object => ({
  gridColumn: `${col + 1} / span ${size_x}`,
  gridRow: `${row + 1} / span ${size_y}`,
  '--rows': size_y,
});

interface GridViewProps<Card extends Placed> {
  cards: readonly Card[];
  /** What a card shows: it decides its height on a phone. */
  kindOf: (card: Card) => string;
  children: (card: Card) => ReactNode;
}

export function GridView<Card extends Placed>({ cards, kindOf, children }: GridViewProps<Card>) {
  const ordered = inOrder(cards);
  const paired = inPairs(ordered.map((card) => phoneKind(kindOf(card)) === 'number'));

  return (
    <div className={styles.frame}>
      <div className={styles.grid}>
        {ordered.map((card, index) => (
          <div key={card.id} className={styles.cell} style={placeStyle(card)} data-kind={phoneKind(kindOf(card))} data-paired={paired.has(index) || undefined}>
            {children(card)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Which numbers share a line of a phone: two that follow each other; an odd one takes the line. */
export function inPairs(areNumbers: boolean[]): Set<number> {
  const paired = new Set<number>();

  areNumbers.forEach((isNumber, index) => {
    if (isNumber && areNumbers[index - 1] && !paired.has(index - 1)) paired.add(index - 1).add(index);
  });
  return paired;
}

function phoneKind(display: string): string {
  if (display === 'scalar') return 'number';
  if (display === 'smartscalar' || display === 'progress') return 'trend';
  return display === 'text' || display === 'heading' || display === 'link' ? 'words' : display === 'table' || display === 'pivot' ? 'table' : 'chart';
}

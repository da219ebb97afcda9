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

/** Which row it stands in is said in the style sheet: on paper it is another than on the screen. */
const cellStyle = ({ row, col, size_x, size_y }: Placed): object => ({ gridColumn: `${col + 1} / span ${size_x}`, '--row': row, '--rows': size_y });

export const placeStyle = (card: Placed): object => ({ ...cellStyle(card), gridRow: `${card.row + 1} / span ${card.size_y}` });

interface GridViewProps<Card extends Placed> {
  cards: readonly Card[];
  /** What a card shows: it decides its height on a phone. */
  kindOf: (card: Card) => string;
  children: (card: Card) => ReactNode;
}

/** Cards that stand beside each other, down to where all of them end: paper may be cut there, and nowhere else. */
export function inBands<Card extends Placed>(ordered: readonly Card[]): Card[][] {
  let end = 0;

  return ordered.reduce<Card[][]>((bands, card) => {
    if (card.row >= end) bands.push([card]);
    else bands.at(-1)?.push(card);
    end = Math.max(end, card.row + card.size_y);
    return bands;
  }, []);
}

const bandStyle = (row: number): object => ({ '--first': row });

export function GridView<Card extends Placed>({ cards, kindOf, children }: GridViewProps<Card>) {
  const ordered = inOrder(cards);
  const paired = inPairs(ordered.map((card) => phoneKind(kindOf(card)) === 'number'));
  const isPaired = new Map(ordered.map((card, index) => [card.id, paired.has(index)]));

  return (
    <div className={styles.frame}>
      <div className={styles.grid}>
        {inBands(ordered).map((band) => (
          <div key={band[0]?.id} className={styles.band} style={bandStyle(band[0]?.row ?? 0)} data-kinds={kindsIn(band.map((card) => phoneKind(kindOf(card))))}>
            {band.map((card) => (
              <div key={card.id} className={styles.cell} style={cellStyle(card)} data-kind={phoneKind(kindOf(card))} data-paired={isPaired.get(card.id) || undefined}>
                {children(card)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The kind of all cards of a band, when they are of one. */
const kindsIn = ([first, ...others]: string[]): string | undefined => (others.every((kind) => kind === first) ? first : undefined);

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

// A card that can be moved and sized: with the pointer, or with the arrows once it is held.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { announce } from '../../../lib/announce';
import { columnCount, type Placed, placeStyle } from '../../../shared/grid-view';
import { useI18n } from '../../../shared/i18n';
import styles from './edit.module.css';

interface EditCardProps {
  card: Placed;
  name: string;
  tools: ReactNode;
  children: ReactNode;
  onPlace: (place: Partial<Placed>) => void;
  /** The numbers of the cards, as they are read. */
  order: number[];
  /** Another place among them, counted from 0. */
  onOrder: (to: number) => void;
}

/** On a narrow page cards stand below each other: there only their order can be chosen. The width is that of the style sheet. */
const isStacked = () => matchMedia('(max-width: 44rem)').matches;

const arrows: Record<string, [across: number, down: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function EditCard({ card, name, tools, children, onPlace, order, onOrder }: EditCardProps) {
  const { t } = useI18n();
  const [drag, setDrag] = useState<Placed | null>(null);
  const moves = usePointer(card, setDrag, onPlace);
  const lifts = useLift(order, card.id, onOrder);

  function onKeyDown(event: KeyboardEvent) {
    const [across, down] = arrows[event.key] ?? [];
    if (across === undefined || down === undefined) return;
    event.preventDefault();
    if (isStacked() && !event.shiftKey) {
      const to = clamp(order.indexOf(card.id) + across + down, 0, order.length - 1);
      onOrder(to);
      return announce(t('Place {place} of {count}', { place: to + 1, count: order.length }));
    }
    const place = event.shiftKey ? { size_x: card.size_x + across, size_y: card.size_y + down } : { col: card.col + across, row: card.row + down };
    onPlace(place);
    const next = { ...card, ...place };
    announce(t('Column {col}, row {row}, {width} wide, {height} high', { col: next.col + 1, row: next.row + 1, width: next.size_x, height: next.size_y }));
  }

  return (
    <div className={styles.cell} style={Object.assign(placeStyle(drag ?? card), lifts.style)} data-card={card.id} data-dragged={drag !== null || lifts.style !== undefined || undefined}>
      <div className={styles.tools}>
        <button
          type="button"
          className={styles.handle}
          aria-label={t('Move {name}: arrows move it, Shift and arrows size it', { name })}
          onKeyDown={onKeyDown}
          {...both(moves('move'), lifts.handlers)}
        >
          ⠿
        </button>
        {tools}
      </div>
      <div className={styles.content} inert>
        {children}
      </div>
      <span className={styles.corner} aria-hidden="true" {...moves('size')} />
    </div>
  );
}

type Handlers = Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel', (event: PointerEvent<HTMLElement>) => void>;

/** What begins is for the width of the moment; only what began goes on. */
const both = (wide: Handlers, stacked: Handlers): Handlers => ({
  onPointerDown: (event) => (isStacked() ? stacked : wide).onPointerDown(event),
  onPointerMove: (event) => [wide, stacked].forEach(({ onPointerMove }) => onPointerMove(event)),
  onPointerUp: (event) => [wide, stacked].forEach(({ onPointerUp }) => onPointerUp(event)),
  onPointerCancel: (event) => [wide, stacked].forEach(({ onPointerCancel }) => onPointerCancel(event)),
});

/** With the finger, to the place of the card where it lets go. */
function useLift(order: number[], id: number, onOrder: (to: number) => void) {
  const [start, setStart] = useState<number | null>(null);
  const [offset, setOffset] = useState(0);
  const end = () => {
    setStart(null);
    setOffset(0);
  };

  return {
    style: start === null ? undefined : { transform: `translateY(${offset}px)` },
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(event.clientY);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => start !== null && setOffset(event.clientY - start),
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (start === null) return;
        const under = document.elementsFromPoint(event.clientX, event.clientY).map((element) => Number(element.closest<HTMLElement>('[data-card]')?.dataset.card));
        const to = order.findIndex((one) => one !== id && under.includes(one));
        end();
        if (to >= 0) onOrder(to);
      },
      onPointerCancel: end,
    },
  };
}

/** From pixels to columns and rows of the grid that the card lies on. */
function usePointer(card: Placed, setDrag: (place: Placed | null) => void, onPlace: (place: Partial<Placed>) => void) {
  const start = useRef<{ x: number; y: number; column: number; row: number; place: Placed } | null>(null);

  const moved = (event: PointerEvent<HTMLElement>, kind: 'move' | 'size'): Placed => {
    const { x, y, column, row } = start.current as NonNullable<typeof start.current>;
    const across = Math.round((event.clientX - x) / column);
    const down = Math.round((event.clientY - y) / row);
    if (kind === 'size') return { ...card, size_x: clamp(card.size_x + across, 2, columnCount - card.col), size_y: clamp(card.size_y + down, 1, 40) };
    return { ...card, col: clamp(card.col + across, 0, columnCount - card.size_x), row: Math.max(0, card.row + down) };
  };

  return (kind: 'move' | 'size') => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const grid = event.currentTarget.closest<HTMLElement>('[data-grid]');
      if (!grid || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const style = getComputedStyle(grid);
      const gap = Number.parseFloat(style.columnGap) || 0;
      start.current = { x: event.clientX, y: event.clientY, column: (grid.clientWidth + gap) / columnCount, row: (Number.parseFloat(style.gridAutoRows) || 50) + gap, place: card };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => start.current && setDrag(moved(event, kind)),
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!start.current) return;
      const place = moved(event, kind);
      start.current = null;
      setDrag(null);
      const isSame = place.col === card.col && place.row === card.row && place.size_x === card.size_x && place.size_y === card.size_y;
      if (!isSame) onPlace(place);
    },
    onPointerCancel: () => {
      start.current = null;
      setDrag(null);
    },
  });
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

// The drawing on the page, and the cursor that reads it: with the pointer, with a finger, with the arrows.
import { createElement, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { useI18n } from '../i18n';
import type { Drawing, Size, Spot } from './ask';
import type { Shape } from './shape';
import styles from './chart.module.css';

/** Classes of a drawing are plain words; here they become those of the style sheet. */
const classOf = (names: string) => names.split(' ').map((name) => styles[name] ?? name).join(' ');
const inkOf = (ink: string) => ({ '--ink': ink }) as object;

export function toElement({ tag, attributes, ink, children }: Shape, key: number): ReactNode {
  const { className, ...others } = attributes;
  const inside = children.map((child, index) => (typeof child === 'string' ? child : toElement(child, index)));

  return createElement(
    tag,
    { key, ...others, ...(className !== undefined && { className: classOf(String(className)) }), ...(ink && { style: inkOf(ink) }) },
    ...inside,
  );
}

interface PictureProps {
  drawing: Drawing;
  size: Size;
  title: string;
  onChoose?: ((spot: Spot) => void) | undefined;
}

export function Picture({ drawing, size, title, onChoose }: PictureProps) {
  const { t } = useI18n();
  const [at, setAt] = useState<number | null>(null);
  const spot = at === null ? undefined : drawing.spots[at];
  const moves = useArrows(drawing.spots, at, setAt, onChoose);
  const point = (event: PointerEvent<HTMLDivElement>) => setAt(nearest(drawing.spots, pointIn(event)));

  return (
    <div
      className={styles.stage}
      role="application"
      aria-roledescription={t('chart')}
      aria-label={`${title ? `${title}. ` : ''}${drawing.sentence} ${t('Read it with the arrows.')}`}
      tabIndex={0}
      onKeyDown={moves}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
      onClick={() => spot && onChoose?.(spot)}
      data-choosable={onChoose ? true : undefined}
    >
      <svg className={styles.picture} width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {drawing.shapes.map(toElement)}
        {spot && <circle className={styles.cursor} cx={spot.x} cy={spot.y} r={5} />}
      </svg>
      {spot && <Tip spot={spot} size={size} />}
      <span className={styles.unseen} role="status">
        {spot && spotText(spot)}
      </span>
    </div>
  );
}

const spotText = ({ title, lines }: Spot) => `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(', ')}`;

function pointIn(event: PointerEvent<HTMLDivElement>): { x: number; y: number } {
  const { left, top } = event.currentTarget.getBoundingClientRect();

  return { x: event.clientX - left, y: event.clientY - top };
}

/** Across counts more than up and down: most charts are read from left to right. */
function nearest(spots: Spot[], { x, y }: { x: number; y: number }): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;

  spots.forEach((spot, index) => {
    const distance = (spot.x - x) ** 2 * 4 + (spot.y - y) ** 2;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

function useArrows(spots: Spot[], at: number | null, setAt: (at: number | null) => void, onChoose?: (spot: Spot) => void) {
  const last = spots.length - 1;
  const steps: Record<string, () => number | null> = {
    ArrowRight: () => (at === null ? 0 : Math.min(last, at + 1)),
    ArrowDown: () => (at === null ? 0 : Math.min(last, at + 1)),
    ArrowLeft: () => (at === null ? last : Math.max(0, at - 1)),
    ArrowUp: () => (at === null ? last : Math.max(0, at - 1)),
    Home: () => 0,
    End: () => last,
    Escape: () => null,
  };

  return (event: KeyboardEvent) => {
    const step = steps[event.key];
    const spot = at === null ? undefined : spots[at];
    if (event.key === 'Enter' && spot) onChoose?.(spot);
    if (!step || last < 0) return;
    event.preventDefault();
    setAt(step());
  };
}

function Tip({ spot, size }: { spot: Spot; size: Size }) {
  const isRight = spot.x > size.width * 0.55;
  const place = {
    top: `${Math.max(0, Math.min(spot.y - 12, size.height - 40 - spot.lines.length * 20))}px`,
    ...(isRight ? { right: `${size.width - spot.x + 12}px` } : { left: `${spot.x + 12}px` }),
  };

  return (
    <div className={styles.tip} style={place} aria-hidden="true">
      <strong>{spot.title}</strong>
      {spot.lines.slice(0, 14).map(({ label, value, ink }) => (
        <span key={label} className={styles.tipLine}>
          <span className={styles.swatch} style={inkOf(ink ?? 'transparent')} />
          <span>{label}</span>
          <b>{value}</b>
        </span>
      ))}
    </div>
  );
}

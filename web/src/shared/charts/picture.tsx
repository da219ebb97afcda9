// The drawing on the page, and the cursor that reads it: with the pointer, with a finger, with the arrows.
import { createElement, type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useI18n } from '../i18n';
import type { Brushed, Chosen } from '../data/meaning';
import type { Brush, Drawing, Size, Spot } from './ask';
import { brushed, chosenAt, type Cursor, leastStroke, moved, nearestLine, nearestSpot } from './cursor';
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
  /** How else it can be moved. */
  help?: string;
  onChoose?: ((chosen: Chosen) => void) | undefined;
  onBrush?: ((brushed: Brushed) => void) | undefined;
}

export function Picture({ drawing, size, title, help, onChoose, onBrush }: PictureProps) {
  const { t } = useI18n();
  const stage = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Cursor | null>(null);
  // Moving the cursor draws nothing anew but the cursor.
  const marks = useMemo(() => drawing.shapes.map(toElement), [drawing]);
  const stroke = useStroke(drawing.brush, onBrush);
  const spot = at === null ? undefined : drawing.spots[at.spot];
  const line = spot?.lines[at?.line ?? -1];
  const canChoose = Boolean(onChoose) && drawing.spots.some(({ lines }) => lines.some(({ meaning }) => meaning));

  function point(event: PointerEvent<HTMLDivElement>) {
    const place = pointIn(event);
    const nearest = spotUnder(event) ?? (drawing.isExact ? null : nearestSpot(drawing.spots, place));
    const found = nearest === null ? undefined : drawing.spots[nearest];
    const under = canChoose && found && found.lines.length > 1 ? nearestLine(found, place) : undefined;
    stroke.move(event.type === 'pointerdown', place.x);
    setAt(nearest === null ? null : { spot: nearest, ...(under !== undefined && { line: under }) });
  }
  function choose(place: { x: number; y: number }) {
    const chosen = chosenAt(spot, at?.line, place);
    if (chosen) onChoose?.(chosen);
  }
  function press(event: KeyboardEvent<HTMLDivElement>) {
    const next = moved(drawing.spots, at, event.key);
    if (event.key === 'Enter' && spot) return stroke.end() || choose(placeOf(stage.current, spot));
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    const x = drawing.spots[next?.spot ?? -1]?.x;
    if (event.shiftKey && x !== undefined && spot) stroke.extend(spot.x, x);
    else stroke.stop();
  }

  return (
    <div
      ref={stage}
      className={styles.stage}
      role="application"
      aria-roledescription={t('chart')}
      aria-label={`${title ? `${title}. ` : ''}${drawing.sentence} ${t('Read it with the arrows.')}${canChoose ? ` ${t('Enter goes further.')}` : ''}${help ? ` ${help}` : ''}`}
      tabIndex={0}
      onKeyDown={press}
      onPointerMove={point}
      onPointerDown={point}
      onPointerUp={() => stroke.release()}
      onPointerLeave={() => {
        stroke.stop();
        setAt(null);
      }}
      onBlur={() => setAt(null)}
      onClick={(event) => {
        if (!stroke.wasDrawn()) choose({ x: event.clientX, y: event.clientY });
      }}
      data-choosable={canChoose || undefined}
    >
      <svg className={styles.picture} width={size.width} height={size.height} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {marks}
        {stroke.ends && drawing.brush && <Mark ends={stroke.ends} brush={drawing.brush} />}
        {spot && <circle className={styles.cursor} cx={line?.at?.x ?? spot.x} cy={line?.at?.y ?? spot.y} r={5} />}
      </svg>
      {spot && <Tip spot={spot} line={at?.line} size={size} />}
      <span className={styles.unseen} role="status">
        {spot && spotText(spot, at?.line)}
      </span>
    </div>
  );
}

const Mark = ({ ends: [one, other], brush: { top, bottom } }: { ends: [number, number]; brush: Brush }) => (
  <rect className={styles.brushed} x={Math.min(one, other)} y={top} width={Math.abs(other - one)} height={bottom - top} />
);

interface Stroke {
  ends: [number, number] | null;
  isDown: boolean;
}

/** A stretch that is being marked: drawn with the pointer, or with Shift and the arrows and then Enter. */
function useStroke(brush: Brush | undefined, onBrush: ((brushed: Brushed) => void) | undefined) {
  const [{ ends, isDown }, set] = useState<Stroke>({ ends: null, isDown: false });
  const wasDrawn = useRef(false);
  const stop = () => set({ ends: null, isDown: false });

  function end(): boolean {
    const found = brush && ends && brushed(brush, ...ends);
    stop();
    if (found) onBrush?.(found);
    return Boolean(found);
  }
  return {
    ends: ends && Math.abs(ends[1] - ends[0]) >= leastStroke ? ends : null,
    move(isStart: boolean, x: number) {
      if (!brush || !onBrush) return;
      if (isStart) set({ ends: [x, x], isDown: true });
      else if (isDown) set((before) => ({ ...before, ends: [before.ends?.[0] ?? x, x] }));
    },
    extend(from: number, to: number) {
      if (brush && onBrush) set((before) => ({ isDown: false, ends: [before.ends?.[0] ?? from, to] }));
    },
    release() {
      wasDrawn.current = isDown && ends !== null && Math.abs(ends[1] - ends[0]) >= leastStroke;
      if (wasDrawn.current) end();
      else if (isDown) stop();
    },
    wasDrawn: () => wasDrawn.current,
    stop,
    end,
  };
}

function spotText({ title, lines }: Spot, line: number | undefined): string {
  const said = lines[line ?? -1] ? [lines[line ?? -1] as Spot['lines'][0]] : lines;

  return `${title}: ${said.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
}

function pointIn(event: PointerEvent<HTMLDivElement>): { x: number; y: number } {
  const { left, top } = event.currentTarget.getBoundingClientRect();

  return { x: event.clientX - left, y: event.clientY - top };
}

/** Areas and tiles know their spot: the pointer may be far from its middle. */
function spotUnder({ target }: PointerEvent<HTMLDivElement>): number | undefined {
  const spot = (target as Element).closest('[data-spot]')?.getAttribute('data-spot');

  return spot == null ? undefined : Number(spot);
}

function placeOf(stage: Element | null, { x, y }: Spot): { x: number; y: number } {
  const { left = 0, top = 0 } = stage?.getBoundingClientRect() ?? {};

  return { x: left + x, y: top + y };
}

function Tip({ spot, line, size }: { spot: Spot; line: number | undefined; size: Size }) {
  const isRight = spot.x > size.width * 0.55;
  const place = {
    top: `${Math.max(0, Math.min(spot.y - 12, size.height - 40 - spot.lines.length * 20))}px`,
    ...(isRight ? { right: `${size.width - spot.x + 12}px` } : { left: `${spot.x + 12}px` }),
  };

  return (
    <div className={styles.tip} style={place} aria-hidden="true">
      <strong>{spot.title}</strong>
      {spot.lines.slice(0, 14).map(({ label, value, ink }, index) => (
        <span key={label} className={styles.tipLine} data-now={(line === index && spot.lines.length > 1) || undefined}>
          <span className={styles.swatch} style={inkOf(ink ?? 'transparent')} />
          <span>{label}</span>
          <b>{value}</b>
        </span>
      ))}
    </div>
  );
}

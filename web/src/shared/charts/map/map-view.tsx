// A map on the page: regions in colours, or pins. One comes closer with the buttons, with + and −, with a double press
// or with Ctrl and the wheel; moves by dragging, or with Shift and the arrows.
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ChartProps } from '../chart';
import { useWriting } from '../../format';
import { useI18n } from '../../i18n';
import { Sign } from '../../sign';
import { type Drawing, emptyDrawing, type Size, textSetting } from '../ask';
import { Legend } from '../legend';
import { Picture } from '../picture';
import { useSize } from '../use-size';
import { likelyRegion } from './atlas';
import { type Ground, knownGround, loadGround } from './ground';
import { drawPins, pinColumns, pinWords } from './pins';
import { drawRegions, type MapWords, readRegions, regionColumns, regionWords } from './regions';
import { type Look, moved, type Point, whole, zoomed } from './view';
import styles from '../chart.module.css';

/** Which map: that of the settings, else the one that the columns suggest. */
function mapOf({ data, settings }: ChartProps): string {
  if (settings['map.type'] === 'pin' || settings['map.type'] === 'grid') return 'pins';
  if (settings['map.type'] !== 'region' && pinColumns({ data, settings })) return 'pins';
  const columns = regionColumns({ data, settings });
  const dimension = columns ? columns.dimension : 0;

  return textSetting(settings, 'map.region') ?? likelyRegion(data.cols[dimension]?.semantic_type, data.rows.map((row) => row[dimension]));
}

function useGround(name: string): Ground | null {
  const { locale } = useI18n();
  const [ground, set] = useState(() => knownGround(name, locale));

  useEffect(() => {
    let isWanted = true;
    loadGround(name, locale).then(
      (found) => isWanted && set(found),
      () => isWanted && set('missing'),
    );
    return () => {
      isWanted = false;
    };
  }, [name, locale]);
  return ground;
}

export { loadGround };

const noWords: MapWords = { legend: [] };

export function MapView(props: ChartProps) {
  const { data, display, settings, title, onChoose } = props;
  const { t } = useI18n();
  const writing = useWriting();
  const ground = useGround(mapOf(props));
  const [place, size] = useSize();
  const [look, setLook] = useState<Look>(whole);
  const ask = useMemo(() => ({ data, display, settings, writing, t }), [data, display, settings, writing, t]);
  const regions = useMemo(() => (ground && ground !== 'missing' && ground.kind === 'regions' ? readRegions(ask, ground.atlas) : null), [ground, ask]);
  const words = useMemo(() => {
    if (!ground || ground === 'missing') return noWords;
    if (ground.kind === 'pins') return pinWords(ask);
    return regions ? regionWords(ask, ground.atlas, regions) : noWords;
  }, [ground, ask, regions]);
  const drawing: Drawing | null = useMemo(() => {
    if (!ground || !size) return null;
    if (ground === 'missing') return emptyDrawing;
    if (ground.kind === 'pins') return drawPins({ ...ask, ...size }, ground.land, look);
    return regions ? drawRegions({ ...ask, ...size }, ground.atlas, regions, look) : emptyDrawing;
  }, [ground, ask, regions, size, look]);
  const handlers = useMoves(place, size, look, setLook);

  if (ground === 'missing') return <p className={styles.nothing}>{t('This map is not known here. Choose another in the settings.')}</p>;
  return (
    <div className={styles.chart} data-kind="map">
      {words.legend.length > 0 && <Legend entries={words.legend} />}
      <div ref={place} className={styles.place} {...handlers}>
        {size && drawing && drawing.shapes.length > 0 && (
          <>
            <Picture drawing={drawing} size={size} title={title} help={t('Plus and minus zoom; Shift and the arrows move the map.')} onChoose={onChoose} />
            <Zoom isWhole={look.zoom === 1} onZoom={(by) => setLook(by ? zoomed(look, by, size) : whole)} />
          </>
        )}
        {drawing && !drawing.shapes.length && <p className={styles.nothing}>{t('These columns cannot be drawn this way. Choose another chart, or other columns.')}</p>}
      </div>
      {words.note && <p className={styles.mapNote}>{words.note}</p>}
    </div>
  );
}

function Zoom({ isWhole, onZoom }: { isWhole: boolean; onZoom: (by: number) => void }) {
  const { t } = useI18n();

  return (
    <div className={styles.zoom}>
      <button type="button" aria-label={t('Closer')} onClick={() => onZoom(1.6)}>
        +
      </button>
      <button type="button" aria-label={t('Farther')} disabled={isWhole} onClick={() => onZoom(1 / 1.6)}>
        −
      </button>
      <button type="button" aria-label={t('The whole map')} disabled={isWhole} onClick={() => onZoom(0)}>
        <Sign name="whole" />
      </button>
    </div>
  );
}

const keySteps: Record<string, Point> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
const leastDrag = 5;

function useMoves(place: { current: HTMLDivElement | null }, size: Size | null, look: Look, setLook: (look: (before: Look) => Look) => void) {
  const drag = useRef<{ at: Point; isMoving: boolean } | null>(null);
  const wasMoved = useRef(false);

  useEffect(() => {
    const element = place.current;
    const turn = (event: WheelEvent) => {
      // Without Ctrl the wheel scrolls the page, as everywhere else.
      if (!event.ctrlKey || !element || !size) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      setLook((before) => zoomed(before, event.deltaY < 0 ? 1.25 : 0.8, size, [event.clientX - left, event.clientY - top]));
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [place, size, setLook]);

  return {
    onKeyDownCapture(event: KeyboardEvent) {
      const step = event.shiftKey ? keySteps[event.key] : undefined;
      const by = { '+': 1.6, '=': 1.6, '-': 1 / 1.6 }[event.key];
      if (!size || (!step && !by && event.key !== '0')) return;
      event.preventDefault();
      event.stopPropagation();
      setLook((before) => (step ? moved(before, step) : by ? zoomed(before, by, size) : whole));
    },
    onDoubleClick: () => size && setLook((before) => zoomed(before, 1.6, size)),
    onPointerDown({ clientX, clientY, target }: PointerEvent) {
      wasMoved.current = false;
      if (look.zoom > 1 && !(target as Element).closest('button')) drag.current = { at: [clientX, clientY], isMoving: false };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const now = drag.current;
      if (!now) return;
      const by: Point = [clientX - now.at[0], clientY - now.at[1]];
      if (!now.isMoving && Math.hypot(...by) < leastDrag) return;
      drag.current = { at: [clientX, clientY], isMoving: true };
      wasMoved.current = true;
      setLook((before) => moved(before, by));
    },
    onPointerUp: () => (drag.current = null),
    onPointerLeave: () => (drag.current = null),
    onClickCapture(event: { stopPropagation: () => void }) {
      if (wasMoved.current) event.stopPropagation();
    },
  };
}

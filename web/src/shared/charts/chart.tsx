// One question, shown: a table, a number or a picture. The place around it decides the size.
import { type ComponentType, useEffect, useMemo, useState } from 'react';
import type { Data, Settings } from '../data/types';
import { useWriting } from '../format';
import { useI18n } from '../i18n';
import { DataTable } from '../table';
import type { Brushed, Chosen } from '../data/meaning';
import { draw, legendOf } from './draw';
import { kindOf } from './kinds';
import { Legend } from './legend';
import { knownMapView, loadMapView } from './maps';
import { NumberView, TrendView } from './numbers';
import { Picture } from './picture';
import { PivotView } from './pivot';
import { RecordView } from './record';
import { useSize } from './use-size';
import styles from './chart.module.css';

export interface ChartProps {
  data: Data;
  display: string;
  settings: Settings;
  title: string;
  /** What happens when a point, a bar or a cell is chosen. */
  onChoose?: ((chosen: Chosen) => void) | undefined;
  /** What happens when a stretch of the x axis is marked. */
  onBrush?: ((brushed: Brushed) => void) | undefined;
  /** Whether filters act on it: that may be why there are no rows. */
  isFiltered?: boolean | undefined;
  /** What a header of a table does; without it, headers sort. */
  onHeader?: ((column: number, place: { x: number; y: number }) => void) | undefined;
}

const views: Record<string, (props: ChartProps) => React.ReactNode> = {
  table: (props) => <DataTable {...props} caption={props.title} />,
  scalar: (props) => <NumberView {...props} />,
  smartscalar: (props) => <TrendView {...props} />,
  pivot: (props) => <PivotView {...props} />,
  object: (props) => <RecordView {...props} />,
  map: (props) => <MapChart {...props} />,
};

export function Chart(props: ChartProps) {
  const { t } = useI18n();
  const { display } = kindOf(props.display);
  const view = views[display];

  if (!props.data.rows.length) return <p className={styles.nothing}>{props.isFiltered ? t('No result for these filters.') : t('No result: the answer has no rows.')}</p>;
  return view ? view(props) : <SvgChart {...props} />;
}

/** Maps come with their shapes, when a page has one. */
function MapChart(props: ChartProps) {
  const { t } = useI18n();
  const [View, setView] = useState<ComponentType<ChartProps> | 'failed' | null>(knownMapView);

  useEffect(() => {
    let isWanted = true;
    loadMapView().then(
      (found) => isWanted && setView(() => found),
      () => isWanted && setView('failed'),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (View === 'failed') return <p className={styles.nothing}>{t('The map could not be loaded.')}</p>;
  return View && <View {...props} />;
}

function SvgChart({ data, display, settings, title, onChoose, onBrush }: ChartProps) {
  const { t } = useI18n();
  const writing = useWriting();
  const [place, size] = useSize();
  const ask = useMemo(() => ({ data, display, settings, writing, t }), [data, display, settings, writing, t]);
  // The legend takes its room first: what is left of the place is what the picture is drawn for.
  const legend = useMemo(() => legendOf(ask), [ask]);
  const drawing = useMemo(() => size && draw({ ...ask, ...size }), [ask, size]);
  const isPie = display === 'pie';
  const hasLegend = legend.length > 0 && settings[isPie ? 'pie.show_legend' : 'legend.is_visible'] !== false;

  return (
    <div className={styles.chart} data-kind={isPie ? 'pie' : 'plain'}>
      {hasLegend && <Legend entries={legend} />}
      <div ref={place} className={styles.place}>
        {size && drawing && drawing.shapes.length > 0 && <Picture drawing={drawing} size={size} title={title} onChoose={onChoose} onBrush={onBrush} />}
        {drawing && !drawing.shapes.length && (
          <p className={styles.nothing}>{t('These columns cannot be drawn this way. Choose another chart, or other columns.')}</p>
        )}
      </div>
    </div>
  );
}


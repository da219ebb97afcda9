// Every kind of chart that a person can choose, in the order of the picker.
import { holdsDates, holdsNumbers, isGroup, isMeasure, isPlace } from '../data/columns';
import type { Column, Data } from '../data/types';
import { msg } from '../i18n';
import type { ChartAsk, Drawing, LegendEntry, ReadAsk } from './ask';
import { drawBoxes } from './boxes';
import { cartesianLegend, drawCartesian } from './cartesian';
import { drawGauge, drawProgress } from './meters';
import { drawPie, pieLegend } from './pie';
import { drawFunnel, drawRows, rowsLegend } from './rows';
import { drawSankey } from './sankey';
import { drawScatter, scatterLegend } from './scatter';
import { drawTreemap } from './treemap';
import { drawWaterfall, waterfallLegend } from './waterfall';

export interface Kind {
  display: string;
  label: string;
  /** Absent for what is drawn as text: tables and numbers. */
  draw?: (ask: ChartAsk) => Drawing;
  /** What `draw` puts into its legend, for those that have one. */
  legend?: (ask: ReadAsk) => LegendEntry[];
  /** A picture that is downloaded with its shapes, when a page has one. */
  isMap?: boolean;
  /** Whether these columns can be shown this way. */
  fits: (cols: readonly Column[], rows: number) => boolean;
}

const count = (cols: readonly Column[], is: (column: Column) => boolean) => cols.filter(is).length;
const hasPairs = (cols: readonly Column[]) => count(cols, isMeasure) >= 1 && cols.length >= 2;
const hasNumber = (cols: readonly Column[]) => count(cols, holdsNumbers) >= 1;

export const kinds: Kind[] = [
  { display: 'table', label: msg('Table'), fits: () => true },
  { display: 'scalar', label: msg('Number'), fits: (cols, rows) => rows === 1 && hasNumber(cols) },
  { display: 'smartscalar', label: msg('Trend'), fits: (cols, rows) => rows > 1 && count(cols, holdsDates) > 0 && count(cols, isGroup) === 1 && count(cols, isMeasure) > 0 },
  { display: 'line', label: msg('Line'), draw: drawCartesian, legend: cartesianLegend, fits: hasPairs },
  { display: 'area', label: msg('Area'), draw: drawCartesian, legend: cartesianLegend, fits: hasPairs },
  { display: 'bar', label: msg('Bars'), draw: drawCartesian, legend: cartesianLegend, fits: hasPairs },
  { display: 'combo', label: msg('Line and bars'), draw: drawCartesian, legend: cartesianLegend, fits: hasPairs },
  { display: 'row', label: msg('Rows'), draw: drawRows, legend: rowsLegend, fits: hasPairs },
  { display: 'pie', label: msg('Ring'), draw: drawPie, legend: pieLegend, fits: hasPairs },
  { display: 'scatter', label: msg('Points'), draw: drawScatter, legend: scatterLegend, fits: (cols) => count(cols, holdsNumbers) + count(cols, holdsDates) >= 2 },
  { display: 'map', label: msg('Map'), isMap: true, fits: (cols) => count(cols, isPlace) >= 2 || hasPairs(cols) },
  { display: 'waterfall', label: msg('Waterfall'), draw: drawWaterfall, legend: waterfallLegend, fits: hasPairs },
  { display: 'funnel', label: msg('Funnel'), draw: drawFunnel, fits: hasPairs },
  { display: 'progress', label: msg('Progress'), draw: drawProgress, fits: (cols, rows) => rows === 1 && hasNumber(cols) },
  { display: 'gauge', label: msg('Gauge'), draw: drawGauge, fits: (cols, rows) => rows === 1 && hasNumber(cols) },
  { display: 'pivot', label: msg('Pivot table'), fits: (cols) => count(cols, isGroup) >= 2 && count(cols, isMeasure) >= 1 },
  { display: 'boxplot', label: msg('Box plot'), draw: drawBoxes, fits: hasPairs },
  { display: 'sankey', label: msg('Flows'), draw: drawSankey, fits: (cols) => count(cols, isGroup) >= 2 && count(cols, isMeasure) >= 1 },
  { display: 'treemap', label: msg('Areas'), draw: drawTreemap, fits: hasPairs },
  { display: 'object', label: msg('Record'), fits: (_, rows) => rows >= 1 },
];

export const kindOf = (display: string): Kind => kinds.find((kind) => kind.display === display) ?? (kinds[0] as Kind);

/** The chart that suits what came back, when nobody has chosen one. */
export function chooseDisplay({ cols, rows }: Data): string {
  const groups = cols.filter((column) => column.source === 'breakout');
  const measures = cols.filter((column) => column.source === 'aggregation');
  const [first] = groups;

  if (cols.length === 1 && rows.length === 1 && cols.some(holdsNumbers)) return 'scalar';
  if (!measures.length || !first || groups.length > 2) return 'table';
  if (groups.length === 2 && !groups.some(holdsDates)) return 'bar';
  if (groups.some(holdsDates)) return rows.length > 1 ? 'line' : 'bar';
  return rows.length > 12 && !first.binning_info ? 'row' : 'bar';
}

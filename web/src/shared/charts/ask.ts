// What a chart is drawn from, and what comes out.
import type { Meaning } from '../data/meaning';
import type { Cell, Data, Settings } from '../data/types';
import type { Writing } from '../format';
import type { Translate } from '../i18n';
import type { Shape } from './shape';

export interface ChartAsk {
  data: Data;
  settings: Settings;
  display: string;
  width: number;
  height: number;
  writing: Writing;
  t: Translate;
}

/** What there is to draw, whatever the size. */
export type ReadAsk = Omit<ChartAsk, 'width' | 'height'>;

/** A place that can be pointed at, or reached with the arrows: what is there, in words. */
export interface Spot {
  x: number;
  y: number;
  title: string;
  lines: SpotLine[];
}

export interface SpotLine {
  label: string;
  value: string;
  ink?: string;
  /** Present where one can go on from there. */
  meaning?: Meaning;
  /** Where the mark of this line is, when a place holds several. */
  at?: { x: number; y: number };
}

/** A place whose words are written when somebody comes to it: a chart has hundreds. */
export function spotAt({ x, y }: { x: number; y: number }, read: () => Pick<Spot, 'title' | 'lines'>): Spot {
  let words: Pick<Spot, 'title' | 'lines'> | undefined;

  return {
    x,
    y,
    get title() {
      return (words ??= read()).title;
    },
    get lines() {
      return (words ??= read()).lines;
    },
  };
}

export interface LegendEntry {
  label: string;
  ink: string;
  value?: string;
  isDashed?: boolean;
}

export interface Drawing {
  shapes: Shape[];
  spots: Spot[];
  legend: LegendEntry[];
  /** The chart in one sentence, for those who do not see it. */
  sentence: string;
  /** The places of an x axis of time or numbers, from left to right. */
  brush?: Brush;
  /** Only what is under the pointer counts, not what is near. */
  isExact?: boolean;
  /** Something to know about what is not in the picture. */
  note?: string;
}

export interface Brush {
  column: number;
  top: number;
  bottom: number;
  places: { x: number; value: Cell }[];
}

export interface Size {
  width: number;
  height: number;
}

export const emptyDrawing: Drawing = { shapes: [], spots: [], legend: [], sentence: '' };

export const inkCount = 8;
export const inkAt = (index: number): string => `var(--chart-${(index % inkCount) + 1})`;

export const textSetting = (settings: Settings, key: string): string | undefined => {
  const value = settings[key];

  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const numberSetting = (settings: Settings, key: string): number | undefined => {
  const value = typeof settings[key] === 'string' && settings[key] !== '' ? Number(settings[key]) : settings[key];

  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** Colours come from people: only what looks like one is given to the browser. */
export const colourOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && /^(#[\da-f]{3,8}|var\(--[\w-]+\))$/i.test(value) ? value : otherwise;

// The frame of a chart: how much room the axes take, their lines and their words.
import type { Writing } from '../format';
import type { Size } from './ask';
import { momentWords, tickIndexes, type Unit } from './moments';
import { type Scale, shortened, textWidth } from './scale';
import { pathThrough, type Shape, shape, text } from './shape';

/** Where the marks are drawn. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const yOn = (plot: Plot, scale: Scale, value: number): number => {
  const share = Math.min(1, Math.max(0, scale.at(value)));

  return plot.bottom - share * (plot.bottom - plot.top);
};

export interface YAxis {
  scale: Scale;
  write: (value: number) => string;
  title: string | undefined;
  isRight: boolean;
  hasLabels: boolean;
}

const gap = 8;

export function axisWidth({ scale, write, title, hasLabels }: YAxis): number {
  const widest = hasLabels ? Math.max(...scale.ticks.map((tick) => textWidth(write(tick)))) + gap : 0;

  return Math.ceil(widest + (title ? 20 : 0));
}

export function yAxisShapes(axis: YAxis, plot: Plot): Shape[] {
  const { scale, write, title, isRight, hasLabels } = axis;
  const side = isRight ? plot.right + gap : plot.left - gap;
  const labels = scale.ticks.map((tick) =>
    text({ x: side, y: yOn(plot, scale, tick) + 4 }, 'tick', write(tick), { textAnchor: isRight ? 'start' : 'end' }),
  );

  return [...(isRight ? [] : gridShapes(scale, plot)), ...(hasLabels ? labels : []), ...(title ? [standing(axis, plot, title)] : [])];
}

/** The lines at the steps of an axis, and the stronger one at zero. */
function gridShapes(scale: Scale, plot: Plot): Shape[] {
  const lines = (className: string, ticks: number[]) =>
    ticks.length ? [shape('path', { className, d: ticks.map((tick) => across(plot, yOn(plot, scale, tick))).join('') })] : [];

  return [...lines('grid', scale.ticks.filter((tick) => tick !== 0)), ...lines('zero', scale.ticks.filter((tick) => tick === 0))];
}

const across = ({ left, right }: Plot, y: number) => pathThrough([{ x: left, y }, { x: right, y }]);

/** The title of an axis of values reads from bottom to top. */
function standing(axis: YAxis, plot: Plot, title: string): Shape {
  const room = plot.bottom - plot.top;
  const x = axis.isRight ? plot.right + axisWidth(axis) - 4 : plot.left - axisWidth(axis) + 10;
  const y = (plot.top + plot.bottom) / 2;
  const around = `rotate(-90 ${Math.round(x)} ${Math.round(y)})`;

  return text({ x, y }, 'axis-title', shortened(title, room), { textAnchor: 'middle', transform: around });
}

/** The words below the x axis: a line or two, or leaning when they would touch. */
export interface XWords {
  height: number;
  shapes: (plot: Plot) => Shape[];
}

export function momentAxis(writing: Writing, moments: number[], unit: Unit, at: (index: number, plot: Plot) => number, width: number): XWords {
  const chosen = tickIndexes(moments, unit, Math.max(2, Math.floor(width / 58)));
  const words = chosen.map((index, order) => {
    const before = order > 0 ? moments[chosen[order - 1] as number] : undefined;
    return { index, words: momentWords(writing.locale, moments[index] as number, unit, before) };
  });
  const hasTwo = words.some(({ words: [, second] }) => second);

  return {
    height: hasTwo ? 38 : 24,
    shapes: (plot) =>
      words.flatMap(({ index, words: [first, second] }) => {
        const x = at(index, plot);
        const label = text({ x, y: plot.bottom + 17 }, 'tick', first, { textAnchor: 'middle' });
        return second ? [label, text({ x, y: plot.bottom + 32 }, 'tick strong', second, { textAnchor: 'middle' })] : [label];
      }),
  };
}

/** Names side by side, on two lines, or leaning: what leaves the most of them to read, and most of the height to the marks. */
export function wordAxis(words: string[], at: (index: number, plot: Plot) => number, { width, height }: Size): XWords {
  const band = width / Math.max(1, words.length);
  const widest = Math.max(0, ...words.map((word) => textWidth(word)));
  const halves = words.map((word) => halved(word, band - gap));

  if (widest + gap <= band) return flatWords(words, 1, band, at);
  if (band >= 84 || halves.every((lines) => lines.every((line) => textWidth(line) + gap <= band))) return stackedWords(halves, band - gap, at);
  if (band >= 15 && height >= 150) return leaningWords(words, Math.min(widest, 96, Math.max(72, height * 0.4)), at);
  if (band >= 46) return flatWords(words, 1, band - 6, at);
  return flatWords(words, Math.ceil((Math.min(widest, 110) + gap) / band), 110, at);
}

/** The first line takes the words that fit on it. */
function halved(name: string, room: number): [string] | [string, string] {
  const words = name.split(' ');
  const fitting = words.findIndex((_, index) => textWidth(words.slice(0, index + 1).join(' ')) > room);
  const first = fitting < 0 ? words.length : Math.max(1, fitting);

  return first < words.length ? [words.slice(0, first).join(' '), words.slice(first).join(' ')] : [name];
}

function stackedWords(names: string[][], room: number, at: (index: number, plot: Plot) => number): XWords {
  const line = (words: string, x: number, y: number) => text({ x, y }, 'tick', shortened(words, room), { textAnchor: 'middle' });

  return {
    height: names.some(({ length }) => length > 1) ? 39 : 24,
    shapes: (plot) => names.flatMap((lines, index) => lines.map((words, order) => line(words, at(index, plot), plot.bottom + 17 + order * 15))),
  };
}

function flatWords(words: string[], step: number, room: number, at: (index: number, plot: Plot) => number): XWords {
  return {
    height: 24,
    shapes: (plot) =>
      words.flatMap((word, index) =>
        index % step === 0
          ? [text({ x: at(index, plot), y: plot.bottom + 17 }, 'tick', shortened(word, room), { textAnchor: 'middle' })]
          : [],
      ),
  };
}

function leaningWords(words: string[], room: number, at: (index: number, plot: Plot) => number): XWords {
  return {
    height: Math.ceil(room * 0.72) + 20,
    shapes: (plot) =>
      words.map((word, index) => {
        const x = at(index, plot) + 4;
        const y = plot.bottom + 14;
        // The first names lean towards the edge of the picture, and stop there.
        const reach = Math.min(room, (x - 4) * Math.SQRT2);
        const around = `rotate(-45 ${Math.round(x)} ${Math.round(y)})`;
        return text({ x, y }, 'tick', shortened(word, reach), { textAnchor: 'end', transform: around });
      }),
  };
}

export function numberAxis(scale: Scale, write: (value: number) => string): XWords {
  return {
    height: 24,
    shapes: (plot) =>
      scale.ticks.map((tick) =>
        text({ x: plot.left + scale.at(tick) * (plot.right - plot.left), y: plot.bottom + 17 }, 'tick', write(tick), {
          textAnchor: 'middle',
        }),
      ),
  };
}

export const xTitle = (title: string, plot: Plot, height: number): Shape =>
  text({ x: (plot.left + plot.right) / 2, y: height - 5 }, 'axis-title', shortened(title, plot.right - plot.left), {
    textAnchor: 'middle',
  });

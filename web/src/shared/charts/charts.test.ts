import { describe, expect, it } from 'vitest';
import type { Column, Data, Row, Settings } from '../data/types';
import { plainWriting } from '../format';
import { messages } from '../../locales/en.po';
import { translator } from '../i18n';
import { boxesIn } from '../../../test/boxes-in';
import { draw, legendOf } from './draw';
import { chooseDisplay, kinds } from './kinds';
import { linearScale, logScale, niceStep } from './scale';
import { shapeText, type Shape } from './shape';

const month: Column = { name: 'month', display_name: 'Month', base_type: 'type/DateTime', unit: 'month', source: 'breakout' };
const kind: Column = { name: 'kind', display_name: 'Kind', base_type: 'type/Text', source: 'breakout' };
const count: Column = { name: 'count', display_name: 'Count', base_type: 'type/Integer', source: 'aggregation' };
const other: Column = { name: 'sum', display_name: 'Sum', base_type: 'type/Float', source: 'aggregation' };

const ask = (data: Data, display: string, settings: Settings = {}, width = 480, height = 280) => ({
  data,
  display,
  settings,
  width,
  height,
  writing: plainWriting('en'),
  t: translator('en', messages),
});

const byMonth: Data = { cols: [month, count], rows: [['2026-01-01T00:00:00Z', 4], ['2026-02-01T00:00:00Z', 9], ['2026-04-01T00:00:00Z', 6]] };
const byKind: Data = { cols: [kind, count], rows: [['b', 30], ['a', 50], ['c', 20]] };

/** Numbers that repeat from run to run. */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function odd(random: () => number): number | null {
  const picked = random();
  if (picked < 0.1) return null;
  if (picked < 0.2) return 0;
  return (random() - 0.4) * 10 ** Math.floor(random() * 9 - 2);
}

const everyShape = (shapes: Shape[]): Shape[] => shapes.flatMap((one) => [one, ...everyShape(one.children.filter((child) => typeof child !== 'string'))]);
const drawn = kinds.filter((one) => one.draw).map(({ display }) => display);

describe('every chart', () => {
  it.each(drawn)('%s draws any data without a number that is none, inside its place', (display) => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = dice(seed * 77);
      const rows = Array.from({ length: Math.floor(random() * 40) }, (_, index): Row => [
        `2026-${String((index % 12) + 1).padStart(2, '0')}-01T00:00:00Z`,
        `a rather long name ${index % 7}`,
        odd(random),
        odd(random),
      ]);
      const cols = seed % 2 ? [month, kind, count, other] : [kind, count, other].map((column) => column);
      const data = { cols, rows: seed % 2 ? rows : rows.map((row) => row.slice(1)) };
      const width = 120 + Math.floor(random() * 900);
      const drawing = draw(ask(data, display, { 'graph.show_values': true, 'graph.show_trendline': true }, width, 160 + Math.floor(random() * 300)));

      for (const one of everyShape(drawing.shapes)) {
        expect(JSON.stringify(one.attributes), `${display} ${seed}`).not.toMatch(/NaN|Infinity|null/);
        if (one.tag !== 'rect') continue;
        expect(Number(one.attributes.width)).toBeGreaterThanOrEqual(0);
        expect(Number(one.attributes.height)).toBeGreaterThanOrEqual(0);
        expect(Number(one.attributes.x) + Number(one.attributes.width)).toBeLessThanOrEqual(width + 1);
      }
      for (const bar of boxesIn(drawing.shapes)) expect(bar.x + bar.width).toBeLessThanOrEqual(width + 1);
      if (drawing.shapes.length) expect(legendOf(ask(data, display)), 'known before its size is').toEqual(drawing.legend);
      for (const spot of drawing.spots) expect(Number.isFinite(spot.x + spot.y)).toBe(true);
      if (drawing.shapes.length) expect(drawing.sentence).not.toBe('');
    }
  });

  it.each(['line', 'bar', 'row', 'pie', 'waterfall', 'funnel', 'treemap'])('%s looks as it did', (display) => {
    const { shapes, sentence } = draw(ask(display === 'line' || display === 'bar' ? byMonth : byKind, display));

    expect(`${sentence}\n${shapes.map((one) => shapeText(one)).join('\n')}`).toMatchSnapshot();
  });

  it.each(['progress', 'gauge'])('%s shows one number', (display) => {
    const { shapes, sentence } = draw(ask({ cols: [count], rows: [[42]] }, display, { 'progress.goal': 60 }));

    expect(shapes.map((one) => shapeText(one)).join('')).toContain('42');
    expect(sentence).toContain('42');
  });
});

describe('axes', () => {
  it('steps by round numbers', () => {
    expect([0.7, 1, 1.4, 2.2, 3, 7, 23, 480].map(niceStep)).toEqual([1, 1, 2, 2.5, 5, 10, 25, 500]);
  });

  it('hold every value, and start where a step does', () => {
    const random = dice(9);
    for (let round = 0; round < 300; round++) {
      const [a, b] = [(random() - 0.5) * 10 ** (random() * 8), (random() - 0.5) * 10 ** (random() * 8)];
      const { low, high, ticks } = linearScale(Math.min(a, b), Math.max(a, b), 5);
      expect(low).toBeLessThanOrEqual(Math.min(a, b));
      expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(12);
    }
  });

  it('count in powers of ten', () => {
    expect(logScale(3, 4_000).ticks).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(logScale(1, 1_000).at(10)).toBeCloseTo(1 / 3);
  });
});

it('shows a month without rows as a gap, not as the next month', () => {
  const { spots, shapes } = draw(ask(byMonth, 'bar'));

  expect(spots.map(({ title }) => title)).toEqual(['January 2026', 'February 2026', 'April 2026']);
  const [first, second, third] = boxesIn(shapes).map(({ x }) => x) as [number, number, number];
  expect(third - second).toBeCloseTo(2 * (second - first), 0);
});

it('stacks shares up to one', () => {
  const data: Data = { cols: [month, kind, count], rows: [['2026-01-01', 'a', 1], ['2026-01-01', 'b', 3]] };
  const [first, second] = boxesIn(draw(ask(data, 'bar', { 'stackable.stack_type': 'normalized' })).shapes).map(({ height }) => height) as [number, number];

  expect(second / first).toBeCloseTo(3, 1);
});

it('gives figures of very different sizes an axis each', () => {
  const data: Data = { cols: [month, count, other], rows: [['2026-01-01', 3, 90_000], ['2026-02-01', 4, 80_000]] };
  const labels = everyShape(draw(ask(data, 'line')).shapes).filter(({ attributes }) => attributes.textAnchor === 'start');

  expect(labels.length).toBeGreaterThan(1);
});

it.each([
  ['scalar', [count], [[1]]],
  ['line', [month, count], [['2026-01-01', 1], ['2026-02-01', 2]]],
  ['bar', [kind, count], [['a', 1]]],
  ['table', [kind], [['a']]],
] as [string, Column[], Row[]][])('chooses %s', (display, cols, rows) => {
  expect(chooseDisplay({ cols, rows })).toBe(display);
});

it('draws a whole that has one part only', () => {
  for (const share of [1, 0.9999]) {
    const { shapes } = draw(ask({ cols: [kind, count], rows: [['a', 1_000_000 * share], ['b', 1_000_000 * (1 - share)]] }, 'pie', { 'pie.slice_threshold': 0 })) as { shapes: Shape[] };
    const first = shapes.find(({ attributes }) => attributes.className === 'slice');

    // Two halves outside, two inside: one arc alone would end where it begins.
    expect(String(first?.attributes.d).match(/A/g)).toHaveLength(4);
  }
});

it('leaves room between the names of many categories', () => {
  const rows = Array.from({ length: 3_000 }, (_, index): Row => [`Category ${index}`, index]);
  const { shapes } = draw(ask({ cols: [kind, count], rows }, 'bar')) as { shapes: Shape[] };
  const places = everyShape(shapes).filter(({ children }) => String(children[0]).startsWith('Category')).map(({ attributes }) => Number(attributes.x));

  expect(places.length).toBeGreaterThan(2);
  expect(Math.min(...places.slice(1).map((x, index) => x - (places[index] ?? 0)))).toBeGreaterThan(76);
});

it('keeps the names, the order and the colours that were chosen', () => {
  const broken: Data = { cols: [month, kind, count], rows: [['2026-01-01T00:00:00Z', 'a', 3], ['2026-01-01T00:00:00Z', 'b', 5], ['2026-01-01T00:00:00Z', 'c', 6]] };
  const order = [{ key: 'c', name: 'See', color: '#A989C5', enabled: true }, { key: 'b', name: 'b', enabled: false }, { key: 'a', name: 'a', enabled: true }];
  const labels = (settings: Settings) => legendOf(ask(broken, 'bar', settings)).map(({ label }) => label);

  expect(labels({ 'graph.series_order': order, 'graph.series_order_dimension': 'kind' })).toEqual(['See', 'a']);
  expect(legendOf(ask(broken, 'bar', { 'graph.series_order': order }))[0]?.ink).toBe('#A989C5');
  expect(labels({ 'graph.series_order': order, 'graph.series_order_dimension': 'other' })).toEqual(['a', 'b', 'c']);
  expect(legendOf(ask(byKind, 'pie', { 'pie.rows': [{ key: 'a', name: 'Ay', originalName: 'a', enabled: true }, { key: 'b', name: 'b', originalName: 'b', hidden: true }] })).map(({ label }) => label)).toEqual(['Ay', 'c']);
  expect(legendOf(ask(byKind, 'waterfall', { 'waterfall.increase_color': '#88BF4D' }))[0]?.ink).toBe('#88BF4D');
  expect(shapeText({ tag: 'g', attributes: {}, children: (draw(ask(byKind, 'funnel', { 'funnel.rows': [{ key: 'a', name: 'Start', enabled: true }] })) as { shapes: Shape[] }).shapes } as unknown as Shape)).toContain('Start');
});

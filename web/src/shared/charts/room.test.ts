// What a chart does where there is little room, or when its data are of an awkward kind.
import { describe, expect, it } from 'vitest';
import { boxesIn } from '../../../test/boxes-in';
import type { Column, Data, Settings } from '../data/types';
import { plainWriting } from '../format';
import { messages } from '../../locales/en.po';
import { translator } from '../i18n';
import { draw, legendOf } from './draw';
import type { Shape } from './shape';

const kind: Column = { name: 'kind', display_name: 'Kind', base_type: 'type/Text', source: 'breakout' };
const count: Column = { name: 'count', display_name: 'Count', base_type: 'type/Float', source: 'aggregation' };

const drawn = (display: string, rows: Data['rows'], width: number, height: number, settings: Settings = {}) =>
  draw({ data: { cols: [kind, count], rows }, display, settings, width, height, writing: plainWriting('en'), t: translator('en', messages) }).shapes;
const of = (shapes: Shape[], className: string) => shapes.filter(({ attributes }) => attributes.className === className);
const words = (shapes: Shape[]) => shapes.map(({ children }) => children.join(''));

const regions = ['Provence-Alpes and the islands', 'Auvergne and the Alps', 'Brittany and its coast', 'Normandy and its cliffs'];
const byRegion: Data['rows'] = regions.map((region, index) => [region, 10 * (index + 1)]);

describe('a ring', () => {
  it('of one part is whole, without a seam', () => {
    const [slice] = of(drawn('pie', [['all', 12]], 200, 200), 'slice');

    expect(slice?.attributes.d).toMatch(/^M100 6A94 94 0 1 1 100 194A/);
  });

  it('rounds its total where it has no room for all of it', () => {
    const rows: Data['rows'] = [['a', 1_061_644.22], ['b', 2]];

    expect(words(of(drawn('pie', rows, 140, 140), 'total'))).toEqual(['1.1m']);
    expect(words(of(drawn('pie', rows, 400, 400), 'total'))).toEqual(['1,061,646.22']);
  });

  it('says its shares where the settings want them, and where a slice has room', () => {
    const rows: Data['rows'] = [['a', 60], ['b', 37], ['c', 3]];
    const shares = (place?: string) => words(of(drawn('pie', rows, 300, 300, { 'pie.percent_visibility': place, 'pie.slice_threshold': 0 }), 'cluster-count'));
    const legend = (place?: string) => legendOf({ data: { cols: [kind, count], rows }, display: 'pie', settings: { 'pie.percent_visibility': place }, writing: plainWriting('en'), t: translator('en', messages) }).map(({ value }) => value);

    expect([shares(), shares('off'), shares('legend')]).toEqual([[], [], []]);
    expect([shares('inside'), shares('both')]).toEqual([['60%', '37%'], ['60%', '37%']]);
    expect([legend(), legend('both')]).toEqual([['60%', '37%', '3%'], ['60%', '37%', '3%']]);
    expect([legend('inside'), legend('off')]).toEqual([['60', '37', '3'], ['60', '37', '3']]);
  });

  it('is not one part alone when all of its parts are small', () => {
    const rows = Array.from({ length: 60 }, (_, index): Data['rows'][number] => [`k${index}`, 1]);

    expect(of(drawn('pie', rows, 300, 300), 'slice')).toHaveLength(12);
    expect(of(drawn('pie', rows.slice(0, 8), 300, 300, { 'pie.slice_threshold': 50 }), 'slice')).toHaveLength(8);
  });
});

describe('long names', () => {
  it.each(['row', 'funnel'])('stand above what they name on a narrow chart of kind %s', (display) => {
    const names = of(drawn(display, byRegion, 300, 260), 'name');

    expect(words(names)).toEqual(regions);
    expect(new Set(names.map(({ attributes }) => attributes.x)).size).toBe(1);
    expect(names.every(({ attributes }) => attributes.textAnchor === undefined)).toBe(true);
  });

  it.each(['row', 'funnel'])('stand beside it on a wide chart of kind %s', (display) => {
    expect(of(drawn(display, byRegion, 900, 260), 'name').every(({ attributes }) => attributes.textAnchor === 'end')).toBe(true);
  });

  it('take two lines below the bars where these are wide', () => {
    const ticks = of(drawn('bar', byRegion, 640, 300), 'tick');

    expect(words(ticks).filter((one) => /[a-z]/.test(one)).join(' ')).toBe(regions.join(' '));
    expect(ticks.some(({ attributes }) => attributes.transform)).toBe(false);
  });

  it('lean where they are not, and none of them leaves the picture', () => {
    const leaning = of(drawn('bar', byRegion, 240, 260), 'tick').filter(({ attributes }) => attributes.transform);

    expect(leaning).toHaveLength(4);
    for (const { attributes, children } of leaning) expect(Number(attributes.x) - (children.join('').length * 12 * 0.5) / Math.SQRT2).toBeGreaterThan(0);
  });
});

it('writes no value onto a taller bar beside its own', () => {
  const rows: Data['rows'] = Array.from({ length: 30 }, (_, index) => [`n${index}`, index % 3 === 0 ? 2_000 : 1_000]);
  const values = words(of(drawn('bar', rows, 420, 240, { 'graph.show_values': true }), 'value'));

  expect(values.length).toBeGreaterThan(3);
  expect(new Set(values)).toEqual(new Set(['2,000']));
});

describe('shares of figures on both sides of zero', () => {
  const cols = [kind, count, { ...count, name: 'loss', display_name: 'Loss' }];
  const rows: Data['rows'] = [['a', 3, -1], ['b', 1, -1]];
  const shares = (display: string) => draw({ data: { cols, rows }, display, settings: { 'stackable.stack_type': 'normalized', 'graph.metrics': ['count', 'loss'] }, width: 480, height: 280, writing: plainWriting('en'), t: translator('en', messages) }).shapes;

  it.each(['bar', 'row'])('stay inside a %s, and its axis says them', (display) => {
    const bars = boxesIn(shares(display));

    expect(bars).toHaveLength(4);
    for (const { x, y, width, height } of bars) expect(y >= 0 && y + height <= 280 && x >= 0 && x + width <= 480).toBe(true);
    const ticks = words(of(shares(display), 'tick'));
    expect(ticks).toContain('−50%');
    expect(ticks.some((tick) => /^(75|80|100)%$/.test(tick))).toBe(true);
  });
});

describe('a dial', () => {
  const ranges = { 'gauge.segments': [{ min: 0, max: 40, label: 'Low' }, { min: 40, max: 120, label: 'Middle' }] };
  const one: Data['rows'] = [['a', 56.59]];
  const place = (shapes: Shape[], words: string) => Number(shapes.find(({ children }) => children.join('') === words)?.attributes.y);

  it.each([[270, 150], [130, 150], [130, 240], [600, 300]])('keeps its number and the name of its range in %i by %i', (width, height) => {
    const shapes = drawn('gauge', one, width, height, ranges);

    expect(place(shapes, '56.59')).toBeLessThan(place(shapes, 'Middle'));
    expect(place(shapes, 'Middle')).toBeLessThanOrEqual(height - 4);
  });

  it('has its number inside where it fits, and below the ring where it does not', () => {
    const low = (width: number) => {
      const shapes = drawn('gauge', one, width, 240, ranges);
      return place(shapes, '56.59') > place(shapes, '120');
    };

    expect([low(130), low(600)]).toEqual([true, false]);
  });
});

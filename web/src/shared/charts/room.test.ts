// What a chart does where there is little room, or when its data are of an awkward kind.
import { describe, expect, it } from 'vitest';
import type { Column, Data, Settings } from '../data/types';
import { plainWriting } from '../format';
import { messages } from '../../locales/en.po';
import { translator } from '../i18n';
import { draw } from './draw';
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

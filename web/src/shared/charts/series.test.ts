import { describe, expect, it } from 'vitest';
import { messages } from '../../locales/en.po';
import type { Column, Data, Settings } from '../data/types';
import { plainWriting } from '../format';
import { translator } from '../i18n';
import { draw } from './draw';
import { seriesOf } from './series';

const month: Column = { name: 'month', display_name: 'Month', base_type: 'type/DateTime', unit: 'month', source: 'breakout' };
const count: Column = { name: 'count', display_name: 'Count', base_type: 'type/Integer', source: 'aggregation' };
const data: Data = { cols: [month, count, { ...count, name: 'sum', display_name: 'Sum' }], rows: [['2026-01-01', 1, 2], ['2026-02-01', null, 3], ['2026-03-01', 4, 5]] };
const ask = (own: Settings, display = 'line') => ({ data, display, settings: { series_settings: { count: own } }, width: 400, height: 240, writing: plainWriting('en'), t: translator('en', messages) });
const line = (own: Settings) => draw(ask(own)).shapes.find(({ attributes }) => attributes.className === 'line');

describe('the settings of a series', () => {
  it('name, colour and kind it, and choose its axis', () => {
    const [first, second] = seriesOf(ask({ title: 'Orders', color: '#ff0000', display: 'bar', axis: 'right' }));

    expect(first).toMatchObject({ label: 'Orders', ink: '#ff0000', mark: 'bar', isRight: true });
    expect(second).toMatchObject({ label: 'Sum', mark: 'line', isRight: false });
  });

  it('never give the browser a colour that is none', () => {
    expect(seriesOf(ask({ color: 'url(x)' }))[0]?.ink).toBe('var(--chart-1)');
  });

  it('break its stroke', () => {
    expect(line({ 'line.style': 'dotted' })?.attributes.strokeDasharray).toBe('1.5 3.5');
    expect(line({ 'line.style': 'solid' })?.attributes.strokeDasharray).toBeUndefined();
  });

  it('stop it where a value is missing, or go to zero, or on', () => {
    const strokes = (own: Settings) => String(line(own)?.attributes.d).match(/[ML]/g)?.join('');

    expect(strokes({})).toBe('ML');
    expect(strokes({ 'line.missing': 'none' })).toBe('MM');
    expect(strokes({ 'line.missing': 'zero' })).toBe('MLL');
    expect(strokes({ 'line.interpolate': 'step-after' })).toBe('MLL');
  });

  it('show its values alone', () => {
    const values = draw(ask({ show_series_values: true })).shapes.filter(({ attributes }) => attributes.className === 'value');

    expect(values.map(({ children }) => children[0])).toEqual(['1', '4']);
  });
});

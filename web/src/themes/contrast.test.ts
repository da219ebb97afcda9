// Every pair of colours that meets on a page, in each look, light and dark (WCAG 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Colours = Record<string, string>;

const text = 4.5;
const shape = 3;

const charts = ['1', '2', '3', '4', '5', '6', '7', '8', 'rest', 'up', 'down', 'whole'];
const grounds = ['page', 'surface', 'sunken', 'hover'];
const pairs: [front: string, back: string, least: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ['text', ground, text],
    ['text-soft', ground, text],
    ['accent-text', ground, text],
    ['focus', ground, shape],
  ]),
  ['on-accent', 'accent', text],
  ['on-accent', 'accent-hover', text],
  ['on-danger', 'danger', text],
  ['accent-text', 'accent-soft', text],
  ['text', 'accent-soft', text],
  ['text', 'danger-soft', text],
  ['text', 'success-soft', text],
  ['text', 'warning-soft', text],
  ['success', 'success-soft', text],
  ['warning', 'warning-soft', text],
  ['danger', 'surface', text],
  ['danger', 'hover', text],
  ['success', 'surface', text],
  ['surface', 'text', text],
  ['line-strong', 'surface', shape],
  ['line-strong', 'page', shape],
  ['accent', 'surface', shape],
  ['accent', 'page', shape],
  ['danger', 'danger-soft', shape],
  ['accent', 'accent-soft', shape],
  ['brand', 'surface', shape],
  ['brand', 'page', shape],
  ...charts.flatMap((colour): [string, string, number][] => [
    [`chart-${colour}`, 'surface', shape],
    [`chart-${colour}`, 'page', shape],
    [`chart-${colour}`, 'hover', shape],
  ]),
];

function readColours(file: string): { light: Colours; dark: Colours } {
  const css = readFileSync(new URL(file, import.meta.url), 'utf8');
  const found = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)];

  return {
    light: Object.fromEntries(found.map(([, name, light]) => [name, light])),
    dark: Object.fromEntries(found.map(([, name, , dark]) => [name, dark])),
  };
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });

  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);

  return (high + 0.05) / (low + 0.05);
}

const plain = readColours('./default.css');
const state = readColours('./state.css');
const looks: [name: string, colours: Colours][] = [
  ['default, light', plain.light],
  ['default, dark', plain.dark],
  ['state, light', { ...plain.light, ...state.light }],
  ['state, dark', { ...plain.dark, ...state.dark }],
];

describe.each(looks)('%s', (_, colours) => {
  it.each(pairs)('%s on %s has a contrast of %d at least', (front, back, least) => {
    expect(contrast(colours[front] ?? '', colours[back] ?? '')).toBeGreaterThanOrEqual(least);
  });
});

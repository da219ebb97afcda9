// Flows between things: each band is as thick as what goes from one to the other.
import { columnOf } from '../data/columns';
import type { Meaning } from '../data/meaning';
import type { Cell, Column } from '../data/types';
import { writer } from '../format';
import { type ChartAsk, type Drawing, emptyDrawing, inkAt } from './ask';
import { shortened } from './scale';
import { chosenColumns, toNumber } from './series';
import { type Shape, shape, text } from './shape';

interface Flow {
  from: string;
  to: string;
  value: number;
  meaning: Meaning;
}

interface Node {
  name: string;
  level: number;
  value: number;
  y: number;
  height: number;
}

const mostNodes = 150;
const nodeWidth = 12;

function readFlows(ask: ChartAsk): { flows: Flow[]; measure: Column } | null {
  const { data, settings, writing } = ask;
  const chosen = chosenColumns(data, settings);
  const pick = (key: string, otherwise: number | undefined) => (columnOf(data.cols, settings[key]) >= 0 ? columnOf(data.cols, settings[key]) : otherwise);
  const [from, to, value] = [pick('sankey.source', chosen.groups[0]), pick('sankey.target', chosen.groups[1]), pick('sankey.value', chosen.measures[0])];
  if (from === undefined || to === undefined || value === undefined) return null;

  const write = (index: number, cell: Cell | undefined) => writer(writing, data.cols[index] as Column, settings)(cell ?? null);
  const flows = data.rows.flatMap((row): Flow[] => {
    const size = toNumber(row[value]) ?? 0;
    return size > 0 ? [{ from: write(from, row[from]), to: write(to, row[to]), value: size, meaning: { column: value, value: size, groups: [from, to].map((column) => ({ column, value: row[column] ?? null })) } }] : [];
  });
  return { flows: apart(flows), measure: data.cols[value] as Column };
}

/** The same word on both sides would be a circle: the right one gets a mark that is not shown. */
function apart(flows: Flow[]): Flow[] {
  const sources = new Set(flows.map(({ from }) => from));
  const hasCircle = levelsOf(flows) === null;

  return hasCircle ? flows.map((flow) => (sources.has(flow.to) ? { ...flow, to: `${flow.to}\u200b` } : flow)) : flows;
}

/** How far each thing is from a beginning; nothing when flows run in a circle. */
function levelsOf(flows: Flow[]): Map<string, number> | null {
  const levels = new Map<string, number>();
  const names = new Set(flows.flatMap(({ from, to }) => [from, to]));

  names.forEach((name) => levels.set(name, 0));
  for (let round = 0; round <= names.size; round++) {
    const moved = flows.filter(({ from, to }) => (levels.get(to) ?? 0) <= (levels.get(from) ?? 0));
    if (!moved.length) return levels;
    moved.forEach(({ from, to }) => levels.set(to, (levels.get(from) ?? 0) + 1));
  }
  return null;
}

export function drawSankey(ask: ChartAsk): Drawing {
  const read = readFlows(ask);
  const levels = read?.flows.length ? levelsOf(read.flows) : null;
  if (!read || !levels || levels.size > mostNodes) return emptyDrawing;

  const nodes = nodesOf(ask, read.flows, levels);
  const depth = Math.max(1, ...[...levels.values()]);
  const x = (level: number) => (level / depth) * (ask.width - nodeWidth);
  const write = writer(ask.writing, read.measure, ask.settings);
  const offsets = { out: new Map<string, number>(), in: new Map<string, number>() };
  const inks = new Map([...nodes.keys()].map((name, index) => [name, inkAt(index)]));
  const bands = read.flows.map((flow) => bandOf(flow, nodes, offsets, x, inks.get(flow.from) ?? inkAt(0)));

  return {
    shapes: [...bands, ...[...nodes.values()].flatMap((node) => nodeShapes(node, x(node.level), ask.width, inks.get(node.name) ?? inkAt(0)))],
    spots: [...nodes.values()].map((node) => ({
      x: x(node.level) + nodeWidth / 2,
      y: node.y + node.height / 2,
      title: node.name,
      lines: [
        { label: read.measure.display_name, value: write(node.value), ink: inks.get(node.name) ?? inkAt(0) },
        ...read.flows.filter(({ from }) => from === node.name).slice(0, 6).map(({ to, value, meaning }) => ({ label: `→ ${to}`, value: write(value), meaning })),
      ],
    })),
    legend: [],
    sentence: ask.t('{count, plural, one {# flow} other {# flows}} between {nodes, plural, one {# thing} other {# things}}.', { count: read.flows.length, nodes: nodes.size }),
  };
}

function nodesOf({ height }: ChartAsk, flows: Flow[], levels: Map<string, number>): Map<string, Node> {
  const sum = (is: (flow: Flow) => boolean) => flows.filter(is).reduce((total, { value }) => total + value, 0);
  const nodes = [...levels].map(([name, level]): Node => ({ name, level, value: Math.max(sum(({ from }) => from === name), sum(({ to }) => to === name)), y: 0, height: 0 }));
  const columns = [...new Set(levels.values())].map((level) => nodes.filter((node) => node.level === level));
  const gap = Math.min(14, (height * 0.3) / Math.max(1, ...columns.map(({ length }) => length)));
  const perPixel = Math.max(...columns.map((column) => column.reduce((total, { value }) => total + value, 0) / (height - gap * (column.length - 1))));

  for (const column of columns) {
    const used = column.reduce((total, { value }) => total + value / perPixel, 0) + gap * (column.length - 1);
    let y = (height - used) / 2;
    for (const node of column.sort((a, b) => b.value - a.value)) {
      node.y = y;
      node.height = Math.max(1, node.value / perPixel);
      y += node.height + gap;
    }
  }
  return new Map(nodes.map((node) => [node.name, node]));
}

function bandOf({ from, to, value }: Flow, nodes: Map<string, Node>, offsets: { out: Map<string, number>; in: Map<string, number> }, x: (level: number) => number, ink: string): Shape {
  const [start, end] = [nodes.get(from) as Node, nodes.get(to) as Node];
  const thick = (value / start.value) * start.height;
  const y1 = start.y + (offsets.out.get(from) ?? 0) + thick / 2;
  const y2 = end.y + (offsets.in.get(to) ?? 0) + thick / 2;
  const [x1, x2] = [x(start.level) + nodeWidth, x(end.level)];
  const half = (x1 + x2) / 2;

  offsets.out.set(from, (offsets.out.get(from) ?? 0) + thick);
  offsets.in.set(to, (offsets.in.get(to) ?? 0) + thick);
  const at = (number: number) => number.toFixed(1);
  return shape('path', { className: 'flow', ink, d: `M${at(x1)} ${at(y1)}C${at(half)} ${at(y1)} ${at(half)} ${at(y2)} ${at(x2)} ${at(y2)}`, strokeWidth: Math.max(1, thick) });
}

function nodeShapes({ name, y, height }: Node, x: number, width: number, ink: string): Shape[] {
  const isLast = x > width / 2;
  const label = text({ x: isLast ? x - 6 : x + nodeWidth + 6, y: y + height / 2 + 4 }, 'name', shortened(name, width * 0.3), { textAnchor: isLast ? 'end' : 'start' });

  return [shape('rect', { className: 'bar', ink, x, y, width: nodeWidth, height, rx: 2 }), ...(height >= 8 ? [label] : [])];
}

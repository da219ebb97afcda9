import { describe, expect, it } from 'vitest';
import type { Column, Data, Settings } from '../../data/types';
import { plainWriting } from '../../format';
import { translator } from '../../i18n';
import { messages } from '../../../locales/en.po';
import { type Atlas, atlasOf, likelyRegion, loadAtlas } from './atlas';
import { classesOf, inksOf, legendOf } from './classes';
import { degree, mercator } from './mercator';
import { drawPins, pinColumns } from './pins';
import { drawRegions, readRegions } from './regions';
import { loadLand } from './shapes';
import { fitted, looked, moved, placed, placing, type Point, whole, zoomed } from './view';
import { type Shape, shapeText } from '../shape';

const column = (name: string, base_type: string, more: Partial<Column> = {}): Column => ({ name, display_name: name, base_type, ...more });
const ask = (data: Data, settings: Settings = {}) => ({ data, settings, display: 'map', width: 480, height: 300, writing: plainWriting('en'), t: translator('en', messages) });
const place = column('place', 'type/Text', { source: 'breakout' });
const count = column('count', 'type/Integer', { source: 'aggregation' });
const isShape = (child: Shape | string): child is Shape => typeof child !== 'string';
const paths = (shapes: Shape[], name: string): Shape[] => shapes.flatMap((one) => [...(one.attributes.className === name ? [one] : []), ...paths(one.children.filter(isShape), name)]);
const draw = (atlas: Atlas | null, data: Data) => {
  const regions = atlas && readRegions(ask(data), atlas);
  return regions && drawRegions(ask(data), atlas, regions, whole);
};

/** The points of a path as the build writes it. */
function pointsOf(path: string): Point[][] {
  return path.split('z').filter(Boolean).map((ring) => {
    const [x = 0, y = 0, ...steps] = (ring.match(/-?\d+/g) ?? []).map(Number);
    const points: Point[] = [[x, y]];
    for (let at = 0; at < steps.length; at += 2) points.push([(points.at(-1)?.[0] ?? 0) + (steps[at] ?? 0), (points.at(-1)?.[1] ?? 0) + (steps[at + 1] ?? 0)]);
    return points;
  });
}

/** What lies inside a ring. */
const surface = (ring: Point[]): number => Math.abs(ring.reduce((sum, [x, y], at) => sum + x * (ring[(at + 1) % ring.length]?.[1] ?? 0) - (ring[(at + 1) % ring.length]?.[0] ?? 0) * y, 0)) / 2;

// Shapes are made from their packages here.
describe('regions', { timeout: 30_000 }, () => {
  it('are found by code and by name, with or without accents, in both languages', async () => {
    const departments = await loadAtlas('fr_departments', 'fr');
    expect(['29', 'FR-29', 'finistere', 'FINISTÈRE'].map((name) => departments?.find(name)?.label)).toEqual(Array(4).fill('Finistère'));
    expect([1, '1', '01', 'Ain'].map((name) => departments?.find(name)?.key)).toEqual(Array(4).fill('01'));
    expect(departments?.find('2a')?.label).toBe('Corse-du-Sud');
    expect(departments?.areas).toHaveLength(101);

    const regions = await loadAtlas('fr_regions', 'fr');
    expect(['ARA', '84', 'auvergne rhone alpes', 'FR-ARA'].map((name) => regions?.find(name)?.label)).toEqual(Array(4).fill('Auvergne-Rhône-Alpes'));
    expect(['GUF', '03', 'Guyane'].map((name) => regions?.find(name)?.label)).toEqual(Array(3).fill('Guyane'));
    expect(regions?.areas).toHaveLength(18);

    const states = await loadAtlas('us_states', 'fr');
    expect(['CA', 'US-CA', 'california', '06', 6].map((name) => states?.find(name)?.label)).toEqual(Array(5).fill('California'));
    expect(states?.areas).toHaveLength(51);
    expect(states?.areas.filter(({ path }) => !path)).toEqual([]);

    const world = await loadAtlas('world_countries', 'fr');
    expect(['DE', 'DEU', '276', 'Germany', 'allemagne'].map((name) => world?.find(name)?.label)).toEqual(Array(5).fill('Allemagne'));
    expect(world?.find('Atlantis')).toBeUndefined();
    expect(world?.find('MT')).toBeDefined();
    expect(await loadAtlas('atlantis', 'fr')).toBeNull();
  });

  it('lie on the map, whole, without a line across it', async () => {
    for (const region of ['world_countries', 'fr_regions', 'fr_departments', 'us_states']) {
      for (const { key, path, box, middle } of (await loadAtlas(region, 'en'))?.areas ?? []) {
        const rings = pointsOf(path);
        const [x, y] = [0, 1].map((axis) => rings.flat().map((point) => point[axis] ?? Number.NaN)) as [number[], number[]];

        expect([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], key).toEqual(box);
        expect(middle[0] >= box[0] && middle[0] <= box[2] && middle[1] >= box[1] && middle[1] <= box[3], key).toBe(true);
        expect(Math.max(...rings.flatMap((ring) => ring.map(([at], index) => Math.abs(at - (ring[index - 1]?.[0] ?? at))))), key).toBeLessThan(750);
      }
    }
  });

  it('have their true share of the world', async () => {
    const world = await loadAtlas('world_countries', 'en');
    const of = (name: string) => pointsOf(world?.find(name)?.path ?? '').map(surface).reduce((sum, one) => sum + one, 0);

    // In millions of square kilometres: Greenland 2.17, Algeria 2.38, Brazil 8.51. Outlines are simplified by some percents.
    expect((of('GL') / of('DZ') / 2.17) * 2.38).toBeCloseTo(1, 1);
    expect((of('BR') / of('DZ') / 8.51) * 2.38).toBeCloseTo(1, 1);
  });

  it('take the colour of their step, and say what is not on the map', async () => {
    const atlas = await loadAtlas('fr_departments', 'en');
    const drawing = draw(atlas, { cols: [place, count], rows: [['75', 10], ['Rhône', 40], ['69', 5], ['Atlantis', 3], [null, 1]] });

    expect(drawing?.spots.map(({ title, lines }) => [title, lines[0]?.value])).toEqual([['Rhône', '45'], ['Paris', '10']]);
    expect(drawing?.note).toBe('Not on this map: Atlantis');
    expect(drawing?.sentence).toBe('count on a map, 2 regions. Highest: Rhône (45). Lowest: Paris (10).');
    expect(paths(drawing?.shapes ?? [], 'area-known')).toHaveLength(2);
    expect(paths(drawing?.shapes ?? [], 'area-empty')).toHaveLength(99);
    expect(drawing?.spots[0]?.lines[0]?.meaning).toBeUndefined();
    expect(drawing?.spots[1]?.lines[0]?.meaning?.groups).toEqual([{ column: 0, value: '75' }]);
    expect(drawing?.shapes.map((one) => shapeText(one)).join('')).not.toMatch(/NaN|Infinity|null/);
  });

  it('are read where they are drawn', async () => {
    const atlas = await loadAtlas('fr_regions', 'fr');
    const drawing = draw(atlas, { cols: [place, count], rows: [['Bretagne', 10], ['Corse', 4]] });
    const [scale = 0, , , , right = 0, down = 0] = (String(drawing?.shapes[0]?.attributes.transform).match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    const [x, y] = atlas?.find('Corse')?.middle ?? [0, 0];

    expect(drawing?.spots.find(({ title }) => title === 'Corse')).toMatchObject({ x: x * scale + right, y: y * scale + down });
  });

  it('are guessed from what stands in the column', () => {
    expect(likelyRegion('type/Country', ['FR'])).toBe('world_countries');
    expect(likelyRegion('type/State', ['ARA', 'BRE'])).toBe('fr_regions');
    expect(likelyRegion('type/State', ['75', '2A', '974'])).toBe('fr_departments');
    expect(likelyRegion('type/State', ['CA', 'NY', 'DE'])).toBe('us_states');
    expect(likelyRegion(null, ['FR', 'DE', 'BE'])).toBe('world_countries');
  });

  it('are named by themselves where no language names them', () => {
    const atlas = atlasOf([{ key: '1', names: ['N1', 'North'], path: 'M0 0l1 0 0 1z', box: [0, 0, 1, 1], middle: [0.5, 0.5] }], 'en');

    expect(atlas.find('north')?.label).toBe('North');
  });
});

describe('pins', () => {
  const latitude = column('LAT', 'type/Float', { semantic_type: 'type/Latitude' });
  const longitude = column('LON', 'type/Float', { semantic_type: 'type/Longitude' });
  const city = column('city', 'type/Text');
  const rows = [['Brest', 48.39, -4.49], ['Nice', 43.7, 7.27], ['Nice 2', 43.71, 7.26], ['Nowhere', null, 3], ['Far', 120, 0]];

  it('stand where they belong, are counted where they would overlap, and are missed where they have no place', async () => {
    const drawing = drawPins(ask({ cols: [city, latitude, longitude], rows }), await loadLand(), whole);

    expect(drawing.spots.map(({ title }) => title)).toEqual(['Brest', '2 places']);
    expect(drawing.note).toBe('2 rows without a place');
    expect((drawing.spots[0]?.y ?? 0) < (drawing.spots[1]?.y ?? 0)).toBe(true);
    expect(drawing.spots[0]?.lines[0]?.meaning?.row).toEqual(rows[0]);
    expect(JSON.stringify(drawing.shapes)).not.toMatch(/NaN|Infinity|null/);
  });

  it('come apart when one comes closer, or when each is asked for', () => {
    const near = drawPins(ask({ cols: [city, latitude, longitude], rows: rows.slice(1, 3) }), '', whole);
    const each = drawPins(ask({ cols: [city, latitude, longitude], rows }, { 'map.pin_type': 'markers' }), '', whole);

    expect([near.spots.length, each.spots.length]).toEqual([1, 3]);
  });

  it('are squares when the places were grouped', () => {
    const binned = (one: Column) => ({ ...one, source: 'breakout', binning_info: { bin_width: 10 } });
    const drawing = drawPins(ask({ cols: [binned(latitude), binned(longitude), count], rows: [[40, 0, 5], [50, 0, 9]] }), '', whole);

    expect(paths(drawing.shapes, 'square')).toHaveLength(2);
    expect(drawing.spots[0]?.lines[0]?.meaning?.groups).toEqual([{ column: 0, value: 40 }, { column: 1, value: 0 }]);
  });

  it('need two columns', () => {
    expect(pinColumns(ask({ cols: [city, latitude], rows: [] }))).toBeNull();
    expect(pinColumns(ask({ cols: [column('lat', 'type/Float'), column('lng', 'type/Float')], rows: [] }))).toMatchObject({ latitude: 0, longitude: 1 });
  });
});

describe('the view', () => {
  const size = { width: 200, height: 100 };
  const view = fitted({ left: 0, top: 0, right: 10, bottom: 10 }, size);

  it('holds the whole stretch, in proportion', () => {
    expect(placed(view, size, [5, 5])).toEqual([100, 50]);
    expect(placed(view, size, [0, 0])).toEqual([60, 10]);
  });

  it('keeps the point under the pointer where it is', () => {
    const point: [number, number] = [150, 20];
    const look = zoomed(whole, 2, size, point);
    const before = [(150 - 100) / view.scale + view.x, (20 - 50) / view.scale + view.y] as [number, number];

    expect(placed(looked(view, look), size, before).map(Math.round)).toEqual(point);
    expect(zoomed(look, 0.1, size)).toEqual(whole);
    expect(moved(look, [5, 0]).shift[0]).toBe(look.shift[0] + 5);
  });

  it('moves shapes and points alike', () => {
    expect(placing(view, size)).toBe('matrix(8 0 0 8 60 10)');
    expect(placed(view, size, [10, 10])).toEqual([140, 90]);
  });

  it('places the world as street maps do', () => {
    expect(mercator([0, 0]).map((at) => Math.abs(Math.round(at)))).toEqual([0, 0]);
    expect(mercator([90, 60])[1] / degree).toBeLessThan(-70);
    expect(mercator([0, 90])).toEqual(mercator([0, 85]));
  });
});

it('steps hold equally many values, and their words meet', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000];
  const classes = classesOf(values);

  expect(classes.starts).toEqual([1, 3, 5, 7, 9]);
  expect([1, 4, 1000].map(classes.of)).toEqual([0, 1, 4]);
  expect(legendOf(classes, values, inksOf(null, 5), String).map(({ label }) => label)).toEqual(['1 – 2', '3 – 4', '5 – 6', '7 – 8', '9 – 1000']);
  expect(inksOf(['#ff0000', '#00ff00'], 2)).toEqual(['#ff0000', '#00ff00']);
  expect(inksOf(['red; }'], 1)[0]).toMatch(/^color-mix/);
});

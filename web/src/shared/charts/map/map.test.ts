import { describe, expect, it } from 'vitest';
import type { Column, Data, Settings } from '../../data/types';
import { plainWriting } from '../../format';
import { translator } from '../../i18n';
import { messages } from '../../../locales/en.po';
import { atlasOf, equalEarth, likelyRegion, loadAtlas, loadLand, mercator } from './atlas';
import { classesOf, inksOf, legendOf } from './classes';
import { drawPins, pinColumns } from './pins';
import { drawRegions } from './regions';
import { fitted, looked, moved, placed, whole, zoomed } from './view';
import type { Shape } from '../shape';

const column = (name: string, base_type: string, more: Partial<Column> = {}): Column => ({ name, display_name: name, base_type, ...more });
const ask = (data: Data, settings: Settings = {}) => ({ data, settings, display: 'map', width: 480, height: 300, writing: plainWriting('en'), t: translator('en', messages) });
const place = column('place', 'type/Text', { source: 'breakout' });
const count = column('count', 'type/Integer', { source: 'aggregation' });
const paths = (shapes: Shape[], name: string) => shapes.filter(({ attributes }) => attributes.className === name);

describe('regions', () => {
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
    expect(states?.areas.filter(({ parts }) => !parts.length)).toEqual([]);

    const world = await loadAtlas('world_countries', 'fr');
    expect(['DE', 'DEU', '276', 'Germany', 'allemagne'].map((name) => world?.find(name)?.label)).toEqual(Array(5).fill('Allemagne'));
    expect(world?.find('Atlantis')).toBeUndefined();
    expect(world?.find('MT')).toBeDefined();
    expect(await loadAtlas('atlantis', 'fr')).toBeNull();
  });

  it('lie on the map, whole, without a line across it', async () => {
    const world = await loadAtlas('world_countries', 'en');
    for (const { key, parts } of world?.areas ?? []) {
      for (const ring of parts) {
        ring.forEach(([x, y], index) => {
          expect(Number.isFinite(x + y)).toBe(true);
          expect(Math.abs(x - (ring[index - 1]?.[0] ?? x)), key).toBeLessThan(150);
        });
      }
    }
  });

  it('take the colour of their step, and say what is not on the map', async () => {
    const atlas = await loadAtlas('fr_departments', 'en');
    const drawing = atlas && drawRegions(ask({ cols: [place, count], rows: [['75', 10], ['Rhône', 40], ['69', 5], ['Atlantis', 3], [null, 1]] }), atlas, whole);

    expect(drawing?.spots.map(({ title, lines }) => [title, lines[0]?.value])).toEqual([['Rhône', '45'], ['Paris', '10']]);
    expect(drawing?.note).toBe('Not on this map: Atlantis');
    expect(drawing?.sentence).toBe('count on a map, 2 regions. Highest: Rhône (45). Lowest: Paris (10).');
    expect(paths(drawing?.shapes ?? [], 'area-known')).toHaveLength(2);
    expect(paths(drawing?.shapes ?? [], 'area-empty')).toHaveLength(99);
    expect(drawing?.spots[0]?.lines[0]?.meaning).toBeUndefined();
    expect(drawing?.spots[1]?.lines[0]?.meaning?.groups).toEqual([{ column: 0, value: '75' }]);
    expect(JSON.stringify(drawing?.shapes)).not.toMatch(/NaN|Infinity|null/);
  });

  it('are drawn as finely as one can see, and finer as one comes closer', async () => {
    const atlas = await loadAtlas('fr_regions', 'fr');
    const lengthOf = (width: number, look: typeof whole) => {
      const drawing = atlas && drawRegions({ ...ask({ cols: [place, count], rows: [['Bretagne', 10]] }), width, height: width }, atlas, look);
      return drawing?.shapes.map(({ attributes }) => String(attributes.d).length).reduce((sum, length) => sum + length, 0) ?? 0;
    };

    expect(lengthOf(200, whole)).toBeLessThan(lengthOf(800, whole) * 0.8);
    expect(lengthOf(200, { zoom: 8, shift: [0, 0] })).toBeGreaterThan(lengthOf(200, whole));
  });

  it('are guessed from what stands in the column', () => {
    expect(likelyRegion('type/Country', ['FR'])).toBe('world_countries');
    expect(likelyRegion('type/State', ['ARA', 'BRE'])).toBe('fr_regions');
    expect(likelyRegion('type/State', ['75', '2A', '974'])).toBe('fr_departments');
    expect(likelyRegion('type/State', ['CA', 'NY', 'DE'])).toBe('us_states');
    expect(likelyRegion(null, ['FR', 'DE', 'BE'])).toBe('world_countries');
  });

  it('are named by themselves where no language names them', () => {
    const atlas = atlasOf([{ key: '1', names: ['N1', 'North'], parts: [[0, 0, 1, 0, 0, 1]] }], (point) => point, 'en');

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
    const near = drawPins(ask({ cols: [city, latitude, longitude], rows: rows.slice(1, 3) }), [], whole);
    const each = drawPins(ask({ cols: [city, latitude, longitude], rows }, { 'map.pin_type': 'markers' }), [], whole);

    expect([near.spots.length, each.spots.length]).toEqual([1, 3]);
  });

  it('are squares when the places were grouped', () => {
    const binned = (one: Column) => ({ ...one, source: 'breakout', binning_info: { bin_width: 10 } });
    const drawing = drawPins(ask({ cols: [binned(latitude), binned(longitude), count], rows: [[40, 0, 5], [50, 0, 9]] }), [], whole);

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

  it('knows its projections', () => {
    expect(mercator([0, 0]).map((at) => Math.abs(Math.round(at)))).toEqual([0, 0]);
    expect(mercator([20 * 90, 20 * 60])[1]).toBeLessThan(-70);
    expect(equalEarth([20 * 180, 0])[0]).toBeCloseTo(270.66, 1);
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

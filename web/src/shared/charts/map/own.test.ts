import { afterEach, expect, it } from 'vitest';
import { loadAtlas } from './atlas';
import { propertiesOf, setOwnMaps, shapesOf } from './own';

const square = (x: number) => [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]];
const feature = (code: unknown, name: string, geometry: unknown) => ({ type: 'Feature', properties: { code, nom: name }, geometry });
const geojson = {
  type: 'FeatureCollection',
  features: [
    feature('A1', 'Nord', { type: 'Polygon', coordinates: square(0) }),
    feature(2, 'Île', { type: 'MultiPolygon', coordinates: [square(2), square(4)] }),
    feature('', 'Sans code', { type: 'Polygon', coordinates: square(6) }),
    feature('P', 'Un point', { type: 'Point', coordinates: [1, 1] }),
    feature('X', 'Brisé', { type: 'Polygon', coordinates: [[['a', 0], [null], [1, 1]]] }),
    null,
  ],
};
const own = { ...geojson, region_key: 'code', region_name: 'nom' };

afterEach(() => setOwnMaps(async () => null));

it('takes the regions that have a code and a surface', () => {
  expect(shapesOf(own).map(({ key, names, path }) => [key, names, path.split('Z').length - 1])).toEqual([['A1', ['Nord'], 1], ['2', ['Île'], 2], ['Sans code', ['Sans code'], 1]]);
  expect(propertiesOf(geojson)).toEqual(['code', 'nom']);
});

it.each([null, [], 'text', { type: 'FeatureCollection' }, { type: 'Feature' }])('has no region in %o', (broken) => {
  expect(shapesOf(broken)).toEqual([]);
  expect(propertiesOf(broken)).toEqual([]);
});

it('is found by code and by name, like the maps of the build', async () => {
  setOwnMaps(async (region) => (region === 'quartiers' ? own : null));
  const atlas = await loadAtlas('quartiers', 'fr');

  expect(['A1', 'nord', 2, 'ile'].map((name) => atlas?.find(name)?.label)).toEqual(['Nord', 'Nord', 'Île', 'Île']);
  expect(atlas?.box?.right).toBeCloseTo(7 * 50);
  expect(atlas?.find('ile')?.box.map(Math.round)).toEqual([100, -50, 250, 0]);
  expect(atlas?.find('ile')?.middle.map(Math.round)).toEqual([125, -25]);
  expect(await loadAtlas('elsewhere', 'fr')).toBeNull();
});

import { expect, it } from 'vitest';
import type { ConnectionField } from '../../api/types';
import { connectableEngines, detailsFrom, isAsked } from './details';

const fields: ConnectionField[] = [
  { name: 'host', 'display-name': 'Host', type: 'string', required: true },
  { name: 'port', 'display-name': 'Port', type: 'integer' },
  { name: 'more', 'display-name': 'More', type: 'section' },
  { name: 'ssl', 'display-name': 'SSL', type: 'boolean' },
  { name: 'schema', 'display-name': 'Schema' },
];

it('gives each detail the type that the server expects', () => {
  expect(detailsFrom(fields, { host: 'db', port: '5432', ssl: 'true', schema: '' })).toEqual({
    host: 'db',
    port: 5432,
    ssl: true,
    schema: null,
  });
  expect(detailsFrom(fields, { host: 'db', port: '' })).toMatchObject({ port: null, ssl: false });
});

it('offers only the engines that one can connect', () => {
  const engines = {
    sample: { 'driver-name': 'Sample', 'details-fields': [] },
    postgres: { 'driver-name': 'PostgreSQL', 'details-fields': fields },
  };

  expect(connectableEngines(engines).map(({ label }) => label)).toEqual(['PostgreSQL']);
  expect(connectableEngines()).toEqual([]);
});

it('asks for what the others make a question', () => {
  const mode: ConnectionField = { name: 'ssl-mode', 'display-name': 'SSL mode', 'visible-if': { ssl: true } };
  const names: ConnectionField = { name: 'names', 'display-name': 'Names', 'visible-if': { kind: ['inclusion', 'exclusion'] } };

  expect([isAsked(mode, {}), isAsked(mode, { ssl: false }), isAsked(mode, { ssl: true })]).toEqual([false, false, true]);
  expect([isAsked(names, { kind: 'all' }), isAsked(names, { kind: 'exclusion' })]).toEqual([false, true]);
  expect(isAsked({ name: 'host', 'display-name': 'Host' }, {})).toBe(true);
});

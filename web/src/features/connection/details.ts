// From the description of an engine to a form, and from its answers to the details of a connection.
import type { ConnectionField, Engine } from '../../api/types';

export interface NamedEngine {
  id: string;
  label: string;
  fields: ConnectionField[];
}

export function connectableEngines(engines: Record<string, Engine> = {}): NamedEngine[] {
  return Object.entries(engines)
    .map(([id, engine]) => ({ id, label: engine['driver-name'], fields: engine['details-fields'] ?? [] }))
    .filter(({ fields }) => fields.length > 0);
}

export function detailsFrom(fields: ConnectionField[], values: Record<string, string>): Record<string, unknown> {
  const answered = fields.filter(({ type }) => type !== 'section' && type !== 'info');

  return Object.fromEntries(answered.map((field) => [field.name, detailOf(field, values[field.name])]));
}

function detailOf({ type }: ConnectionField, value: string | undefined): unknown {
  if (type === 'boolean') return value === 'true';
  if (!value) return null;
  return type === 'integer' ? Number(value) : value;
}

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

/** Whether what the others hold makes this one a question. */
export function isAsked(field: ConnectionField, chosen: Record<string, unknown>): boolean {
  return Object.entries(field['visible-if'] ?? {}).every(([name, wanted]) => [wanted].flat().includes((chosen[name] ?? false) as string | boolean));
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

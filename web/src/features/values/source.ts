// Where the values to choose from in a filter come from. The keys are Metabase's.
import type { Parameter } from '../../lib/question-types';

export type ValueSource = Pick<Parameter, 'values_query_type' | 'values_source_type' | 'values_source_config'>;

export type SourceKind = 'column' | 'static-list' | 'card';

export const sourceKind = ({ values_source_type: kind }: ValueSource): SourceKind => (kind === 'static-list' || kind === 'card' ? kind : 'column');

/** Kinds of filters that compare with values one can list; the others take a period, a range or a part of a text. */
export const takesSource = (type: string): boolean => /^(string|number)\/!?=$|^(id|category|location)(\/|$)/.test(type);

export const isNumeric = (type: string): boolean => type.startsWith('number');

/** The filter with its values from there. */
export function withSource({ values_query_type: _, values_source_type: __, values_source_config: ___, ...parameter }: Parameter, source: ValueSource): Parameter {
  return { ...parameter, ...plainSource(source) };
}

/** Without what is as usual: two filters that ask the same way are equal. */
export function plainSource(source: ValueSource): ValueSource {
  const { values_query_type: way, values_source_type: type, values_source_config: config } = source;

  return {
    ...(way && { values_query_type: way }),
    ...(sourceKind(source) !== 'column' && { values_source_type: type as string, ...(config && { values_source_config: config }) }),
  };
}

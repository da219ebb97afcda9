// Values to choose from in the widget of a variable.
import { useCallback } from 'react';
import { get, post } from '../../../api/client';
import { useSettled } from '../../../lib/use-settled';
import type { Choices, FilterParameter } from '../../../shared/filters';
import { plainSource, type ValueSource } from '../../values';
import type { TagSource } from '../draft';
import type { DatasetQuery } from '../model/query';

const none: Choices = { values: [], has_more_values: false };

/** Of a saved question its readers are given the values, whatever they may ask of the data themselves. */
export function useTagChoices({ native }: DatasetQuery, sources: readonly TagSource[], saved: number | null) {
  const tags = native?.['template-tags'];
  const settled = useSettled(JSON.stringify(sources));

  return useCallback(
    async (parameter: FilterParameter, search: string): Promise<Choices> => {
      const field = tags?.[parameter.slug]?.dimension?.[1];
      const source = plainSource(parameter as ValueSource);
      const end = search ? `search/${encodeURIComponent(search)}` : 'values';

      if (typeof field !== 'number' && !source.values_source_type) return none;
      if (saved !== null) return get<Choices>(`/api/card/${saved}/params/${parameter.id}/${end}`);
      const asked = { ...parameter, values_query_type: 'list', values_source_type: null, ...source };
      return post<Choices>(`/api/dataset/parameter/${end}`, { parameter: asked, field_ids: typeof field === 'number' ? [field] : [] });
    },
    [tags, settled, saved],
  );
}

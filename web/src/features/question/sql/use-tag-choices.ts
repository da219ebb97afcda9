// Values to choose from in the widget of a variable.
import { useCallback } from 'react';
import { post } from '../../../api/client';
import type { Choices, FilterParameter } from '../../../shared/filters';
import type { DatasetQuery } from '../model/query';

const none: Choices = { values: [], has_more_values: false };

export function useTagChoices({ native }: DatasetQuery) {
  const tags = native?.['template-tags'];

  return useCallback(
    async (parameter: FilterParameter, search: string): Promise<Choices> => {
      const field = tags?.[parameter.slug]?.dimension?.[1];
      if (typeof field !== 'number') return none;
      const path = search ? `/api/dataset/parameter/search/${encodeURIComponent(search)}` : '/api/dataset/parameter/values';

      return post<Choices>(path, { parameter: { ...parameter, values_query_type: 'list', values_source_type: null }, field_ids: [field] });
    },
    [tags],
  );
}

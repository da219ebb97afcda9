// The filters of a published page. They live in its address, so that a link keeps them.
import { useCallback, useMemo, useState } from 'react';
import { type FilterParameter, type FilterValues, valuesFromAddress, valuesToAddress } from '../../shared/filters';

export interface Filters {
  /** What the widgets show. */
  draft: FilterValues;
  /** What the figures are asked with. */
  values: FilterValues;
  isChanged: boolean;
  change: (values: FilterValues) => void;
  apply: () => void;
  /** A click on a figure is a decision: it does not wait for the button. */
  decide: (values: FilterValues) => void;
}

/** What else stands in the address stays there. */
function writeAddress(values: FilterValues, parameters: readonly FilterParameter[]): void {
  const slugs = new Set(parameters.map(({ slug }) => slug));
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => !slugs.has(name));
  const search = new URLSearchParams([...new URLSearchParams(valuesToAddress(values, parameters)), ...kept]).toString();

  history.replaceState(null, '', `${location.pathname}${search && `?${search}`}${location.hash}`);
}

export function useFilters(parameters: readonly FilterParameter[], isImmediate: boolean): Filters {
  const start = useMemo(() => valuesFromAddress(location.search, parameters), [parameters]);
  const [draft, setDraft] = useState(start);
  const [values, setValues] = useState(start);

  const settle = useCallback(
    (next: FilterValues) => {
      setValues(next);
      writeAddress(next, parameters);
    },
    [parameters],
  );
  const change = useCallback(
    (next: FilterValues) => {
      setDraft(next);
      if (isImmediate) settle(next);
    },
    [isImmediate, settle],
  );

  const decide = (next: FilterValues) => {
    setDraft(next);
    settle(next);
  };

  return { draft, values, isChanged: draft !== values, change, apply: () => settle(draft), decide };
}

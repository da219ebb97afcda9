// Until when something is published, with which password, which tab, and how small groups are shown: from the form to the server.

export interface SmallCells {
  below: number;
  how: 'withhold' | 'merge';
  /** By the number of a question in SQL: the column that says how many rows a group counts. */
  count_columns?: Record<string, string>;
}

export interface Limits {
  expires_at?: string | null;
  password?: string | null;
  small_cells?: SmallCells | null;
  tab_id?: number | null;
}

export interface LimitsAsked {
  until: string;
  password: string;
  isForgotten: boolean;
  small: SmallCells | null;
  /** Nothing: the form does not ask. */
  tab?: number | null | undefined;
}

/** An empty password leaves the one that is there. */
export const limitsFrom = ({ until, password, isForgotten, small, tab }: LimitsAsked): Limits => ({
  expires_at: until ? `${until}T23:59:59Z` : null,
  ...((isForgotten || password) && { password: isForgotten ? null : password }),
  small_cells: small,
  ...(tab !== undefined && { tab_id: tab }),
});

const counted = /^count-(\d+)$/;
export const countName = (id: number): string => `count-${id}`;

export function countColumns(values: Record<string, string>): Record<string, string> {
  const pairs = Object.entries(values).flatMap(([name, column]): [string, string][] => {
    const id = counted.exec(name)?.[1];
    return id && column.trim() ? [[id, column.trim()]] : [];
  });

  return Object.fromEntries(pairs);
}

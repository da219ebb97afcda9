// What a question brings back, and the settings that say how to show it. The keys are Metabase's.

export type Cell = string | number | boolean | null | object;
export type Row = Cell[];
export type Settings = Record<string, unknown>;

export interface Column {
  name: string;
  display_name: string;
  base_type: string;
  effective_type?: string | null;
  semantic_type?: string | null;
  unit?: string | null;
  source?: string;
  id?: number | null;
  table_id?: number | null;
  field_ref?: unknown;
  fk_target_field_id?: number | null;
  description?: string | null;
  binning_info?: { bin_width?: number } | null;
  settings?: Settings | null;
  /** `details-only`: shown with one row, not in lists. */
  visibility_type?: string | null;
}

export interface Data {
  cols: Column[];
  rows: Row[];
  /** Present when the server stopped before the end. */
  rows_truncated?: number;
  /** Of published figures: which groups of few rows are left out. */
  small_cells?: SmallCells;
}

export interface SmallCells {
  below: number;
  /** Why nothing is shown. */
  unknown: string | null;
  withheld_rows: number[];
  left_out: number;
  merged_row: number | null;
}

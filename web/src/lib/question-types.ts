// Questions, dashboards and collections, with the fields that the app reads.
import type { Column, Data, Settings } from '../shared/data';

export interface TableForQuestion {
  id: number;
  db_id: number;
  name: string;
  display_name: string;
  schema: string | null;
  description: string | null;
  fields: (Column & {
    id: number;
    active?: boolean;
    visibility_type?: string;
    has_field_values?: string | null;
    target?: { id: number; table_id: number; display_name: string } | null;
  })[];
  metrics?: Pick<Question, 'id' | 'name' | 'type' | 'dataset_query'>[];
}

export interface StoredQuery {
  database: number | null;
  type: 'query' | 'native';
  query?: Record<string, unknown>;
  native?: { query: string; 'template-tags'?: Record<string, never> };
}

export interface Parameter {
  id: string;
  name: string;
  slug: string;
  type: string;
  sectionId?: string;
  target?: unknown;
  default?: unknown;
  required?: boolean;
  isMultiSelect?: boolean;
  filteringParameters?: string[];
  values_query_type?: string;
  values_source_type?: string | null;
  values_source_config?: { values?: unknown[]; card_id?: number; value_field?: unknown; label_field?: unknown };
}

export interface CollectionBrief {
  id: number | 'root' | 'trash';
  name: string;
  can_write?: boolean;
}

/** Who changed something last, and when. */
export interface LastEdit {
  id: number;
  first_name: string | null;
  last_name: string | null;
  email: string;
  timestamp: string;
}

export interface Question {
  id: number;
  name: string;
  description: string | null;
  type: 'question' | 'model' | 'metric';
  display: string;
  dataset_query: StoredQuery;
  visualization_settings: Settings;
  parameters: Parameter[];
  result_metadata: Column[] | null;
  collection_id: number | null;
  collection: CollectionBrief | null;
  collection_position: number | null;
  archived: boolean;
  is_remote_synced?: boolean;
  can_write: boolean;
  database_id: number | null;
  table_id?: number | null;
  public_uuid: string | null;
  enable_embedding: boolean;
  embedding_params: Record<string, string> | null;
  updated_at: string;
  'last-edit-info'?: LastEdit | null;
}

export interface Answer {
  data: Data & { native_form?: { query: string } };
  status: 'completed' | 'failed';
  error?: string;
  error_type?: string;
  row_count: number;
  running_time: number;
}

export interface Item {
  id: number;
  model: 'card' | 'dataset' | 'metric' | 'dashboard' | 'collection';
  name: string;
  description: string | null;
  display?: string | null;
  collection_id: number | null;
  collection_position: number | null;
  archived?: boolean;
  can_write?: boolean;
  'last-edit-info'?: { first_name: string | null; last_name: string | null; timestamp: string } | null;
  personal_owner_id?: number | null;
}

export interface Collection {
  id: number | 'root' | 'trash';
  name: string;
  description?: string | null;
  parent_id?: number | null;
  location?: string | null;
  type?: string | null;
  archived?: boolean;
  can_write: boolean;
  is_personal?: boolean;
  /** Files of a repository alone change it. */
  is_remote_synced?: boolean;
  effective_ancestors?: CollectionBrief[];
}

export interface CollectionTree {
  id: number;
  name: string;
  is_remote_synced?: boolean;
  children: CollectionTree[];
  personal_owner_id?: number | null;
}

/** A question that is drawn over another one. */
export interface SeriesCard {
  id: number;
  name: string;
  type?: Question['type'];
  description: string | null;
  display: string;
  visualization_settings: Settings;
  dataset_query: StoredQuery;
  table_id?: number | null;
}

/** What a dashboard keeps of a question that is drawn over another one. */
export const seriesCard = ({ id, name, type, description, display, visualization_settings, dataset_query, table_id }: Question): SeriesCard => ({ id, name, type, description, display, visualization_settings, dataset_query, ...(table_id !== undefined && { table_id }) });

export interface Dashcard {
  id: number;
  card_id: number | null;
  card?: Question | null;
  dashboard_tab_id: number | null;
  row: number;
  col: number;
  size_x: number;
  size_y: number;
  parameter_mappings: ParameterMapping[];
  visualization_settings: Settings;
  series?: SeriesCard[];
}

export interface ParameterMapping {
  parameter_id: string;
  card_id: number | null;
  target: unknown;
}

export interface DashboardTab {
  id: number;
  name: string;
}

export interface Dashboard {
  id: number;
  name: string;
  description: string | null;
  archived: boolean;
  collection_id: number | null;
  collection: CollectionBrief | null;
  parameters: Parameter[];
  dashcards: Dashcard[];
  tabs: DashboardTab[];
  width: 'fixed' | 'full';
  auto_apply_filters: boolean;
  /** What this person chose in its filters the last time, by their ids. */
  last_used_param_values?: Record<string, unknown>;
  is_remote_synced?: boolean;
  can_write: boolean;
  public_uuid: string | null;
  enable_embedding: boolean;
  embedding_params: Record<string, string> | null;
  updated_at: string;
  'last-edit-info'?: LastEdit | null;
}

// The objects of the API that the app reads, with the fields it reads.

export interface User {
  id: number;
  email: string;
  first_name: string | null;
  last_name: string | null;
  common_name: string;
  is_superuser: boolean;
  is_active: boolean;
  locale: string | null;
  last_login: string | null;
  date_joined: string;
  user_group_memberships?: { id: number }[];
  login_attributes?: Record<string, string> | null;
}

export interface CurrentUser extends User {
  group_ids: number[];
}

export interface Group {
  id: number;
  name: string;
  member_count: number;
}

export interface GroupMember {
  membership_id: number;
  user_id: number;
  email: string;
  first_name: string | null;
  last_name: string | null;
}

export interface GroupWithMembers extends Group {
  members: GroupMember[];
}

export interface Database {
  id: number;
  name: string;
  engine: string;
  description: string | null;
  is_sample: boolean;
  initial_sync_status: string;
  created_at: string;
  /** It takes files from the person who asks. */
  can_upload?: boolean;
}

export interface Schedule {
  schedule_type: 'hourly' | 'daily' | 'weekly' | 'monthly';
  schedule_frame?: string | null;
  schedule_day?: string | null;
  schedule_hour?: number | null;
  schedule_minute?: number;
}

/** What administrators see of a database. Secrets come as a mark that stands for them. */
export interface ConnectedDatabase extends Database {
  details?: Record<string, unknown>;
  uploads_enabled: boolean;
  /** As cron. */
  metadata_sync_schedule: string | null;
  cache_field_values_schedule: string | null;
  uploads_schema_name: string | null;
  uploads_table_prefix: string | null;
  dbms_version: { flavor?: string; version?: string } | null;
  schedules: { metadata_sync: Schedule | null; cache_field_values: Schedule | null };
}

export interface DatabaseWithTables extends Database {
  tables: Table[];
}

export interface Table {
  id: number;
  db_id: number;
  name: string;
  display_name: string;
  schema: string | null;
  description: string | null;
  visibility_type: string | null;
  estimated_row_count?: number | null;
  /** For readers of published pages. */
  public_source?: string | null;
  public_licence?: string | null;
}

export interface TableWithFields extends Table {
  db?: Database;
  fields: Field[];
}

export interface Field {
  id: number;
  table_id: number;
  name: string;
  display_name: string;
  description: string | null;
  base_type: string;
  semantic_type: string | null;
  fk_target_field_id: number | null;
  position: number;
  target?: { id: number; name: string; display_name: string; table_id: number } | null;
}

export interface Setting {
  key: string;
  value: unknown;
  is_env_setting: boolean;
  env_name: string | null;
  default: unknown;
  /** Who changed it last, and when. */
  changed_at?: string;
  changed_by?: string;
}

export interface ApiKey {
  id: number;
  name: string;
  masked_key: string;
  unmasked_key?: string;
  group: { id: number; name: string };
  created_at: string;
  updated_by: { id: number; common_name: string } | null;
}

export interface SignIn {
  timestamp: string;
  device_description: string;
  ip_address: string;
  location: string | null;
  active: boolean;
  timezone: string | null;
}

export interface AuditEvent {
  id: number;
  timestamp: string;
  topic: string;
  user: { id: number; email: string; common_name: string } | null;
  model: string | null;
  model_id: number | null;
  details: Record<string, unknown> | null;
  ip_address: string | null;
}

/** One input of the connection form of a database engine. */
export interface ConnectionField {
  name: string;
  'display-name': string;
  type?: 'string' | 'integer' | 'password' | 'boolean' | 'select' | 'section' | 'text' | 'info';
  required?: boolean;
  placeholder?: string | number;
  default?: string | number | boolean;
  options?: { name: string; value: string }[];
  'helper-text'?: string;
  /** Asked only when the other fields hold this, or one of these. */
  'visible-if'?: Record<string, boolean | string | string[]>;
}

export interface Engine {
  'driver-name': string;
  'details-fields': ConnectionField[];
}

export interface PasswordComplexity {
  total?: number;
  lower?: number;
  upper?: number;
  digit?: number;
  special?: number;
}

/** The settings that the current visitor may see. */
export interface Properties {
  'site-name': string;
  'site-locale': string;
  'has-user-setup': boolean;
  'setup-token': string | null;
  'password-complexity'?: PasswordComplexity;
  engines?: Record<string, Engine>;
  'available-timezones'?: string[];
  'enable-public-sharing'?: boolean;
  /** Whether other sites may show what they sign for. */
  'enable-embedding'?: boolean;
  'allowed-iframe-hosts'?: string | null;
  /** Maps of the site's own, by what the settings of charts call them. */
  'custom-geojson'?: Record<string, { name: string; region_key: string; region_name: string; builtin?: boolean }> | null;
  'enable-password-login'?: boolean;
  'oidc-enabled'?: boolean;
  'oidc-name'?: string;
}

/** What the server writes into the shell of the app. */
export interface Boot {
  base: string;
  'setup-token': string | null;
  'has-user-setup': boolean;
  'site-name': string;
  'site-locale': string;
  version: string;
  'password-min': number;
  'email-configured': boolean;
}

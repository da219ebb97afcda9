-- What all migrations give on SQLite. Rewritten by VIGIE_GOLDEN=1.

CREATE TABLE api_key (
    id integer primary key autoincrement,
    user_id bigint references core_user (id),
    key text not null,
    key_prefix text not null,
    name text not null,
    creator_id bigint not null references core_user (id),
    updated_by_id bigint not null references core_user (id),
    created_at text not null,
    updated_at text not null
);

CREATE UNIQUE INDEX api_key_key on api_key (key);

CREATE UNIQUE INDEX api_key_name on api_key (name);

CREATE INDEX api_key_user on api_key (user_id);

CREATE TABLE core_session (
    id text primary key,
    user_id bigint not null references core_user (id) on delete cascade,
    created_at text not null,
    anti_csrf_token text,
    key_hashed text not null,
    vigie_remember boolean not null default false,
    vigie_last_active_at text not null,
    vigie_ip_address text,
    vigie_device_description text
);

CREATE UNIQUE INDEX core_session_key on core_session (key_hashed);

CREATE INDEX core_session_user on core_session (user_id);

CREATE TABLE core_user (
    id integer primary key autoincrement,
    email text not null,
    first_name text,
    last_name text,
    password text,
    password_salt text,
    date_joined text not null,
    last_login text,
    is_superuser boolean not null default false,
    is_active boolean not null default true,
    is_qbnewb boolean not null default true,
    is_datasetnewb boolean not null default true,
    is_data_analyst boolean not null default false,
    login_attributes text,
    jwt_attributes text,
    settings text,
    locale text,
    sso_source text,
    type text not null default 'personal',
    entity_id text,
    tenant_id bigint,
    updated_at text,
    deactivated_at text,
    vigie_search text not null default ''
);

CREATE UNIQUE INDEX core_user_email on core_user (email);

CREATE TABLE dimension (
    id integer primary key autoincrement,
    field_id bigint not null references metabase_field (id) on delete cascade,
    name text not null,
    type text not null,
    human_readable_field_id bigint references metabase_field (id) on delete cascade,
    created_at text not null,
    updated_at text not null,
    entity_id text
);

CREATE UNIQUE INDEX dimension_field on dimension (field_id);

CREATE INDEX dimension_human on dimension (human_readable_field_id);

CREATE TABLE login_history (
    id integer primary key autoincrement,
    timestamp text not null,
    user_id bigint not null references core_user (id) on delete cascade,
    session_id text references core_session (id) on delete set null,
    device_id text not null,
    device_description text not null,
    ip_address text not null
);

CREATE INDEX login_history_session on login_history (session_id);

CREATE INDEX login_history_user on login_history (user_id, timestamp);

CREATE TABLE metabase_database (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    name text not null,
    description text,
    details text not null,
    engine text not null,
    is_sample boolean not null default false,
    is_full_sync boolean not null default true,
    points_of_interest text,
    caveats text,
    metadata_sync_schedule text not null,
    cache_field_values_schedule text,
    timezone text,
    is_on_demand boolean not null default false,
    auto_run_queries boolean not null default true,
    refingerprint boolean,
    cache_ttl bigint,
    initial_sync_status text not null default 'incomplete',
    creator_id bigint references core_user (id) on delete set null,
    settings text,
    dbms_version text,
    is_audit boolean not null default false,
    uploads_enabled boolean not null default false,
    uploads_schema_name text,
    uploads_table_prefix text,
    is_attached_dwh boolean not null default false,
    router_database_id bigint references metabase_database (id) on delete cascade,
    router_user_attribute text,
    provider_name text,
    entity_id text
);

CREATE INDEX metabase_database_creator on metabase_database (creator_id);

CREATE INDEX metabase_database_router on metabase_database (router_database_id);

CREATE TABLE metabase_field (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    name text not null,
    base_type text not null,
    effective_type text,
    semantic_type text,
    coercion_strategy text,
    active boolean not null default true,
    description text,
    preview_display boolean not null default true,
    position bigint not null default 0,
    custom_position bigint not null default 0,
    database_position bigint not null default 0,
    table_id bigint not null references metabase_table (id) on delete cascade,
    parent_id bigint references metabase_field (id) on delete cascade,
    display_name text,
    visibility_type text not null default 'normal',
    fk_target_field_id bigint references metabase_field (id) on delete set null,
    last_analyzed text,
    points_of_interest text,
    caveats text,
    fingerprint text,
    fingerprint_version bigint not null default 0,
    database_type text not null,
    has_field_values text,
    settings text,
    nfc_path text,
    json_unfolding boolean not null default false,
    database_required boolean not null default false,
    database_is_pk boolean not null default false,
    database_is_nullable boolean,
    database_default text,
    database_is_generated boolean,
    database_is_auto_increment boolean not null default false,
    database_indexed boolean,
    database_partitioned boolean,
    entity_id text
);

CREATE UNIQUE INDEX metabase_field_key on metabase_field (table_id, coalesce(parent_id, 0), name);

CREATE INDEX metabase_field_parent on metabase_field (parent_id);

CREATE INDEX metabase_field_target on metabase_field (fk_target_field_id);

CREATE TABLE metabase_fieldvalues (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    "values" text,
    human_readable_values text,
    field_id bigint not null references metabase_field (id) on delete cascade,
    has_more_values boolean not null default false,
    type text not null default 'full',
    hash_key text,
    last_used_at text not null
);

CREATE UNIQUE INDEX metabase_fieldvalues_field on metabase_fieldvalues (field_id);

CREATE TABLE metabase_table (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    name text not null,
    description text,
    entity_type text,
    active boolean not null,
    db_id bigint not null references metabase_database (id) on delete cascade,
    display_name text,
    visibility_type text,
    schema text,
    points_of_interest text,
    caveats text,
    show_in_getting_started boolean not null default false,
    field_order text not null default 'database',
    initial_sync_status text not null default 'incomplete',
    is_upload boolean not null default false,
    is_writable boolean,
    is_published boolean not null default false,
    collection_id bigint,
    database_require_filter boolean,
    estimated_row_count bigint,
    view_count bigint not null default 0,
    data_authority text not null default 'unconfigured',
    data_layer text,
    data_source text,
    owner_email text,
    owner_user_id bigint references core_user (id) on delete set null,
    entity_id text,
    archived_at text,
    deactivated_at text
);

CREATE UNIQUE INDEX metabase_table_key on metabase_table (db_id, coalesce(schema, ''), name);

CREATE INDEX metabase_table_owner on metabase_table (owner_user_id);

CREATE TABLE permissions_group (
    id integer primary key autoincrement,
    name text not null,
    entity_id text,
    magic_group_type text,
    is_tenant_group boolean not null default false
);

CREATE UNIQUE INDEX permissions_group_name on permissions_group (name);

CREATE TABLE permissions_group_membership (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    group_id bigint not null references permissions_group (id) on delete cascade,
    is_group_manager boolean not null default false
);

CREATE INDEX permissions_group_membership_group on permissions_group_membership (group_id);

CREATE UNIQUE INDEX permissions_group_membership_pair
    on permissions_group_membership (user_id, group_id);

CREATE TABLE setting (
    key text primary key,
    value text not null
);

CREATE TABLE vigie_audit (
    id bigint primary key,
    at text not null,
    actor_id bigint,
    actor text not null,
    action text not null,
    model text,
    model_id bigint,
    details text,
    ip_address text,
    hash text not null
);

CREATE INDEX vigie_audit_actor on vigie_audit (actor_id);

CREATE INDEX vigie_audit_model on vigie_audit (model, model_id);

CREATE TABLE vigie_audit_head (
    id bigint primary key,
    lines bigint not null,
    hash text not null
);

CREATE TABLE vigie_counter (
    name text primary key,
    value bigint not null
);

CREATE TABLE vigie_job_run (
    id integer primary key autoincrement,
    name text not null,
    status text not null,
    cause text not null,
    due_at text,
    started_at text not null,
    alive_at text not null,
    ended_at text,
    row_count bigint,
    message text
);

CREATE UNIQUE INDEX vigie_job_run_due on vigie_job_run (name, due_at);

CREATE INDEX vigie_job_run_name on vigie_job_run (name, id);

CREATE UNIQUE INDEX vigie_job_run_running on vigie_job_run (name) where status = 'running';

CREATE TABLE vigie_lease (
    name text primary key,
    holder text not null,
    until text not null
);

CREATE TABLE vigie_migration (number bigint primary key, name text not null, checksum text not null, compatible boolean not null, applied_at text not null);

CREATE TABLE vigie_token (
    id integer primary key autoincrement,
    kind text not null,
    user_id bigint not null references core_user (id) on delete cascade,
    token_hash text not null,
    created_at text not null,
    expires_at text not null
);

CREATE UNIQUE INDEX vigie_token_hash on vigie_token (token_hash);

CREATE INDEX vigie_token_user on vigie_token (user_id);

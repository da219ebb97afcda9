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

CREATE TABLE bookmark_ordering (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    type text not null,
    item_id bigint not null,
    ordering bigint not null
);

CREATE UNIQUE INDEX bookmark_ordering_key on bookmark_ordering (user_id, type, item_id);

CREATE TABLE cache_config (
    id integer primary key autoincrement,
    model text not null,
    model_id bigint not null,
    strategy text not null,
    config text not null,
    refresh_automatically boolean not null default false,
    state text,
    invalidated_at text,
    next_run_at text
);

CREATE UNIQUE INDEX cache_config_key on cache_config (model, model_id);

CREATE TABLE card_bookmark (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    card_id bigint not null references report_card (id) on delete cascade,
    created_at text not null
);

CREATE INDEX card_bookmark_card on card_bookmark (card_id);

CREATE UNIQUE INDEX card_bookmark_key on card_bookmark (user_id, card_id);

CREATE TABLE collection (
    id integer primary key autoincrement,
    name text not null,
    description text,
    archived boolean not null default false,
    location text not null default '/',
    personal_owner_id bigint references core_user (id) on delete cascade,
    slug text not null,
    namespace text,
    authority_level text,
    entity_id text not null,
    created_at text not null,
    type text,
    is_sample boolean not null default false,
    archive_operation_id text,
    archived_directly boolean,
    vigie_search text not null default ''
, is_remote_synced boolean not null default false);

CREATE UNIQUE INDEX collection_entity on collection (entity_id);

CREATE INDEX collection_location on collection (location);

CREATE UNIQUE INDEX collection_personal on collection (personal_owner_id);

CREATE TABLE collection_bookmark (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    collection_id bigint not null references collection (id) on delete cascade,
    created_at text not null
);

CREATE INDEX collection_bookmark_collection on collection_bookmark (collection_id);

CREATE UNIQUE INDEX collection_bookmark_key on collection_bookmark (user_id, collection_id);

CREATE TABLE collection_permission_graph_revision (
    id integer primary key autoincrement,
    before text not null,
    after text not null,
    user_id bigint not null references core_user (id),
    created_at text not null,
    remark text
);

CREATE INDEX collection_permission_graph_revision_user
    on collection_permission_graph_revision (user_id);

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

CREATE TABLE dashboard_bookmark (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    created_at text not null
);

CREATE INDEX dashboard_bookmark_dashboard on dashboard_bookmark (dashboard_id);

CREATE UNIQUE INDEX dashboard_bookmark_key on dashboard_bookmark (user_id, dashboard_id);

CREATE TABLE dashboard_tab (
    id integer primary key autoincrement,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    name text not null,
    position bigint not null,
    entity_id text not null,
    created_at text not null,
    updated_at text not null
);

CREATE INDEX dashboard_tab_dashboard on dashboard_tab (dashboard_id);

CREATE TABLE dashboardcard_series (
    id integer primary key autoincrement,
    dashboardcard_id bigint not null references report_dashboardcard (id) on delete cascade,
    card_id bigint not null references report_card (id) on delete cascade,
    position bigint not null
);

CREATE INDEX dashboardcard_series_card on dashboardcard_series (card_id);

CREATE INDEX dashboardcard_series_dashcard on dashboardcard_series (dashboardcard_id);

CREATE TABLE data_permissions (
    id integer primary key autoincrement,
    group_id bigint not null references permissions_group (id) on delete cascade,
    perm_type text not null,
    db_id bigint not null references metabase_database (id) on delete cascade,
    schema_name text,
    table_id bigint references metabase_table (id) on delete cascade,
    perm_value text not null
);

CREATE INDEX data_permissions_database on data_permissions (db_id);

CREATE UNIQUE INDEX data_permissions_key
    on data_permissions (group_id, db_id, perm_type, coalesce(table_id, 0));

CREATE INDEX data_permissions_table on data_permissions (table_id);

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

CREATE TABLE measure (
    id integer primary key autoincrement,
    name text not null,
    description text,
    creator_id bigint not null references core_user (id),
    table_id bigint not null references metabase_table (id) on delete cascade,
    archived boolean not null default false,
    definition text not null,
    created_at text not null,
    updated_at text not null,
    entity_id text not null
);

CREATE INDEX measure_creator on measure (creator_id);

CREATE INDEX measure_table on measure (table_id);

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
, vigie_public_source text, vigie_public_licence text);

CREATE UNIQUE INDEX metabase_table_key on metabase_table (db_id, coalesce(schema, ''), name);

CREATE INDEX metabase_table_owner on metabase_table (owner_user_id);

CREATE TABLE model_index (
    id integer primary key autoincrement,
    model_id bigint not null references report_card (id) on delete cascade,
    pk_ref text not null,
    value_ref text not null,
    schedule text not null,
    state text not null,
    indexed_at text,
    error text,
    created_at text not null,
    creator_id bigint references core_user (id) on delete set null,
    vigie_question text
);

CREATE INDEX model_index_model on model_index (model_id);

CREATE TABLE model_index_value (
    model_index_id bigint not null references model_index (id) on delete cascade,
    model_pk bigint not null,
    name text not null,
    vigie_search text not null,
    primary key (model_index_id, model_pk)
);

CREATE TABLE moderation_review (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    status text,
    text text,
    moderated_item_id bigint not null,
    moderated_item_type text not null,
    moderator_id bigint not null references core_user (id),
    most_recent boolean not null default true
);

CREATE INDEX moderation_review_item on moderation_review (moderated_item_type, moderated_item_id);

CREATE INDEX moderation_review_moderator on moderation_review (moderator_id);

CREATE TABLE native_query_snippet (
    id integer primary key autoincrement,
    name text not null,
    description text,
    content text not null,
    creator_id bigint not null references core_user (id),
    archived boolean not null default false,
    created_at text not null,
    updated_at text not null,
    collection_id bigint references collection (id) on delete set null,
    entity_id text not null,
    template_tags text
);

CREATE INDEX native_query_snippet_collection on native_query_snippet (collection_id);

CREATE INDEX native_query_snippet_creator on native_query_snippet (creator_id);

CREATE UNIQUE INDEX native_query_snippet_name on native_query_snippet (name);

CREATE TABLE permissions (
    id integer primary key autoincrement,
    object text not null,
    group_id bigint not null references permissions_group (id) on delete cascade,
    perm_value text,
    perm_type text,
    collection_id bigint references collection (id) on delete cascade
);

CREATE INDEX permissions_collection on permissions (collection_id);

CREATE UNIQUE INDEX permissions_group_object on permissions (group_id, object);

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

CREATE TABLE permissions_revision (
    id integer primary key autoincrement,
    before text not null,
    after text not null,
    user_id bigint not null references core_user (id),
    created_at text not null,
    remark text
);

CREATE INDEX permissions_revision_user on permissions_revision (user_id);

CREATE TABLE query_execution (
    id integer primary key autoincrement,
    hash text not null,
    started_at text not null,
    running_time bigint not null,
    result_rows bigint not null,
    native boolean not null,
    context text,
    error text,
    executor_id bigint references core_user (id) on delete set null,
    card_id bigint,
    dashboard_id bigint,
    database_id bigint,
    cache_hit boolean not null default false
, vigie_reference text);

CREATE INDEX query_execution_card on query_execution (card_id, started_at);

CREATE INDEX query_execution_executor on query_execution (executor_id, started_at);

CREATE INDEX query_execution_reference on query_execution (vigie_reference);

CREATE INDEX query_execution_started on query_execution (started_at);

CREATE TABLE recent_views (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    model text not null,
    model_id bigint not null,
    timestamp text not null,
    context text not null default 'view'
);

CREATE UNIQUE INDEX recent_views_key on recent_views (user_id, model, model_id, context);

CREATE TABLE report_card (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    name text not null,
    description text,
    display text not null,
    dataset_query text not null,
    visualization_settings text not null,
    creator_id bigint not null references core_user (id),
    database_id bigint references metabase_database (id) on delete cascade,
    table_id bigint references metabase_table (id) on delete set null,
    query_type text,
    archived boolean not null default false,
    archived_directly boolean not null default false,
    collection_id bigint references collection (id) on delete cascade,
    public_uuid text,
    made_public_by_id bigint references core_user (id),
    enable_embedding boolean not null default false,
    embedding_params text,
    embedding_type text,
    cache_ttl bigint,
    result_metadata text,
    collection_position bigint,
    entity_id text not null,
    parameters text not null default '[]',
    parameter_mappings text not null default '[]',
    collection_preview boolean not null default true,
    metabase_version text,
    type text not null default 'question',
    initially_published_at text,
    cache_invalidated_at text,
    last_used_at text,
    view_count bigint not null default 0,
    source_card_id bigint references report_card (id) on delete set null,
    dashboard_id bigint references report_dashboard (id) on delete cascade,
    card_schema bigint not null default 23,
    document_id bigint,
    vigie_search text not null default ''
);

CREATE INDEX report_card_collection on report_card (collection_id);

CREATE INDEX report_card_creator on report_card (creator_id);

CREATE INDEX report_card_dashboard on report_card (dashboard_id);

CREATE INDEX report_card_database on report_card (database_id);

CREATE UNIQUE INDEX report_card_entity on report_card (entity_id);

CREATE UNIQUE INDEX report_card_public on report_card (public_uuid);

CREATE INDEX report_card_publisher on report_card (made_public_by_id);

CREATE INDEX report_card_source on report_card (source_card_id);

CREATE INDEX report_card_table on report_card (table_id);

CREATE TABLE report_dashboard (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    name text not null,
    description text,
    creator_id bigint not null references core_user (id),
    parameters text not null default '[]',
    points_of_interest text,
    caveats text,
    show_in_getting_started boolean not null default false,
    public_uuid text,
    made_public_by_id bigint references core_user (id),
    enable_embedding boolean not null default false,
    embedding_params text,
    embedding_type text,
    archived boolean not null default false,
    archived_directly boolean not null default false,
    position bigint,
    collection_id bigint references collection (id) on delete cascade,
    collection_position bigint,
    cache_ttl bigint,
    entity_id text not null,
    auto_apply_filters boolean not null default true,
    width text not null default 'fixed',
    initially_published_at text,
    view_count bigint not null default 0,
    last_viewed_at text,
    vigie_search text not null default ''
);

CREATE INDEX report_dashboard_collection on report_dashboard (collection_id);

CREATE INDEX report_dashboard_creator on report_dashboard (creator_id);

CREATE UNIQUE INDEX report_dashboard_entity on report_dashboard (entity_id);

CREATE UNIQUE INDEX report_dashboard_public on report_dashboard (public_uuid);

CREATE INDEX report_dashboard_publisher on report_dashboard (made_public_by_id);

CREATE TABLE report_dashboardcard (
    id integer primary key autoincrement,
    created_at text not null,
    updated_at text not null,
    size_x bigint not null,
    size_y bigint not null,
    "row" bigint not null,
    col bigint not null,
    card_id bigint references report_card (id) on delete cascade,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    parameter_mappings text not null default '[]',
    visualization_settings text not null default '{}',
    inline_parameters text not null default '[]',
    entity_id text not null,
    action_id bigint,
    dashboard_tab_id bigint references dashboard_tab (id) on delete cascade
);

CREATE INDEX report_dashboardcard_card on report_dashboardcard (card_id);

CREATE INDEX report_dashboardcard_dashboard on report_dashboardcard (dashboard_id);

CREATE INDEX report_dashboardcard_tab on report_dashboardcard (dashboard_tab_id);

CREATE TABLE revision (
    id integer primary key autoincrement,
    model text not null,
    model_id bigint not null,
    user_id bigint not null references core_user (id),
    timestamp text not null,
    object text not null,
    is_reversion boolean not null default false,
    is_creation boolean not null default false,
    message text,
    most_recent boolean not null default false,
    metabase_version text
);

CREATE INDEX revision_model on revision (model, model_id);

CREATE INDEX revision_user on revision (user_id);

CREATE TABLE segment (
    id integer primary key autoincrement,
    name text not null,
    description text,
    creator_id bigint not null references core_user (id),
    table_id bigint not null references metabase_table (id) on delete cascade,
    archived boolean not null default false,
    definition text not null,
    created_at text not null,
    updated_at text not null,
    points_of_interest text,
    caveats text,
    show_in_getting_started boolean not null default false,
    entity_id text not null
);

CREATE INDEX segment_creator on segment (creator_id);

CREATE INDEX segment_table on segment (table_id);

CREATE TABLE setting (
    key text primary key,
    value text not null
);

CREATE TABLE timeline (
    id integer primary key autoincrement,
    name text not null,
    description text,
    icon text not null,
    collection_id bigint references collection (id) on delete cascade,
    archived boolean not null default false,
    "default" boolean not null default false,
    creator_id bigint not null references core_user (id),
    created_at text not null,
    updated_at text not null,
    entity_id text not null
);

CREATE INDEX timeline_collection on timeline (collection_id);

CREATE INDEX timeline_creator on timeline (creator_id);

CREATE TABLE timeline_event (
    id integer primary key autoincrement,
    timeline_id bigint not null references timeline (id) on delete cascade,
    name text not null,
    description text,
    timestamp text not null,
    time_matters boolean not null,
    timezone text not null,
    icon text not null,
    archived boolean not null default false,
    creator_id bigint not null references core_user (id),
    created_at text not null,
    updated_at text not null
);

CREATE INDEX timeline_event_creator on timeline_event (creator_id);

CREATE INDEX timeline_event_timeline on timeline_event (timeline_id);

CREATE TABLE user_key_value (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    namespace text not null,
    key text not null,
    value text,
    created_at text not null,
    updated_at text not null,
    expires_at text
);

CREATE UNIQUE INDEX user_key_value_key on user_key_value (user_id, namespace, key);

CREATE TABLE user_parameter_value (
    id integer primary key autoincrement,
    user_id bigint not null references core_user (id) on delete cascade,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    parameter_id text not null,
    value text
);

CREATE INDEX user_parameter_value_dashboard on user_parameter_value (dashboard_id);

CREATE UNIQUE INDEX user_parameter_value_key
    on user_parameter_value (user_id, dashboard_id, parameter_id);

CREATE TABLE view_log (
    id integer primary key autoincrement,
    user_id bigint references core_user (id) on delete set null,
    model text not null,
    model_id bigint not null,
    timestamp text not null,
    metadata text,
    has_access boolean,
    context text
);

CREATE INDEX view_log_model on view_log (model, model_id);

CREATE INDEX view_log_time on view_log (timestamp);

CREATE INDEX view_log_user on view_log (user_id);

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

CREATE TABLE vigie_draft (
    id integer primary key autoincrement,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    version bigint not null,
    based_on text not null,
    content text not null,
    editor_id bigint references core_user (id) on delete set null,
    updated_at text not null
);

CREATE UNIQUE INDEX vigie_draft_dashboard on vigie_draft (dashboard_id);

CREATE TABLE vigie_geo_map (
    key text primary key,
    url text not null,
    region_key text,
    region_name text,
    body text not null,
    etag text not null,
    read_at text not null
);

CREATE TABLE vigie_hidden_field (
    id integer primary key autoincrement,
    group_id bigint not null references permissions_group (id) on delete cascade,
    field_id bigint not null references metabase_field (id) on delete cascade
);

CREATE INDEX vigie_hidden_field_field on vigie_hidden_field (field_id);

CREATE UNIQUE INDEX vigie_hidden_field_key on vigie_hidden_field (group_id, field_id);

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

CREATE TABLE vigie_row_filter (
    id integer primary key autoincrement,
    group_id bigint not null references permissions_group (id) on delete cascade,
    table_id bigint not null references metabase_table (id) on delete cascade,
    field_id bigint not null references metabase_field (id) on delete cascade,
    operator text not null,
    user_attribute text,
    value text
);

CREATE INDEX vigie_row_filter_field on vigie_row_filter (field_id);

CREATE INDEX vigie_row_filter_group on vigie_row_filter (group_id);

CREATE INDEX vigie_row_filter_table on vigie_row_filter (table_id);

CREATE TABLE vigie_share (
    id integer primary key autoincrement,
    model text not null,
    model_id bigint not null,
    expires_at text,
    password text,
    last_seen_at text,
    framed_by text
, small_cells text, tab_id bigint);

CREATE UNIQUE INDEX vigie_share_key on vigie_share (model, model_id);

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

CREATE TABLE vigie_visit (
    model text not null,
    model_id bigint not null,
    day text not null,
    visits bigint not null,
    primary key (model, model_id, day)
);

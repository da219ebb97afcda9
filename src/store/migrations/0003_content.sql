-- Collections, cards, dashboards, and what hangs on them; who may see what. Names of tables and
-- columns are Metabase's wherever it has them; what is only ours begins with vigie_.
-- compatible: yes

create table collection (
    id {{id}},
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
);
create unique index collection_entity on collection (entity_id);
create unique index collection_personal on collection (personal_owner_id);
create index collection_location on collection (location);

create table report_dashboard (
    id {{id}},
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
create unique index report_dashboard_entity on report_dashboard (entity_id);
create unique index report_dashboard_public on report_dashboard (public_uuid);
create index report_dashboard_collection on report_dashboard (collection_id);
create index report_dashboard_creator on report_dashboard (creator_id);
create index report_dashboard_publisher on report_dashboard (made_public_by_id);

create table report_card (
    id {{id}},
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
create unique index report_card_entity on report_card (entity_id);
create unique index report_card_public on report_card (public_uuid);
create index report_card_collection on report_card (collection_id);
create index report_card_creator on report_card (creator_id);
create index report_card_publisher on report_card (made_public_by_id);
create index report_card_database on report_card (database_id);
create index report_card_table on report_card (table_id);
create index report_card_source on report_card (source_card_id);
create index report_card_dashboard on report_card (dashboard_id);

create table dashboard_tab (
    id {{id}},
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    name text not null,
    position bigint not null,
    entity_id text not null,
    created_at text not null,
    updated_at text not null
);
create index dashboard_tab_dashboard on dashboard_tab (dashboard_id);

create table report_dashboardcard (
    id {{id}},
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
create index report_dashboardcard_dashboard on report_dashboardcard (dashboard_id);
create index report_dashboardcard_card on report_dashboardcard (card_id);
create index report_dashboardcard_tab on report_dashboardcard (dashboard_tab_id);

create table dashboardcard_series (
    id {{id}},
    dashboardcard_id bigint not null references report_dashboardcard (id) on delete cascade,
    card_id bigint not null references report_card (id) on delete cascade,
    position bigint not null
);
create index dashboardcard_series_dashcard on dashboardcard_series (dashboardcard_id);
create index dashboardcard_series_card on dashboardcard_series (card_id);

-- Who may see and change which collection: one line for each grant.
create table permissions (
    id {{id}},
    object text not null,
    group_id bigint not null references permissions_group (id) on delete cascade,
    perm_value text,
    perm_type text,
    collection_id bigint references collection (id) on delete cascade
);
create unique index permissions_group_object on permissions (group_id, object);
create index permissions_collection on permissions (collection_id);

create table collection_permission_graph_revision (
    id {{id}},
    before text not null,
    after text not null,
    user_id bigint not null references core_user (id),
    created_at text not null,
    remark text
);
create index collection_permission_graph_revision_user
    on collection_permission_graph_revision (user_id);

-- Who may do what with the data of a database, a schema of it, or a table.
create table data_permissions (
    id {{id}},
    group_id bigint not null references permissions_group (id) on delete cascade,
    perm_type text not null,
    db_id bigint not null references metabase_database (id) on delete cascade,
    schema_name text,
    table_id bigint references metabase_table (id) on delete cascade,
    perm_value text not null
);
create unique index data_permissions_key
    on data_permissions (group_id, db_id, perm_type, coalesce(table_id, 0));
create index data_permissions_database on data_permissions (db_id);
create index data_permissions_table on data_permissions (table_id);

create table permissions_revision (
    id {{id}},
    before text not null,
    after text not null,
    user_id bigint not null references core_user (id),
    created_at text not null,
    remark text
);
create index permissions_revision_user on permissions_revision (user_id);

-- Rows that a group sees of a table: where the field compares so with the person's attribute, or
-- with a value.
create table vigie_row_filter (
    id {{id}},
    group_id bigint not null references permissions_group (id) on delete cascade,
    table_id bigint not null references metabase_table (id) on delete cascade,
    field_id bigint not null references metabase_field (id) on delete cascade,
    operator text not null,
    user_attribute text,
    value text
);
create index vigie_row_filter_group on vigie_row_filter (group_id);
create index vigie_row_filter_table on vigie_row_filter (table_id);
create index vigie_row_filter_field on vigie_row_filter (field_id);

create table vigie_hidden_field (
    id {{id}},
    group_id bigint not null references permissions_group (id) on delete cascade,
    field_id bigint not null references metabase_field (id) on delete cascade
);
create unique index vigie_hidden_field_key on vigie_hidden_field (group_id, field_id);
create index vigie_hidden_field_field on vigie_hidden_field (field_id);

create table native_query_snippet (
    id {{id}},
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
create unique index native_query_snippet_name on native_query_snippet (name);
create index native_query_snippet_collection on native_query_snippet (collection_id);
create index native_query_snippet_creator on native_query_snippet (creator_id);

create table segment (
    id {{id}},
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
create index segment_table on segment (table_id);
create index segment_creator on segment (creator_id);

create table measure (
    id {{id}},
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
create index measure_table on measure (table_id);
create index measure_creator on measure (creator_id);

create table timeline (
    id {{id}},
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
create index timeline_collection on timeline (collection_id);
create index timeline_creator on timeline (creator_id);

create table timeline_event (
    id {{id}},
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
create index timeline_event_timeline on timeline_event (timeline_id);
create index timeline_event_creator on timeline_event (creator_id);

create table card_bookmark (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    card_id bigint not null references report_card (id) on delete cascade,
    created_at text not null
);
create unique index card_bookmark_key on card_bookmark (user_id, card_id);
create index card_bookmark_card on card_bookmark (card_id);

create table dashboard_bookmark (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    created_at text not null
);
create unique index dashboard_bookmark_key on dashboard_bookmark (user_id, dashboard_id);
create index dashboard_bookmark_dashboard on dashboard_bookmark (dashboard_id);

create table collection_bookmark (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    collection_id bigint not null references collection (id) on delete cascade,
    created_at text not null
);
create unique index collection_bookmark_key on collection_bookmark (user_id, collection_id);
create index collection_bookmark_collection on collection_bookmark (collection_id);

create table bookmark_ordering (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    type text not null,
    item_id bigint not null,
    ordering bigint not null
);
create unique index bookmark_ordering_key on bookmark_ordering (user_id, type, item_id);

create table recent_views (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    model text not null,
    model_id bigint not null,
    timestamp text not null,
    context text not null default 'view'
);
create unique index recent_views_key on recent_views (user_id, model, model_id, context);

create table view_log (
    id {{id}},
    user_id bigint references core_user (id) on delete set null,
    model text not null,
    model_id bigint not null,
    timestamp text not null,
    metadata text,
    has_access boolean,
    context text
);
create index view_log_user on view_log (user_id);
create index view_log_model on view_log (model, model_id);
create index view_log_time on view_log (timestamp);

create table revision (
    id {{id}},
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
create index revision_model on revision (model, model_id);
create index revision_user on revision (user_id);

create table moderation_review (
    id {{id}},
    created_at text not null,
    updated_at text not null,
    status text,
    text text,
    moderated_item_id bigint not null,
    moderated_item_type text not null,
    moderator_id bigint not null references core_user (id),
    most_recent boolean not null default true
);
create index moderation_review_item on moderation_review (moderated_item_type, moderated_item_id);
create index moderation_review_moderator on moderation_review (moderator_id);

create table cache_config (
    id {{id}},
    model text not null,
    model_id bigint not null,
    strategy text not null,
    config text not null,
    refresh_automatically boolean not null default false,
    state text,
    invalidated_at text,
    next_run_at text
);
create unique index cache_config_key on cache_config (model, model_id);

create table user_key_value (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    namespace text not null,
    key text not null,
    value text,
    created_at text not null,
    updated_at text not null,
    expires_at text
);
create unique index user_key_value_key on user_key_value (user_id, namespace, key);

create table user_parameter_value (
    id {{id}},
    user_id bigint not null references core_user (id) on delete cascade,
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    parameter_id text not null,
    value text
);
create unique index user_parameter_value_key
    on user_parameter_value (user_id, dashboard_id, parameter_id);
create index user_parameter_value_dashboard on user_parameter_value (dashboard_id);

-- Deny by default; these lines are what a new instance grants, and administrators take away:
-- everybody who was invited may see and arrange the content, and ask questions of the databases.
insert into permissions (object, group_id, perm_value, perm_type) values
    ('/collection/root/', 1, 'read-and-write', 'perms/collection-access'),
    ('/collection/namespace/snippets/root/', 1, 'read-and-write', 'perms/collection-access');

insert into data_permissions (group_id, perm_type, db_id, perm_value)
select 1, kinds.perm_type, d.id, kinds.perm_value
  from metabase_database d
  cross join (select 'perms/view-data' as perm_type, 'unrestricted' as perm_value
              union all
              select 'perms/create-queries', 'query-builder-and-native'
              union all
              select 'perms/download-results', 'one-million-rows') kinds;

insert into collection (name, slug, entity_id, created_at, type)
values ('Trash', 'trash', 'trashtrashtrashtrasht', '2024-01-01T00:00:00.000000Z', 'trash');

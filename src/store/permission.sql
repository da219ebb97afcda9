-- name: grant_list
select object, group_id
  from permissions
 order by id;

-- name: grant_add
insert into permissions (object, group_id, perm_value, perm_type, collection_id)
values ($2, $1, $3, 'perms/collection-access', $4)
on conflict (group_id, object) do nothing;

-- name: grant_remove
delete from permissions
 where group_id = $1
   and object = $2;

-- name: data_grant_list
select group_id, perm_type, db_id, schema_name, table_id, perm_value
  from data_permissions
 where (cast($1 as bigint) is null or db_id = cast($1 as bigint))
   and (cast($2 as bigint) is null or group_id = cast($2 as bigint))
 order by group_id, db_id, perm_type, schema_name, table_id;

-- name: data_grant_put
insert into data_permissions (group_id, perm_type, db_id, schema_name, table_id, perm_value)
values ($1, $2, $3, $4, $5, $6)
on conflict (group_id, db_id, perm_type, coalesce(table_id, 0)) do update
   set perm_value = excluded.perm_value;

-- name: data_grant_clear
delete from data_permissions
 where group_id = $1
   and perm_type = $2
   and db_id = $3;

-- name: data_grant_defaults
insert into data_permissions (group_id, perm_type, db_id, perm_value)
values (1, 'perms/view-data', $1, 'unrestricted'),
       (1, 'perms/create-queries', $1, 'query-builder-and-native'),
       (1, 'perms/download-results', $1, 'one-million-rows');

-- name: collection_graph_revision
select coalesce(max(id), 0)
  from collection_permission_graph_revision;

-- name: collection_graph_note
insert into collection_permission_graph_revision (before, after, user_id, created_at)
values ($1, $2, $3, $4)
returning id;

-- name: data_graph_revision
select coalesce(max(id), 0)
  from permissions_revision;

-- name: data_graph_note
insert into permissions_revision (before, after, user_id, created_at)
values ($1, $2, $3, $4)
returning id;

-- name: row_filter_list
select r.id, r.group_id, r.table_id, r.field_id, r.operator, r.user_attribute, r.value, t.db_id
  from vigie_row_filter r
  join metabase_table t on t.id = r.table_id
 order by r.table_id, r.group_id, r.id;

-- name: row_filter_create
insert into vigie_row_filter (group_id, table_id, field_id, operator, user_attribute, value)
select $1, f.table_id, f.id, $4, $5, $6
  from metabase_field f
 where f.id = $3
   and f.table_id = $2
returning id;

-- name: row_filter_delete
delete from vigie_row_filter
 where id = $1
returning id;

-- name: hidden_field_list
select h.id, h.group_id, h.field_id, f.table_id, t.db_id
  from vigie_hidden_field h
  join metabase_field f on f.id = h.field_id
  join metabase_table t on t.id = f.table_id
 order by h.group_id, h.field_id;

-- name: hidden_field_create
insert into vigie_hidden_field (group_id, field_id)
values ($1, $2)
on conflict (group_id, field_id) do update
   set group_id = excluded.group_id
returning id;

-- name: hidden_field_delete
delete from vigie_hidden_field
 where id = $1
returning id;

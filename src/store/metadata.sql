-- name: table_list
-- $1 database, $2 schema ('' for none): null stands for any. $3 hidden too, $4 inactive too
select id, db_id, schema, name, display_name, description, caveats, points_of_interest,
       entity_type, visibility_type, field_order, initial_sync_status, active, is_upload,
       is_writable, is_published, show_in_getting_started, database_require_filter,
       estimated_row_count, collection_id, view_count, data_authority, data_layer, data_source,
       owner_email, owner_user_id, entity_id, created_at, updated_at, archived_at, deactivated_at,
       vigie_public_source, vigie_public_licence
  from metabase_table
 where (cast($1 as bigint) is null or db_id = cast($1 as bigint))
   and (cast($2 as text) is null or coalesce(schema, '') = cast($2 as text))
   and (cast($3 as boolean) or visibility_type is null)
   and (cast($4 as boolean) or active)
 order by db_id, coalesce(schema, ''), lower(coalesce(display_name, name)), id;

-- name: table_find
select id, db_id, schema, name, display_name, description, caveats, points_of_interest,
       entity_type, visibility_type, field_order, initial_sync_status, active, is_upload,
       is_writable, is_published, show_in_getting_started, database_require_filter,
       estimated_row_count, collection_id, view_count, data_authority, data_layer, data_source,
       owner_email, owner_user_id, entity_id, created_at, updated_at, archived_at, deactivated_at,
       vigie_public_source, vigie_public_licence
  from metabase_table
 where id = $1;

-- name: table_origins
select id, vigie_public_source, vigie_public_licence
  from metabase_table
 where vigie_public_source is not null
    or vigie_public_licence is not null;

-- name: table_find_by_key
select id
  from metabase_table
 where db_id = $1
   and coalesce(schema, '') = coalesce(cast($2 as text), '')
   and name = $3;

-- name: table_create
insert into metabase_table
      (db_id, schema, name, display_name, description, entity_type, is_writable,
       database_require_filter, estimated_row_count, entity_id, active, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, $11, $11)
returning id;

-- name: table_seen
update metabase_table
   set description = coalesce(nullif(description, ''), $2), is_writable = $3,
       database_require_filter = $4, estimated_row_count = $5, active = true,
       deactivated_at = null,
       updated_at = case when active then updated_at else $6 end
 where id = $1;

-- name: table_update
update metabase_table
   set display_name = $2, description = $3, caveats = $4, points_of_interest = $5,
       entity_type = $6, visibility_type = $7, field_order = $8, is_published = $9,
       show_in_getting_started = $10, collection_id = $11, data_authority = $12, data_layer = $13,
       data_source = $14, owner_email = $15, owner_user_id = $16, archived_at = $17,
       vigie_public_source = $18, vigie_public_licence = $19, updated_at = $20
 where id = $1
returning id;

-- name: table_retire
update metabase_table
   set active = false, deactivated_at = $2, updated_at = $2
 where id = $1
returning id;

-- name: table_retire_fields
update metabase_field
   set active = false, updated_at = $2
 where table_id = $1
   and active;

-- name: table_set_sync_status
update metabase_table
   set initial_sync_status = $2
 where id = $1
returning id;

-- name: schema_list
select distinct coalesce(schema, '') as name
  from metabase_table
 where db_id = $1
   and active
   and (cast($2 as boolean) or visibility_type is null)
 order by name;

-- name: field_list
-- $1 database, $2 table, $5 table that they point at: null stands for any. $3 hidden too,
-- $4 inactive too, $6 keys only, $7 pattern of the name or null, $8 limit
select f.id, f.table_id, f.name, f.display_name, f.description, f.caveats, f.points_of_interest,
       f.base_type, f.effective_type, f.database_type, f.semantic_type, f.coercion_strategy,
       f.fk_target_field_id, f.visibility_type, f.has_field_values, f.parent_id, f.nfc_path,
       f.json_unfolding, f.settings, f.fingerprint, f.fingerprint_version, f.position,
       f.custom_position, f.database_position, f.preview_display, f.active, f.database_required,
       f.database_is_pk, f.database_is_nullable, f.database_default, f.database_is_generated,
       f.database_is_auto_increment, f.database_indexed, f.database_partitioned, f.last_analyzed,
       f.entity_id, f.created_at, f.updated_at, d.id, d.name, d.type, d.human_readable_field_id,
       t.name, t.schema, t.db_id
  from metabase_table t
 cross join metabase_field f
  left join dimension d on d.field_id = f.id
 where f.table_id = t.id
   and (cast($1 as bigint) is null or t.db_id = cast($1 as bigint))
   and (cast($2 as bigint) is null or t.id = cast($2 as bigint))
   and (cast($3 as boolean) or f.visibility_type in ('normal', 'details-only'))
   and (cast($4 as boolean) or (f.active and t.active))
   and (cast($5 as bigint) is null
        or f.fk_target_field_id in (select k.id
                                      from metabase_field k
                                     where k.table_id = cast($5 as bigint)))
   and (not cast($6 as boolean) or f.semantic_type = 'type/PK')
   and (cast($7 as text) is null or lower(f.name) like cast($7 as text) escape '!')
 order by f.table_id,
          case t.field_order when 'custom' then f.custom_position when 'alphabetical' then 0
                             else f.position end,
          case t.field_order when 'alphabetical' then lower(coalesce(f.display_name, f.name)) end,
          f.position, f.id
 limit $8;

-- name: field_find
select f.id, f.table_id, f.name, f.display_name, f.description, f.caveats, f.points_of_interest,
       f.base_type, f.effective_type, f.database_type, f.semantic_type, f.coercion_strategy,
       f.fk_target_field_id, f.visibility_type, f.has_field_values, f.parent_id, f.nfc_path,
       f.json_unfolding, f.settings, f.fingerprint, f.fingerprint_version, f.position,
       f.custom_position, f.database_position, f.preview_display, f.active, f.database_required,
       f.database_is_pk, f.database_is_nullable, f.database_default, f.database_is_generated,
       f.database_is_auto_increment, f.database_indexed, f.database_partitioned, f.last_analyzed,
       f.entity_id, f.created_at, f.updated_at, d.id, d.name, d.type, d.human_readable_field_id,
       t.name, t.schema, t.db_id
  from metabase_field f
  join metabase_table t on t.id = f.table_id
  left join dimension d on d.field_id = f.id
 where f.id = $1;

-- name: field_find_by_key
select id, base_type
  from metabase_field
 where table_id = $1
   and coalesce(parent_id, 0) = coalesce(cast($2 as bigint), 0)
   and name = $3;

-- name: field_create
insert into metabase_field
      (table_id, name, parent_id, display_name, description, base_type, effective_type,
       database_type, semantic_type, position, database_position, nfc_path, database_required,
       database_is_pk, database_is_nullable, database_default, database_is_generated,
       database_is_auto_increment, database_indexed, database_partitioned, entity_id, created_at,
       updated_at, visibility_type)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $22, coalesce(cast($23 as text), 'normal'))
returning id;

-- name: field_seen
update metabase_field
   set description = coalesce(nullif(description, ''), $2), database_type = $3,
       database_position = $4, nfc_path = $5, database_required = $6, database_is_pk = $7,
       database_is_nullable = $8, database_default = $9, database_is_generated = $10,
       database_is_auto_increment = $11, database_indexed = $12, database_partitioned = $13,
       active = true, updated_at = case when active then updated_at else $14 end
 where id = $1;

-- name: field_change_type
update metabase_field
   set base_type = $2, effective_type = $2, coercion_strategy = null, fingerprint = null,
       fingerprint_version = 0, last_analyzed = null, updated_at = $3
 where id = $1;

-- name: field_update
update metabase_field
   set display_name = $2, description = $3, caveats = $4, points_of_interest = $5,
       effective_type = $6, semantic_type = $7, coercion_strategy = $8, fk_target_field_id = $9,
       visibility_type = $10, has_field_values = $11, nfc_path = $12, json_unfolding = $13,
       settings = $14, preview_display = $15, updated_at = $16
 where id = $1
returning id;

-- name: table_set_upload
update metabase_table
   set is_upload = true, updated_at = $2
 where id = $1
returning id;

-- name: field_retire
update metabase_field
   set active = false, updated_at = $2
 where id = $1
returning id;

-- name: field_set_target
update metabase_field
   set semantic_type = 'type/FK', fk_target_field_id = $2, updated_at = $3
 where id = $1
   and (fk_target_field_id is null or fk_target_field_id <> $2)
returning id;

-- name: field_set_fingerprint
update metabase_field
   set fingerprint = coalesce(cast($2 as text), fingerprint), fingerprint_version = $3,
       semantic_type = coalesce(cast($4 as text), semantic_type),
       has_field_values = coalesce(cast($5 as text), has_field_values),
       last_analyzed = $6
 where id = $1
returning id;

-- name: field_set_custom_position
update metabase_field
   set custom_position = $3
 where id = $2
   and table_id = $1
returning id;

-- name: field_use_custom_order
update metabase_table
   set field_order = 'custom', updated_at = $2
 where id = $1
returning id;

-- name: dimension_put
insert into dimension (field_id, type, name, human_readable_field_id, created_at, updated_at,
                       entity_id)
values ($1, $2, $3, $4, $5, $5, $6)
on conflict (field_id) do update
   set type = excluded.type, name = excluded.name,
       human_readable_field_id = excluded.human_readable_field_id,
       updated_at = excluded.updated_at;

-- name: dimension_delete
delete from dimension
 where field_id = $1;

-- name: field_values_find
select field_id, "values", human_readable_values, has_more_values, last_used_at, updated_at
  from metabase_fieldvalues
 where field_id = $1;

-- name: field_values_put
insert into metabase_fieldvalues (field_id, "values", human_readable_values, has_more_values,
                                  last_used_at, created_at, updated_at)
values ($1, $2, $3, $4, $5, $5, $5)
on conflict (field_id) do update
   set "values" = excluded."values",
       human_readable_values = coalesce(excluded.human_readable_values,
                                        metabase_fieldvalues.human_readable_values),
       has_more_values = excluded.has_more_values, updated_at = excluded.updated_at;

-- name: field_values_delete
delete from metabase_fieldvalues
 where field_id = $1;

-- name: field_values_clear
delete from metabase_fieldvalues
 where field_id in (select id from metabase_field where table_id = $1);

-- name: database_list
select id, name, engine, details, description, caveats, points_of_interest, timezone, dbms_version,
       settings, is_full_sync, is_on_demand, is_sample, is_audit, is_attached_dwh,
       auto_run_queries, refingerprint, cache_ttl, metadata_sync_schedule,
       cache_field_values_schedule, initial_sync_status, creator_id, provider_name,
       uploads_enabled, uploads_schema_name, uploads_table_prefix, router_database_id,
       router_user_attribute, entity_id, created_at, updated_at
  from metabase_database
 order by lower(name), id;

-- name: database_find
select id, name, engine, details, description, caveats, points_of_interest, timezone, dbms_version,
       settings, is_full_sync, is_on_demand, is_sample, is_audit, is_attached_dwh,
       auto_run_queries, refingerprint, cache_ttl, metadata_sync_schedule,
       cache_field_values_schedule, initial_sync_status, creator_id, provider_name,
       uploads_enabled, uploads_schema_name, uploads_table_prefix, router_database_id,
       router_user_attribute, entity_id, created_at, updated_at
  from metabase_database
 where id = $1;

-- name: database_create
insert into metabase_database
      (name, engine, details, description, caveats, points_of_interest, timezone, dbms_version,
       settings, is_full_sync, is_on_demand, is_sample, is_audit, is_attached_dwh,
       auto_run_queries, refingerprint, cache_ttl, metadata_sync_schedule,
       cache_field_values_schedule, initial_sync_status, creator_id, provider_name,
       uploads_enabled, uploads_schema_name, uploads_table_prefix, router_database_id,
       router_user_attribute, entity_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25, $26, $27, $28, $29, $29)
returning id;

-- name: database_update
update metabase_database
   set name = $1, engine = $2, details = $3, description = $4, caveats = $5,
       points_of_interest = $6, timezone = $7, dbms_version = $8, settings = $9,
       is_full_sync = $10, is_on_demand = $11, is_sample = $12, is_audit = $13,
       is_attached_dwh = $14, auto_run_queries = $15, refingerprint = $16, cache_ttl = $17,
       metadata_sync_schedule = $18, cache_field_values_schedule = $19,
       initial_sync_status = $20, creator_id = $21, provider_name = $22, uploads_enabled = $23,
       uploads_schema_name = $24, uploads_table_prefix = $25, router_database_id = $26,
       router_user_attribute = $27, updated_at = $28
 where id = $29
returning id;

-- name: database_delete
delete from metabase_database
 where id = $1
returning id;

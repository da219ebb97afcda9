-- name: clickhouse_tables
-- Tables and views of the connected database; those that only feed others are left out.
select null, name, engine in ('View', 'MaterializedView', 'LiveView', 'WindowView'),
       total_rows, nullIf(comment, '')
  from system.tables
 where database = currentDatabase() and not is_temporary and name not like '.inner%'
 order by name;

-- name: clickhouse_columns
-- The key of a table sorts it and is not unique: it counts as index, not as primary key.
select null, table, name, type, type, type like '%Nullable(%', nullIf(default_expression, ''),
       default_kind in ('MATERIALIZED', 'ALIAS'), false, false, is_in_sorting_key,
       nullIf(comment, '')
  from system.columns
 where database = currentDatabase()
 order by table, position;

-- name: clickhouse_facts
-- What a user may do is asked apart: those who may only read cannot see system.grants.
select version(), serverTimezone(), false;

-- name: clickhouse_grants
show grants;

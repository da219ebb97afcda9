-- name: trino_tables
-- Of the schema of the connection, or of all when it names none.
select table_schema, table_name, table_type = 'VIEW', null, null
  from information_schema.tables
 where table_schema <> 'information_schema'
   and (current_schema is null or table_schema = current_schema)
 order by table_schema, table_name;

-- name: trino_columns
select table_schema, table_name, column_name, data_type, data_type, is_nullable = 'YES',
       column_default, false, false, false, false, null
  from information_schema.columns
 where table_schema <> 'information_schema'
   and (current_schema is null or table_schema = current_schema)
 order by table_schema, table_name, ordinal_position;

-- name: trino_facts
-- What the user may write is known to each connector alone.
select version(), current_timezone(), false;

-- name: trino_greeting
-- Fails without the catalog; no row without the schema.
select count(*)
  from information_schema.schemata
 where schema_name = coalesce(current_schema, 'information_schema');

-- name: duckdb_tables
select schema_name, table_name, false, estimated_size, comment
  from duckdb_tables()
 where not internal and not temporary and database_name = current_database()
union all
select schema_name, view_name, true, null, comment
  from duckdb_views()
 where not internal and not temporary and database_name = current_database()
 order by 1, 2;

-- name: duckdb_columns
select c.schema_name, c.table_name, c.column_name, c.data_type,
       regexp_extract(c.data_type, '^([A-Za-z ]+[0-9]*)', 1)
         || case when c.data_type like '%]' then '[]' else '' end,
       c.is_nullable, c.column_default, false, c.column_default like 'nextval(%',
       exists (select 1
                 from duckdb_constraints() k
                where k.table_oid = c.table_oid and k.constraint_type = 'PRIMARY KEY'
                  and list_contains(k.constraint_column_names, c.column_name)),
       exists (select 1
                 from duckdb_constraints() k
                where k.table_oid = c.table_oid and k.constraint_type in ('PRIMARY KEY', 'UNIQUE')
                  and k.constraint_column_names[1] = c.column_name),
       c.comment
  from duckdb_columns() c
 where not c.internal and c.database_name = current_database()
 order by 1, 2, c.column_index;

-- name: duckdb_keys
-- Foreign keys of one column; those of several point to no single field.
select k.schema_name, k.table_name, k.constraint_column_names[1], k.schema_name,
       k.referenced_table, k.referenced_column_names[1]
  from duckdb_constraints() k
 where k.constraint_type = 'FOREIGN KEY' and len(k.constraint_column_names) = 1
   and k.database_name = current_database();

-- name: duckdb_facts
select version(), null, false;

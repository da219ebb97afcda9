-- name: mysql_tables
-- The tables and views of the connected database that the user may read.
select null, t.table_name, t.table_type like '%VIEW%', t.table_rows,
       case when t.table_comment in ('', 'VIEW') then null else t.table_comment end
  from information_schema.tables t
 where t.table_schema = database()
   and t.table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
 order by t.table_name;

-- name: mysql_columns
-- A tinyint of one digit is how a boolean is declared.
select null, c.table_name, c.column_name, c.column_type,
       case when c.column_type like 'tinyint(1)%' then 'boolean'
            when c.column_type = 'bit(1)' then 'boolean'
            when c.column_type like 'bigint%unsigned%' then 'decimal'
            else c.data_type end,
       c.is_nullable = 'YES', nullif(c.column_default, 'NULL'),
       c.extra like '%GENERATED%' and c.extra not like '%DEFAULT_GENERATED%',
       c.extra like '%auto_increment%', c.column_key = 'PRI', c.column_key <> '',
       nullif(c.column_comment, '')
  from information_schema.columns c
 where c.table_schema = database()
 order by c.table_name, c.ordinal_position;

-- name: mysql_keys
-- Foreign keys of one column within this database; those of several point to no single field.
select null, k.table_name, k.column_name, null, k.referenced_table_name, k.referenced_column_name
  from information_schema.key_column_usage k
 where k.table_schema = database()
   and k.referenced_table_schema = database()
   and not exists (select 1
                     from information_schema.key_column_usage o
                    where o.constraint_schema = k.constraint_schema
                      and o.constraint_name = k.constraint_name
                      and o.table_name = k.table_name
                      and o.ordinal_position > 1);

-- name: mysql_facts
select version(),
       case @@global.time_zone when 'SYSTEM' then @@global.system_time_zone
            else @@global.time_zone end,
       exists (select 1 from information_schema.user_privileges
                where privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER')
                  and replace(grantee, '''', '') = current_user())
       or exists (select 1 from information_schema.schema_privileges
                   where privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'ALTER')
                     and replace(grantee, '''', '') = current_user())
       or exists (select 1 from information_schema.table_privileges
                   where privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'DROP', 'ALTER')
                     and table_schema = database()
                     and replace(grantee, '''', '') = current_user());

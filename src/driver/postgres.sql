-- name: postgres_tables
-- Tables, views, materialised views, partitioned and foreign tables that the role may read; the
-- parts of a partitioned table are left out.
select n.nspname::text, c.relname::text, c.relkind in ('v', 'm'), c.reltuples::bigint,
       obj_description(c.oid, 'pg_class')
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'v', 'm', 'p', 'f')
   and not c.relispartition
   and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%' and n.nspname not like 'pg\_temp\_%'
   and has_schema_privilege(n.oid, 'usage')
   and has_any_column_privilege(c.oid, 'select')
 order by 1, 2;

-- name: postgres_columns
-- Domains count as what they are made of.
select n.nspname::text, c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
       case when t.typcategory = 'A' then 'array'
            when coalesce(b.typtype, t.typtype) = 'e' then 'enum'
            else coalesce(b.typname, t.typname)::text end,
       not a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
       a.attgenerated <> '', a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%',
       exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary
                  and a.attnum = any (i.indkey)),
       exists (select from pg_index i where i.indrelid = a.attrelid and i.indkey[0] = a.attnum),
       col_description(a.attrelid, a.attnum)
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_type b on b.oid = t.typbasetype
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where a.attnum > 0 and not a.attisdropped
   and c.relkind in ('r', 'v', 'm', 'p', 'f')
   and not c.relispartition
   and n.nspname not in ('pg_catalog', 'information_schema')
   and n.nspname not like 'pg\_toast%' and n.nspname not like 'pg\_temp\_%'
   and has_schema_privilege(n.oid, 'usage')
   and has_column_privilege(c.oid, a.attnum, 'select')
 order by n.nspname, c.relname, a.attnum;

-- name: postgres_keys
-- Foreign keys of one column; those of several point to no single field.
select s.nspname::text, o.relname::text, a.attname::text, n.nspname::text, c.relname::text,
       f.attname::text
  from pg_constraint k
  join pg_class o on o.oid = k.conrelid
  join pg_namespace s on s.oid = o.relnamespace
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
  join pg_class c on c.oid = k.confrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute f on f.attrelid = k.confrelid and f.attnum = k.confkey[1]
 where k.contype = 'f' and cardinality(k.conkey) = 1;

-- name: postgres_facts
-- The zone is that of the server, not the one this session was given.
select current_setting('server_version'),
       (select reset_val from pg_settings where name = 'TimeZone'),
       exists (select
                 from pg_class c
                 join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'v', 'p', 'f')
                  and n.nspname not in ('pg_catalog', 'information_schema')
                  and n.nspname not like 'pg\_toast%' and n.nspname not like 'pg\_temp\_%'
                  and has_schema_privilege(n.oid, 'usage')
                  and has_table_privilege(c.oid, 'insert, update, delete, truncate'));

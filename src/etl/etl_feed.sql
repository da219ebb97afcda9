-- What a feed asks of the target.

-- name: feed_strangers
-- $1 the schema. Its tables, with their columns' names: those of others are found by the caller.
select c.relname::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by c.relname;

-- name: feed_differences
-- $1 schema that is served, $2 schema that was built, $3 table. Columns that are not alike.
with served as (
  select a.attname, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relname = $3
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = $1
   where a.attnum > 0 and not a.attisdropped
), built as (
  select a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnum
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relname = $3
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = $2
   where a.attnum > 0 and not a.attisdropped
)
select coalesce(b.attname, s.attname)::text, s.type, b.type
  from served s
  full join built b on b.attname = s.attname
 where s.type is distinct from b.type
 order by b.attnum;

-- name: feed_keys
-- $1 schema, $2 table. Its primary key.
select k.conname::text, pg_get_constraintdef(k.oid)
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid and c.relname = $2
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = $1
 where k.contype = 'p';

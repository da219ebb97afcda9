-- What a feed asks of the target.

-- name: feed_strangers
-- $1 the schema. Its tables, with their columns' names: those of others are found by the caller.
select c.relname::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by c.relname;

-- name: feed_filled
-- $1 schema, $2 feed. Tables that are its own: those of its last good run, and those that had to stay
-- then, as far as they are there.
with last as (
  select r.report
    from vigie_etl.run r
   where r.schema_name = $1 and r.app = $2 and r.state = 'done'
   order by r.id desc
   limit 1
), own as (
  select t.entry ->> 'table' as name
    from last cross join lateral jsonb_array_elements(last.report -> 'tables') as t (entry)
  union
  select f.name
    from last cross join lateral jsonb_array_elements_text(last.report -> 'forgotten') as f (name)
)
select own.name
  from own
  join pg_class c on c.relname = own.name and c.relkind = 'r'
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = $1
 order by 1;

-- name: feed_rights
-- $1 schema. Rights on it and on what is made in it later: maker (null: on the schema), kind of
-- object, who has it (null: everybody), privilege, with grant option, may the role change it.
with acl as (
  select null::text as maker, 'n' as kind, a.grantee, a.privilege_type, a.is_grantable, true as ours
    from pg_namespace n, aclexplode(n.nspacl) a
   where n.nspname = $1 and a.grantee <> n.nspowner
  union all
  select m.rolname::text, d.defaclobjtype::text, a.grantee, a.privilege_type, a.is_grantable,
         pg_has_role(m.oid, 'USAGE')
    from pg_default_acl d
    join pg_namespace n on n.oid = d.defaclnamespace
    join pg_roles m on m.oid = d.defaclrole,
         aclexplode(d.defaclacl) a
   where n.nspname = $1
)
select acl.maker, acl.kind, g.rolname::text, acl.privilege_type, acl.is_grantable, acl.ours
  from acl
  left join pg_roles g on g.oid = acl.grantee
 order by 1 nulls first, 2, 3, 4;

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

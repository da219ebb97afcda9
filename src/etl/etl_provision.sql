-- What provisioning looks at.

-- name: provision_look
-- $1 schema, $2 owner, $3 reader: what is there, and what the connected role may do.
select me.rolname::text, me.rolsuper, me.rolsuper or me.rolcreaterole, current_database()::text,
       has_database_privilege(me.oid, current_database(), 'CREATE'),
       o.oid is not null, coalesce(pg_has_role(me.oid, o.oid, 'USAGE'), false),
       coalesce(has_database_privilege(o.oid, current_database(), 'CONNECT'), false),
       coalesce(has_database_privilege(o.oid, current_database(), 'CREATE'), false),
       r.oid is not null,
       coalesce(has_database_privilege(r.oid, current_database(), 'CONNECT'), false),
       coalesce(r.rolsuper or pg_has_role(r.oid, o.oid, 'USAGE')
                or has_schema_privilege(r.oid, n.oid, 'CREATE'), false),
       case when n.oid is not null then s.rolname::text end,
       coalesce(pg_has_role(me.oid, n.nspowner, 'USAGE'), false),
       coalesce(has_schema_privilege(r.oid, n.oid, 'USAGE'), false),
       exists (select
                 from pg_default_acl d, aclexplode(d.defaclacl) a
                where d.defaclrole = o.oid and d.defaclnamespace = n.oid
                  and d.defaclobjtype = 'r' and a.grantee = r.oid
                  and a.privilege_type = 'SELECT')
  from pg_roles me
  left join pg_roles o on o.rolname = $2
  left join pg_roles r on r.rolname = $3
  left join pg_namespace n on n.nspname = $1
  left join pg_roles s on s.oid = n.nspowner
 where me.rolname = current_user;

-- name: provision_tables
-- $1 schema, $2 reader. Present tables, and whether the reader may read and write each.
select c.relname::text, w.rolname::text, pg_has_role(c.relowner, 'USAGE'),
       coalesce(has_table_privilege(r.oid, c.oid, 'SELECT'), false),
       coalesce(has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'), false)
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_roles w on w.oid = c.relowner
  left join pg_roles r on r.rolname = $2
 where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by c.relname;

-- name: provision_outside
-- $1 schema. What outside of it would fall with it: views, foreign keys, extensions that live there.
select 'view ' || vn.nspname || '.' || v.relname
  from pg_namespace n
  join pg_class t on t.relnamespace = n.oid
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
                  and d.classid = 'pg_rewrite'::regclass
  join pg_rewrite w on w.oid = d.objid
  join pg_class v on v.oid = w.ev_class and v.relnamespace <> n.oid
  join pg_namespace vn on vn.oid = v.relnamespace
 where n.nspname = $1
union
select 'foreign key ' || k.conname || ' of ' || vn.nspname || '.' || c.relname
  from pg_namespace n
  join pg_class t on t.relnamespace = n.oid
  join pg_constraint k on k.confrelid = t.oid
  join pg_class c on c.oid = k.conrelid and c.relnamespace <> n.oid
  join pg_namespace vn on vn.oid = c.relnamespace
 where n.nspname = $1
union
select 'extension ' || e.extname
  from pg_namespace n
  join pg_extension e on e.extnamespace = n.oid
 where n.nspname = $1
 order by 1;

-- What a run asks of the target.

-- name: etl_target_rights
-- $1 the schema. May the role create schemas, and replace the one that is there?
select has_database_privilege(current_database(), 'CREATE'),
       coalesce((select pg_has_role(n.nspowner, 'USAGE') from pg_namespace n where n.nspname = $1), true),
       (select r.rolname::text from pg_namespace n join pg_roles r on r.oid = n.nspowner where n.nspname = $1);

-- name: etl_target_has_role
select exists (select from pg_roles where rolname = $1);

-- name: etl_target_has_collation
select exists (select from pg_collation
                where collnamespace = 'pg_catalog'::regnamespace and collname = $1
                  and collencoding in (-1, (select encoding from pg_database where datname = current_database())));

-- name: etl_target_same_database
-- $1 the name of the application that the source's session took: is it a session of this database?
select exists (select from pg_stat_activity where application_name = $1 and datname = current_database());

-- name: etl_target_stop_others
-- Sessions of a run that died: $1 their application name.
select count(pg_terminate_backend(pid))
  from pg_stat_activity
 where application_name = $1 and usename = current_user and datname = current_database()
   and pid <> pg_backend_pid();

-- name: etl_target_tables
-- $1 the schema. What is locked before it is replaced.
select c.relname::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relkind in ('r', 'p', 'v') and pg_has_role(c.relowner, 'USAGE')
 order by c.oid;

-- name: etl_target_blockers
-- $1 the schema. Who holds a lock on one of its tables.
select distinct a.pid::int8, coalesce(a.usename::text, ''), coalesce(a.application_name, ''), coalesce(a.state, ''),
       coalesce(extract(epoch from now() - a.xact_start)::int8, 0)
  from pg_locks l
  join pg_class c on c.oid = l.relation
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_activity a on a.pid = l.pid
 where n.nspname = $1 and l.granted and l.pid <> pg_backend_pid()
   and l.database = (select oid from pg_database where datname = current_database())
 limit 5;

-- name: etl_target_views
-- $1 the schema. Views of other schemas on its tables, nearest first.
with found as (
  select v.oid
    from pg_class t
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = $1
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid
                    and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite r on r.oid = d.objid
    join pg_class v on v.oid = r.ev_class and v.relnamespace <> t.relnamespace
)
select n.nspname::text, v.relname::text, v.relkind::text, pg_get_viewdef(v.oid),
       pg_has_role(v.relowner, 'USAGE')
  from (select distinct oid from found) f
  join pg_class v on v.oid = f.oid
  join pg_namespace n on n.oid = v.relnamespace
 order by v.oid;

-- name: etl_history_setup
begin;
select pg_advisory_xact_lock(8391170921273454437);
create schema if not exists vigie_etl;
create table if not exists vigie_etl.run (
  id bigint generated always as identity primary key,
  app text not null,
  schema_name text not null,
  state text not null check (state in ('running', 'done', 'failed', 'interrupted')),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  tables bigint,
  rows bigint,
  bytes bigint,
  message text,
  report jsonb
);
comment on table vigie_etl.run is 'The runs of vigie etl: no value of the data is here';
commit;

-- name: etl_history_interrupt
update vigie_etl.run set state = 'interrupted', ended_at = now(), message = 'the run was ended from outside'
 where schema_name = $1 and state = 'running';

-- name: etl_history_begin
insert into vigie_etl.run (app, schema_name, state) values ($1, $2, 'running') returning id;

-- name: etl_history_end
-- $1 id, $2 state, $3 tables, $4 rows, $5 bytes, $6 message, $7 report
update vigie_etl.run
   set state = $2, ended_at = clock_timestamp(), tables = $3::int8, rows = $4::int8, bytes = $5::int8,
       message = $6, report = $7::jsonb
 where id = $1::int8;

-- name: etl_history_list
-- $1 the schema
select id, app, state, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       extract(epoch from coalesce(ended_at, now()) - started_at)::float8,
       coalesce(tables, 0), coalesce(rows, 0), coalesce(bytes, 0), coalesce(message, '')
  from vigie_etl.run
 where schema_name = $1
 order by id desc
 limit 10;

-- name: etl_target_schema_state
-- $1 the schema. Tables and bytes of a schema, null when it is not there.
select n.nspname::text, count(c.oid), coalesce(sum(pg_total_relation_size(c.oid)), 0)::int8
  from pg_namespace n
  left join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
 where n.nspname = $1
 group by n.nspname;

-- name: etl_history_exists
select to_regclass('vigie_etl.run') is not null;

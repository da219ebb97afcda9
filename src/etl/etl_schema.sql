-- The catalog of the source, read in the snapshot that the rows are read in.

-- name: etl_tables
-- $1 schemas as a JSON array of text
select c.oid::int8, n.nspname::text, c.relname::text, c.relkind::text,
       greatest(c.reltuples, 0)::int8,
       case when c.relkind = 'r'
            then pg_relation_size(c.oid, 'main') / current_setting('block_size')::int8
            else 0 end,
       obj_description(c.oid, 'pg_class'),
       has_schema_privilege(n.oid, 'USAGE')
       and (has_table_privilege(c.oid, 'SELECT')
            or not exists (select from pg_attribute a
                            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                              and not has_column_privilege(c.oid, a.attnum, 'SELECT'))),
       case when has_table_privilege(c.oid, 'SELECT') then row_security_active(c.oid) else false end,
       exists (select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in (select json_array_elements_text($1::json))
   and c.relkind in ('r', 'p') and not c.relispartition
 order by array_position(array(select json_array_elements_text($1::json)), n.nspname::text), c.relname;

-- name: etl_leaves
-- The relations that hold the rows of a partitioned table: $1 its oid.
select n.nspname::text, c.relname::text, greatest(c.reltuples, 0)::int8,
       case when c.relkind = 'r'
            then pg_relation_size(c.oid, 'main') / current_setting('block_size')::int8
            else 0 end
  from pg_partition_tree($1::oid::regclass) t
  join pg_class c on c.oid = t.relid
  join pg_namespace n on n.oid = c.relnamespace
 where t.isleaf
 order by c.oid;

-- name: etl_columns
-- $1 the oid of the table. Domains are followed to their base; what only the source knows is text.
with recursive chain as (
  select a.attnum, a.atttypid as typid, a.atttypmod as typmod
    from pg_attribute a
   where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
  union all
  select c.attnum, t.typbasetype, case when c.typmod = -1 then t.typtypmod else c.typmod end
    from chain c join pg_type t on t.oid = c.typid
   where t.typtype = 'd'
)
select a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '',
       case when a.attidentity <> '' then 'identity'
            when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
       col_description(a.attrelid, a.attnum),
       exists (select from pg_index i
                where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey)),
       exists (select from pg_constraint f
                where f.conrelid = a.attrelid and f.contype = 'f' and f.conkey = array[a.attnum]),
       case when not known.builtin then '' else b.typname::text end,
       case when array_of.oid is not null
            then coalesce(case when known_element.builtin then element_array.typname::text end, '_text')
            when known.builtin then b.typname::text
            else 'text' end,
       c.typmod,
       case when a.attgenerated = '' then '[]'::json
            else (select coalesce(json_agg(distinct o.attname), '[]')
                    from pg_depend p
                    join pg_attribute o on o.attrelid = p.refobjid and o.attnum = p.refobjsubid
                   where p.refclassid = 'pg_class'::regclass and p.refobjid = a.attrelid
                     and p.refobjsubid > 0 and p.refobjsubid <> a.attnum
                     and ((p.classid = 'pg_attrdef'::regclass and p.objid = d.oid)
                          or (p.classid = 'pg_class'::regclass and p.objid = a.attrelid
                              and p.objsubid = a.attnum))) end,
       a.atttypid <> b.oid or not known.builtin or array_of.oid is not null,
       o.nspname::text, o.collname::text
  from pg_attribute a
  join chain c on c.attnum = a.attnum
  join pg_type b on b.oid = c.typid and b.typtype <> 'd'
  left join pg_type array_of on b.typcategory = 'A' and array_of.oid = b.typelem and array_of.typarray = b.oid
  left join pg_type element on element.oid = case when array_of.typtype = 'd' then array_of.typbasetype else array_of.oid end
  left join pg_type element_array on element_array.oid = element.typarray
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join lateral (
    select n.nspname, l.collname
      from pg_collation l join pg_namespace n on n.oid = l.collnamespace
     where l.oid = a.attcollation and a.attcollation <> b.typcollation) o on true
  cross join lateral (
    select b.typnamespace = 'pg_catalog'::regnamespace and b.typtype in ('b', 'r', 'm')
           and b.typsend <> 0 and b.typname !~ '^_?reg' and b.typcategory <> 'P' as builtin) known
  cross join lateral (
    select element.typnamespace = 'pg_catalog'::regnamespace and element.typtype in ('b', 'r', 'm')
           and element.typsend <> 0 and element.typname !~ '^reg' as builtin) known_element
 where a.attrelid = $1::oid
 order by a.attnum;

-- name: etl_indexes
-- $1 the oid of the table. The tail is what follows the name of the table in the definition, or the
-- whole of an exclusion constraint. The target has no enum: their values are compared as text.
with enums as (
  select '::(' || string_agg(regexp_replace(format_type(oid, null), '([].\\[^$*+?(){}|])', '\\\1', 'g'), '|')
         || ')(?![a-zA-Z0-9_"$])' as pattern
    from pg_type
   where typtype = 'e'
)
select c.relname::text, i.indisunique, i.indisprimary,
       coalesce(k.contype::text, ''),
       case when e.pattern is null then l.tail
            else regexp_replace(l.tail, e.pattern, '::pg_catalog.text', 'g') end,
       (select coalesce(json_agg(a.attname order by a.attnum), '[]')
          from pg_attribute a
         where a.attrelid = i.indrelid and a.attnum > 0
           and (a.attnum = any (i.indkey)
                or exists (select from pg_depend d
                            where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                              and d.refclassid = 'pg_class'::regclass and d.refobjid = i.indrelid
                              and d.refobjsubid = a.attnum))),
       (select coalesce(json_agg(a.attname order by k.at), '[]')
          from unnest(i.indkey::int2[]) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where k.at <= i.indnkeyatts),
       0 = any (i.indkey) or i.indpred is not null,
       e.pattern is not null and l.tail ~ e.pattern and i.indisunique and l.tail ~ ' (<|>|<=|>=) '
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
  cross join enums e
  cross join lateral (
    select case when k.contype = 'x' then pg_get_constraintdef(k.oid)
                else substr(pg_get_indexdef(i.indexrelid),
                            length(format('CREATE %sINDEX %I ON %s%I.%I ',
                                          case when i.indisunique then 'UNIQUE ' else '' end, c.relname,
                                          case when t.relkind = 'p' then 'ONLY ' else '' end,
                                          n.nspname, t.relname)) + 1) end as tail) l
 where i.indrelid = $1::oid and i.indisvalid
 order by i.indisprimary desc, c.relname;

-- name: etl_foreign_keys
-- $1 the oid of the table
select f.conname::text, n.nspname::text, r.relname::text,
       (select json_agg(a.attname order by k.at)
          from unnest(f.conkey) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
       (select json_agg(a.attname order by k.at)
          from unnest(f.confkey) with ordinality as k (attnum, at)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)
  from pg_constraint f
  join pg_class r on r.oid = f.confrelid
  join pg_namespace n on n.oid = r.relnamespace
 where f.conrelid = $1::oid and f.contype = 'f' and f.conparentid = 0
 order by f.conname;

-- name: etl_others
-- What is in the source and is not copied: $1 the schemas that are.
select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'foreign table' end,
       n.nspname::text, c.relname::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname in (select json_array_elements_text($1::json)) and c.relkind in ('v', 'm', 'f')
   and not c.relispartition
   and not exists (select from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
union all
select 'schema', n.nspname::text, count(*)::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname not in (select json_array_elements_text($1::json))
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'm', 'f')
 group by n.nspname
union all
select 'large objects', '', count(*)::text from pg_largeobject_metadata having count(*) > 0
 order by 1, 2, 3;

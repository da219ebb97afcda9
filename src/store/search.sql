-- name: search_content
-- $1 archived, $2 pattern of a word (null: any), $3 with the text of queries
select case c.type when 'model' then 'dataset' when 'metric' then 'metric' else 'card' end,
       c.id, c.name, c.description, c.archived, c.collection_id, c.collection_position,
       c.database_id, c.table_id, cast(null as text), cast(null as text), c.display,
       c.dashboard_id, c.creator_id, c.created_at, c.updated_at, c.view_count, r.user_id,
       r.timestamp, cast(null as text),
       case when cast($3 as boolean) then c.dataset_query else null end, c.vigie_search
  from report_card c
  left join revision r on r.model = 'Card' and r.model_id = c.id and r.most_recent
 where c.archived = cast($1 as boolean)
   and (cast($2 as text) is null or c.vigie_search like cast($2 as text) escape '!'
        or cast($3 as boolean))
union all
select 'dashboard', d.id, d.name, d.description, d.archived, d.collection_id,
       d.collection_position, null, null, null, null, null, null, d.creator_id, d.created_at,
       d.updated_at, d.view_count, r.user_id, r.timestamp, null, null, d.vigie_search
  from report_dashboard d
  left join revision r on r.model = 'Dashboard' and r.model_id = d.id and r.most_recent
 where d.archived = cast($1 as boolean)
   and (cast($2 as text) is null or d.vigie_search like cast($2 as text) escape '!')
union all
select 'collection', f.id, f.name, f.description, f.archived, f.id, null, null, null, null, null,
       null, null, null, f.created_at, f.created_at, 0, null, null, f.authority_level, null,
       f.vigie_search
  from collection f
 where f.archived = cast($1 as boolean)
   and f.namespace is null
   and f.type is null
   and (cast($2 as text) is null or f.vigie_search like cast($2 as text) escape '!');

-- name: search_data
select 'database', d.id, d.name, d.description, false, cast(null as bigint),
       cast(null as bigint), d.id, cast(null as bigint), cast(null as text), cast(null as text),
       cast(null as text), cast(null as bigint), d.creator_id, d.created_at, d.updated_at,
       cast(0 as bigint), cast(null as bigint), cast(null as text), cast(null as text),
       cast(null as text), cast(null as text)
  from metabase_database d
union all
select 'table', t.id, coalesce(t.display_name, t.name), t.description, false, null, null,
       t.db_id, t.id, t.name, t.schema, null, null, null, t.created_at, t.updated_at,
       t.view_count, null, null, null, null, null
  from metabase_table t
 where t.active
   and t.visibility_type is null
union all
select 'segment', s.id, s.name, s.description, s.archived, null, null, t.db_id, t.id, t.name,
       t.schema, null, null, s.creator_id, s.created_at, s.updated_at, 0, null, null, null, null,
       null
  from segment s
  join metabase_table t on t.id = s.table_id
 where not s.archived
union all
select 'measure', m.id, m.name, m.description, m.archived, null, null, t.db_id, t.id, t.name,
       t.schema, null, null, m.creator_id, m.created_at, m.updated_at, 0, null, null, null, null,
       null
  from measure m
  join metabase_table t on t.id = m.table_id
 where not m.archived;

-- name: home_list
-- $1 person; $2 failures since; $3 visits since; $4 the error of what was stopped
select 'drafts' as shelf, 'dashboard' as model, d.id as id, d.name as name,
       d.collection_id as collection_id, w.updated_at as at, 0 as visits
  from vigie_draft w
  join report_dashboard d on d.id = w.dashboard_id
 where w.editor_id = cast($1 as bigint)
   and not d.archived
union all
select 'failing', 'card', c.id, c.name, c.collection_id, e.started_at, 0
  from query_execution e
  join report_card c on c.id = e.card_id
 where c.creator_id = cast($1 as bigint)
   and not c.archived
   and e.error is not null
   and e.error <> cast($4 as text)
   and e.started_at >= cast($2 as text)
   and not exists (select 1
                     from query_execution later
                    where later.card_id = e.card_id
                      and coalesce(later.error, '') <> cast($4 as text)
                      and (later.started_at > e.started_at
                           or (later.started_at = e.started_at and later.id > e.id)))
union all
select 'published', 'dashboard', d.id, d.name, d.collection_id, coalesce(s.last_seen_at, ''),
       cast(coalesce((select sum(v.visits)
                        from vigie_visit v
                       where v.model = 'dashboard'
                         and v.model_id = d.id
                         and v.day >= cast($3 as text)), 0) as bigint)
  from report_dashboard d
  left join vigie_share s on s.model = 'dashboard' and s.model_id = d.id
 where not d.archived
   and (d.public_uuid is not null or d.enable_embedding)
union all
select 'published', 'card', c.id, c.name, c.collection_id, coalesce(s.last_seen_at, ''),
       cast(coalesce((select sum(v.visits)
                        from vigie_visit v
                       where v.model = 'card'
                         and v.model_id = c.id
                         and v.day >= cast($3 as text)), 0) as bigint)
  from report_card c
  left join vigie_share s on s.model = 'card' and s.model_id = c.id
 where not c.archived
   and (c.public_uuid is not null or c.enable_embedding)
 order by shelf, visits desc, at desc, name, id
 limit 500;

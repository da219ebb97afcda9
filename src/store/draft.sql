-- name: draft_find
select d.version, d.based_on, d.content, d.editor_id, d.updated_at
  from vigie_draft d
 where d.dashboard_id = $1;

-- name: draft_add
insert into vigie_draft (dashboard_id, version, based_on, content, editor_id, updated_at)
values ($1, $2 + 1, $3, $4, $5, $6)
on conflict (dashboard_id) do nothing
returning version;

-- name: draft_change
update vigie_draft
   set version = version + 1, based_on = $3, content = $4, editor_id = $5, updated_at = $6
 where dashboard_id = $1
   and version = $2
returning version;

-- name: draft_forget
delete from vigie_draft
 where dashboard_id = $1;

-- name: share_find
select model, model_id, expires_at, password, last_seen_at, framed_by, small_cells, tab_id
  from vigie_share
 where model = $1
   and model_id = $2;

-- name: share_list
select model, model_id, expires_at, password, last_seen_at, framed_by, small_cells, tab_id
  from vigie_share
 order by model, model_id;

-- name: share_put
insert into vigie_share (model, model_id, expires_at, password, small_cells, tab_id)
values ($1, $2, $3, $4, $5, $6)
on conflict (model, model_id)
do update set expires_at = excluded.expires_at, password = excluded.password, small_cells = excluded.small_cells,
              tab_id = excluded.tab_id;

-- name: share_seen
insert into vigie_share (model, model_id, last_seen_at, framed_by)
values ($1, $2, $3, $4)
on conflict (model, model_id)
do update set last_seen_at = excluded.last_seen_at, framed_by = excluded.framed_by;

-- name: view_recent_put
insert into recent_views (user_id, model, model_id, timestamp, context)
values ($1, $2, $3, $4, $5)
on conflict (user_id, model, model_id, context) do update
   set timestamp = excluded.timestamp;

-- name: view_log_add
insert into view_log (user_id, model, model_id, timestamp, has_access, context)
values ($1, $2, $3, $4, true, $5);

-- name: view_log_trim
delete from view_log
 where timestamp < $1;

-- name: view_recent
select model, model_id, max(timestamp) as at, 1
  from recent_views
 where user_id = $1
   and (cast($2 as text) is null or context = cast($2 as text))
 group by model, model_id
 order by at desc
 limit 100;

-- name: view_popular
select model, model_id, max(timestamp), count(*) as looks
  from view_log
 where timestamp >= $1
 group by model, model_id
 order by looks desc, model, model_id
 limit 30;

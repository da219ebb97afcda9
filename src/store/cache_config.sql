-- name: cache_config_list
-- $1 kind of thing or null, $2 its id or null
select id, model, model_id, strategy, config, refresh_automatically, invalidated_at
  from cache_config
 where (cast($1 as text) is null or model = cast($1 as text))
   and (cast($2 as bigint) is null or model_id = cast($2 as bigint))
 order by model, model_id;

-- name: cache_config_for
-- What counts for $1 card on $2 dashboard of $3 database: the first line wins.
select id, model, model_id, strategy, config, refresh_automatically, invalidated_at
  from cache_config
 where (model = 'question' and model_id = $1)
    or (model = 'dashboard' and model_id = $2)
    or (model = 'database' and model_id = $3)
    or model = 'root'
 order by case model when 'question' then 1 when 'dashboard' then 2 when 'database' then 3
                     else 4 end;

-- name: cache_config_put
insert into cache_config (model, model_id, strategy, config, refresh_automatically, invalidated_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (model, model_id)
do update set strategy = excluded.strategy, config = excluded.config,
              refresh_automatically = excluded.refresh_automatically,
              invalidated_at = excluded.invalidated_at
returning id;

-- name: cache_config_delete
delete from cache_config
 where model = $1
   and model_id = $2;

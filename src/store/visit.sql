-- name: visit_add
-- Several servers add to one line.
insert into vigie_visit (model, model_id, day, visits)
values ($1, $2, $3, $4)
on conflict (model, model_id, day)
do update set visits = vigie_visit.visits + excluded.visits;

-- name: visit_list
-- $1 model, null for any; $2 id, null for any; $3 the first day
select model, model_id, day, visits
  from vigie_visit
 where (cast($1 as text) is null or model = cast($1 as text))
   and (cast($2 as bigint) is null or model_id = cast($2 as bigint))
   and day >= $3
 order by model, model_id, day;

-- name: visit_purge
delete from vigie_visit where day < $1;

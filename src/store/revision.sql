-- name: revision_list
-- $3 only what is older than this one, null for all; $4 how many at most
select r.id, r.model, r.model_id, r.user_id, r.timestamp, r.object, r.is_reversion,
       r.is_creation, r.message, r.most_recent, u.email, u.first_name, u.last_name
  from revision r
  join core_user u on u.id = r.user_id
 where r.model = $1
   and r.model_id = $2
   and (cast($3 as bigint) is null or r.id < cast($3 as bigint))
 order by r.id desc
 limit $4;

-- name: revision_find
select r.id, r.model, r.model_id, r.user_id, r.timestamp, r.object, r.is_reversion,
       r.is_creation, r.message, r.most_recent, u.email, u.first_name, u.last_name
  from revision r
  join core_user u on u.id = r.user_id
 where r.id = $1;

-- name: revision_latest
select r.id, r.model, r.model_id, r.user_id, r.timestamp, null, r.is_reversion,
       r.is_creation, r.message, r.most_recent, u.email, u.first_name, u.last_name
  from revision r
  join core_user u on u.id = r.user_id
 where r.model = $1
   and r.most_recent;

-- name: revision_age
update revision
   set most_recent = false
 where model = $1
   and model_id = $2
   and most_recent;

-- name: revision_add
insert into revision (model, model_id, user_id, timestamp, object, is_reversion, is_creation,
                      message, most_recent)
values ($1, $2, $3, $4, $5, $6, $7, $8, true)
returning id;

-- name: revision_trim
delete from revision
 where model = $1
   and model_id = $2
   and id <= (select id
                from revision
               where model = $1
                 and model_id = $2
               order by id desc
               limit 1 offset $3);

-- name: revision_sweep
-- $1 a time; $2 how many of each stay although they are older
delete from revision
 where timestamp < $1
   and id in (select id
                from (select id, row_number() over (partition by model, model_id
                                                    order by id desc) as place
                        from revision) as placed
               where place > $2)
returning id;

-- name: revision_forget
delete from revision
 where model = $1
   and model_id = $2;

-- name: revision_list
select r.id, r.model, r.model_id, r.user_id, r.timestamp, r.object, r.is_reversion,
       r.is_creation, r.message, r.most_recent, u.email, u.first_name, u.last_name
  from revision r
  join core_user u on u.id = r.user_id
 where r.model = $1
   and r.model_id = $2
 order by r.id desc;

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
   and id not in (select id
                    from revision
                   where model = $1
                     and model_id = $2
                   order by id desc
                   limit 15);

-- name: revision_forget
delete from revision
 where model = $1
   and model_id = $2;

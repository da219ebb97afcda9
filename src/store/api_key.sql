-- name: api_key_list
select k.id, k.name, k.user_id, g.id, g.name, k.key_prefix, k.updated_by_id,
       b.first_name, b.last_name, b.email, k.created_at, k.updated_at
  from api_key k
  join core_user u on u.id = k.user_id
  join core_user b on b.id = k.updated_by_id
  left join permissions_group g
         on g.id = (select max(m.group_id)
                      from permissions_group_membership m
                     where m.user_id = k.user_id)
 order by lower(k.name), k.id;

-- name: api_key_find
-- $1 id, $2 hash: one of them
select k.id, k.name, k.user_id, g.id, g.name, k.key_prefix, k.updated_by_id,
       b.first_name, b.last_name, b.email, k.created_at, k.updated_at
  from api_key k
  join core_user u on u.id = k.user_id
  join core_user b on b.id = k.updated_by_id
  left join permissions_group g
         on g.id = (select max(m.group_id)
                      from permissions_group_membership m
                     where m.user_id = k.user_id)
 where k.id = $1 or k.key = $2;

-- name: api_key_create
insert into api_key (user_id, key, key_prefix, name, creator_id, updated_by_id, created_at,
                     updated_at)
values ($1, $2, $3, $4, $5, $5, $6, $6)
returning id;

-- name: api_key_update
update api_key
   set name = $2, updated_by_id = $3, updated_at = $4
 where id = $1
returning id;

-- name: api_key_update_user
update core_user
   set first_name = $2, is_superuser = $3, updated_at = $4
 where id = $1;

-- name: api_key_leave_groups
delete from permissions_group_membership
 where user_id = $1
   and group_id <> 1;

-- name: api_key_regenerate
update api_key
   set key = $2, key_prefix = $3, updated_by_id = $4, updated_at = $5
 where id = $1
returning id;

-- name: api_key_delete
delete from api_key
 where id = $1
returning user_id;

-- name: api_key_disable_user
update core_user
   set is_active = false, is_superuser = false, deactivated_at = $2, updated_at = $2
 where id = $1;

-- name: group_list
select g.id, g.name, g.magic_group_type, g.entity_id, g.is_tenant_group,
       (select count(*)
          from permissions_group_membership m
          join core_user u on u.id = m.user_id
         where m.group_id = g.id and u.is_active and u.type = 'personal')
  from permissions_group g
 order by lower(g.name), g.id;

-- name: group_find
select g.id, g.name, g.magic_group_type, g.entity_id, g.is_tenant_group,
       (select count(*)
          from permissions_group_membership m
          join core_user u on u.id = m.user_id
         where m.group_id = g.id and u.is_active and u.type = 'personal')
  from permissions_group g
 where g.id = $1;

-- name: group_create
insert into permissions_group (name, entity_id)
values ($1, $2)
returning id;

-- name: group_rename
update permissions_group
   set name = $2
 where id = $1
returning id;

-- name: group_delete
delete from permissions_group
 where id = $1
returning id;

-- name: group_api_keys
select count(*)
  from permissions_group_membership m
  join api_key k on k.user_id = m.user_id
 where m.group_id = $1;

-- name: membership_list
-- $1 group, $2 user: null stands for any
select m.id, m.user_id, m.group_id, m.is_group_manager, u.email, u.first_name, u.last_name
  from permissions_group_membership m
  join core_user u on u.id = m.user_id
 where u.is_active
   and u.type = 'personal'
   and (cast($1 as bigint) is null or m.group_id = cast($1 as bigint))
   and (cast($2 as bigint) is null or m.user_id = cast($2 as bigint))
 order by m.user_id, m.group_id;

-- name: membership_find
select m.id, m.user_id, m.group_id, m.is_group_manager, u.email, u.first_name, u.last_name
  from permissions_group_membership m
  join core_user u on u.id = m.user_id
 where m.id = $1;

-- name: membership_put
insert into permissions_group_membership (user_id, group_id, is_group_manager)
values ($1, $2, $3)
on conflict (user_id, group_id) do update set is_group_manager = excluded.is_group_manager;

-- name: membership_delete
delete from permissions_group_membership
 where user_id = $1
   and group_id = $2;

-- name: membership_clear
delete from permissions_group_membership
 where group_id = $1;

-- name: membership_ids
select group_id
  from permissions_group_membership
 where user_id = $1
 order by group_id;

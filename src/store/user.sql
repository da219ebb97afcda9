-- name: user_exists_any
select count(*)
  from core_user
 where type = 'personal';

-- name: user_find
select u.id, u.email, u.first_name, u.last_name, u.is_superuser, u.is_active, u.is_qbnewb,
       u.is_data_analyst, u.locale, u.sso_source, u.type, u.entity_id, u.login_attributes,
       u.jwt_attributes, u.settings, u.tenant_id, u.date_joined, u.last_login,
       (select min(h.timestamp) from login_history h where h.user_id = u.id),
       u.updated_at, u.deactivated_at
  from core_user u
 where u.id = $1;

-- name: user_find_by_email
select u.id, u.email, u.first_name, u.last_name, u.is_superuser, u.is_active, u.is_qbnewb,
       u.is_data_analyst, u.locale, u.sso_source, u.type, u.entity_id, u.login_attributes,
       u.jwt_attributes, u.settings, u.tenant_id, u.date_joined, u.last_login,
       (select min(h.timestamp) from login_history h where h.user_id = u.id),
       u.updated_at, u.deactivated_at
  from core_user u
 where u.email = $1;

-- name: user_list
-- $1 active or not, $2 pattern, $3 group: null stands for any. $4 limit, $5 offset
select u.id, u.email, u.first_name, u.last_name, u.is_superuser, u.is_active, u.is_qbnewb,
       u.is_data_analyst, u.locale, u.sso_source, u.type, u.entity_id, u.login_attributes,
       u.jwt_attributes, u.settings, u.tenant_id, u.date_joined, u.last_login,
       (select min(h.timestamp) from login_history h where h.user_id = u.id),
       u.updated_at, u.deactivated_at
  from core_user u
 where u.type = 'personal'
   and (cast($1 as boolean) is null or u.is_active = cast($1 as boolean))
   and (cast($2 as text) is null or u.vigie_search like cast($2 as text) escape '!')
   and (cast($3 as bigint) is null
        or exists (select 1
                     from permissions_group_membership m
                    where m.user_id = u.id
                      and m.group_id = cast($3 as bigint)))
 order by lower(coalesce(u.last_name, u.email)), lower(coalesce(u.first_name, '')), u.id
 limit $4 offset $5;

-- name: user_count
select count(*)
  from core_user u
 where u.type = 'personal'
   and (cast($1 as boolean) is null or u.is_active = cast($1 as boolean))
   and (cast($2 as text) is null or u.vigie_search like cast($2 as text) escape '!')
   and (cast($3 as bigint) is null
        or exists (select 1
                     from permissions_group_membership m
                    where m.user_id = u.id
                      and m.group_id = cast($3 as bigint)));

-- name: user_create
insert into core_user (email, first_name, last_name, password, is_superuser, is_data_analyst,
                       locale, sso_source, type, entity_id, login_attributes, jwt_attributes,
                       settings, tenant_id, date_joined, updated_at, vigie_search)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)
returning id;

-- name: user_update
update core_user
   set email = $2, first_name = $3, last_name = $4, is_superuser = $5, is_qbnewb = $6,
       is_data_analyst = $7, locale = $8, sso_source = $9, login_attributes = $10,
       jwt_attributes = $11, settings = $12, tenant_id = $13, updated_at = $14, vigie_search = $15
 where id = $1
returning id;

-- name: user_password
select password, password_salt
  from core_user
 where id = $1;

-- name: user_set_password
update core_user
   set password = $2, password_salt = null, updated_at = $3
 where id = $1
returning id;

-- name: user_note_login
update core_user
   set last_login = $2
 where id = $1
returning id;

-- name: user_set_active
update core_user
   set is_active = $2, deactivated_at = $3, updated_at = $4
 where id = $1
returning id;

-- name: user_set_superuser
update core_user
   set is_superuser = $2, updated_at = $3
 where id = $1
returning id;

-- name: user_other_administrators
select count(*)
  from core_user
 where is_superuser
   and is_active
   and type = 'personal'
   and id <> $1;

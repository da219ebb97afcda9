-- name: session_create
insert into core_session (id, user_id, created_at, anti_csrf_token, key_hashed, vigie_remember,
                          vigie_last_active_at, vigie_ip_address, vigie_device_description)
values ($1, $2, $3, $4, $5, $6, $3, $7, $8);

-- name: session_find
select s.id, s.user_id, s.vigie_remember, s.anti_csrf_token, s.created_at, s.vigie_last_active_at,
       s.vigie_ip_address, s.vigie_device_description
  from core_session s
  join core_user u on u.id = s.user_id
 where s.key_hashed = $1
   and u.is_active;

-- name: session_touch
update core_session
   set vigie_last_active_at = $2
 where id = $1;

-- name: session_list
select s.id, s.user_id, s.vigie_remember, s.anti_csrf_token, s.created_at, s.vigie_last_active_at,
       s.vigie_ip_address, s.vigie_device_description
  from core_session s
 where s.user_id = $1
 order by s.vigie_last_active_at desc, s.id;

-- name: session_end
delete from core_session
 where key_hashed = $1
returning id;

-- name: session_end_all
-- $1 user, $2 the session to keep: null stands for any and for none
delete from core_session
 where (cast($1 as bigint) is null or user_id = cast($1 as bigint))
   and (cast($2 as text) is null or id <> cast($2 as text))
returning id;

-- name: session_sweep
-- $1 oldest remembered, $2 oldest other, $3 oldest last request of others
delete from core_session
 where (vigie_remember and created_at < $1)
    or (not vigie_remember and (created_at < $2 or vigie_last_active_at < $3))
returning id;

-- name: login_add
insert into login_history (timestamp, user_id, session_id, device_id, device_description,
                           ip_address)
values ($1, $2, $3, $4, $5, $6);

-- name: login_list
select id, user_id, timestamp, device_id, device_description, ip_address, session_id is not null
  from login_history
 where user_id = $1
 order by timestamp desc, id desc
 limit $2;

-- name: login_knows_device
select count(*)
  from login_history
 where user_id = $1
   and device_id = $2;

-- name: token_create
insert into vigie_token (kind, user_id, token_hash, created_at, expires_at)
values ($1, $2, $3, $4, $5);

-- name: token_delete_open
delete from vigie_token
 where user_id = $1
   and (cast($2 as text) is null or kind = cast($2 as text));

-- name: token_find
select t.user_id, t.kind, t.expires_at
  from vigie_token t
  join core_user u on u.id = t.user_id
 where t.token_hash = $1
   and u.is_active;

-- name: token_use
delete from vigie_token
 where token_hash = $1
returning id;

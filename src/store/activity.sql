-- name: audit_lock
-- Holds the head of the chain until the end of the transaction, on both engines.
update vigie_audit_head
   set lines = lines
 where id = 1
returning lines, hash;

-- name: audit_add
insert into vigie_audit (id, at, actor_id, actor, action, model, model_id, details, ip_address,
                         hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: audit_move_head
update vigie_audit_head
   set lines = $1, hash = $2
 where id = 1;

-- name: audit_list
-- $1 actor, $2 action, $3 model, $4 its id, $5 before this line: null stands for any. $6 limit
select id, at, actor_id, actor, action, model, model_id, details, ip_address, hash
  from vigie_audit
 where (cast($1 as bigint) is null or actor_id = cast($1 as bigint))
   and (cast($2 as text) is null or action = cast($2 as text))
   and (cast($3 as text) is null or model = cast($3 as text))
   and (cast($4 as bigint) is null or model_id = cast($4 as bigint))
   and (cast($5 as bigint) is null or id < cast($5 as bigint))
 order by id desc
 limit $6;

-- name: audit_newest
-- $1 action, $2 model: of lines that say the same, the newest
select id, at, actor_id, actor, action, model, model_id, details, ip_address, hash
  from vigie_audit
 where id in (select max(id) from vigie_audit where action = $1 and model = $2 group by details);

-- name: audit_after
select id, at, actor_id, actor, action, model, model_id, details, ip_address, hash
  from vigie_audit
 where id > $1
 order by id
 limit 1000;

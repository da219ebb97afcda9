-- name: execution_add
insert into query_execution (hash, started_at, running_time, result_rows, native, context, error,
                             executor_id, card_id, dashboard_id, database_id, cache_hit,
                             vigie_reference)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: execution_list
-- $1 card, null for any; $2 only failures; $3 the least milliseconds; $4 reference, null for any; $5 limit
select e.id, e.hash, e.started_at, e.running_time, e.result_rows, e.native, e.context, e.error,
       e.executor_id, e.card_id, e.dashboard_id, e.database_id, e.cache_hit, e.vigie_reference,
       u.email, c.name
  from query_execution e
  left join core_user u on u.id = e.executor_id
  left join report_card c on c.id = e.card_id
 where (cast($1 as bigint) is null or e.card_id = cast($1 as bigint))
   and (not cast($2 as boolean) or e.error is not null)
   and e.running_time >= cast($3 as bigint)
   and (cast($4 as text) is null or e.vigie_reference = cast($4 as text))
 order by e.started_at desc, e.id desc
 limit $5;

-- name: execution_purge
delete from query_execution where started_at < $1;

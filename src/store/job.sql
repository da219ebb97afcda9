-- name: job_run_begin
-- Nothing when it runs already, or when this due time had its run.
insert into vigie_job_run (name, status, cause, due_at, started_at, alive_at)
values ($1, 'running', $2, $3, $4, $4)
on conflict do nothing
returning id;

-- name: job_run_missed
insert into vigie_job_run (name, status, cause, due_at, started_at, alive_at, ended_at, message)
values ($1, 'missed', 'schedule', $2, $3, $3, $3, $4)
on conflict do nothing
returning id;

-- name: job_run_alive
update vigie_job_run
   set alive_at = $2
 where id = $1;

-- name: job_run_expire
-- $1 now, $2 who was not alive since then is dead
update vigie_job_run
   set status = 'interrupted', ended_at = $1, message = 'the server or the command ended meanwhile'
 where status = 'running'
   and alive_at < $2
returning id;

-- name: job_run_end
update vigie_job_run
   set status = $2, ended_at = $3, row_count = $4, message = $5
 where id = $1
   and status = 'running';

-- name: job_run_prune
-- $1 name, $2 how many stay
delete from vigie_job_run
 where name = $1
   and status <> 'running'
   and id not in (select id from vigie_job_run where name = $1 order by id desc limit $2);

-- name: job_run_list
-- $1 name: null stands for any. $2 limit
select id, name, status, cause, due_at, started_at, ended_at, row_count, message
  from vigie_job_run
 where (cast($1 as text) is null or name = cast($1 as text))
 order by id desc
 limit $2;

-- name: lease_take
-- $1 name, $2 holder, $3 now, $4 until
insert into vigie_lease (name, holder, until)
values ($1, $2, $4)
on conflict (name) do update
   set holder = excluded.holder, until = excluded.until
 where vigie_lease.holder = excluded.holder
    or vigie_lease.until < $3
returning holder;

-- name: lease_release
delete from vigie_lease
 where name = $1
   and holder = $2;

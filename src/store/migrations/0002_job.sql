-- Runs of periodic work, and who leads when several copies of the server run.
-- compatible: yes

create table vigie_job_run (
    id {{id}},
    name text not null,
    status text not null,
    cause text not null,
    due_at text,
    started_at text not null,
    alive_at text not null,
    ended_at text,
    row_count bigint,
    message text
);
create index vigie_job_run_name on vigie_job_run (name, id);
-- What was due at one time runs once, and nothing runs twice at the same time.
create unique index vigie_job_run_due on vigie_job_run (name, due_at);
create unique index vigie_job_run_running on vigie_job_run (name) where status = 'running';

create table vigie_lease (
    name text primary key,
    holder text not null,
    until text not null
);

-- What was asked, how long it took and how it ended.
-- compatible: yes

create table query_execution (
    id {{id}},
    hash text not null,
    started_at text not null,
    running_time bigint not null,
    result_rows bigint not null,
    native boolean not null,
    context text,
    error text,
    executor_id bigint references core_user (id) on delete set null,
    card_id bigint,
    dashboard_id bigint,
    database_id bigint,
    cache_hit boolean not null default false
);
create index query_execution_started on query_execution (started_at);
create index query_execution_card on query_execution (card_id, started_at);
create index query_execution_executor on query_execution (executor_id, started_at);

-- A dashboard as somebody is changing it, before everybody sees it.
-- compatible: yes

create table vigie_draft (
    id {{id}},
    dashboard_id bigint not null references report_dashboard (id) on delete cascade,
    version bigint not null,
    based_on text not null,
    content text not null,
    editor_id bigint references core_user (id) on delete set null,
    updated_at text not null
);
create unique index vigie_draft_dashboard on vigie_draft (dashboard_id);

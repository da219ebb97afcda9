-- How often published pages were handed out, by day; nothing of who asked.
-- compatible: yes

create table vigie_visit (
    model text not null,
    model_id bigint not null,
    day text not null,
    visits bigint not null,
    primary key (model, model_id, day)
);

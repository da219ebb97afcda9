-- Values of a column of a model, found by search.
-- compatible: yes

create table model_index (
    id {{id}},
    model_id bigint not null references report_card (id) on delete cascade,
    pk_ref text not null,
    value_ref text not null,
    schedule text not null,
    state text not null,
    indexed_at text,
    error text,
    created_at text not null,
    creator_id bigint references core_user (id) on delete set null,
    vigie_question text
);
create index model_index_model on model_index (model_id);

create table model_index_value (
    model_index_id bigint not null references model_index (id) on delete cascade,
    model_pk bigint not null,
    name text not null,
    vigie_search text not null,
    primary key (model_index_id, model_pk)
);

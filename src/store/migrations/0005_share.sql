-- What an owner says of something that is published, and when it was last looked at.
-- compatible: yes

create table vigie_share (
    id {{id}},
    model text not null,
    model_id bigint not null,
    expires_at text,
    password text,
    last_seen_at text,
    framed_by text
);
create unique index vigie_share_key on vigie_share (model, model_id);

-- Outlines of regions that administrators brought, as they are shown.
-- compatible: yes

create table vigie_geo_map (
    key text primary key,
    url text not null,
    region_key text,
    region_name text,
    body text not null,
    etag text not null,
    read_at text not null
);

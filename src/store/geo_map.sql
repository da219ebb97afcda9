-- name: geo_map_list
select key, url, region_key, region_name, null, etag, read_at
  from vigie_geo_map
 order by key;

-- name: geo_map_find
select key, url, region_key, region_name, body, etag, read_at
  from vigie_geo_map
 where key = $1;

-- name: geo_map_put
insert into vigie_geo_map (key, url, region_key, region_name, body, etag, read_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (key)
do update set url = excluded.url, region_key = excluded.region_key,
              region_name = excluded.region_name, body = excluded.body, etag = excluded.etag,
              read_at = excluded.read_at;

-- name: geo_map_delete
delete from vigie_geo_map
 where key = $1;

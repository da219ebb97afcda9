-- name: snippet_list
select id, name, description, content, creator_id, archived, collection_id, entity_id,
       template_tags, created_at, updated_at
  from native_query_snippet
 where archived = $1
 order by lower(name), id;

-- name: snippet_find
select id, name, description, content, creator_id, archived, collection_id, entity_id,
       template_tags, created_at, updated_at
  from native_query_snippet
 where id = $1;

-- name: snippet_create
insert into native_query_snippet
      (name, description, content, creator_id, archived, collection_id, entity_id, template_tags,
       created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id;

-- name: snippet_update
update native_query_snippet
   set name = $2, description = $3, content = $4, archived = $5, collection_id = $6,
       template_tags = $7, updated_at = $8
 where id = $1
returning id;

-- name: segment_list
select id, name, description, creator_id, table_id, archived, definition, points_of_interest,
       caveats, show_in_getting_started, entity_id, created_at, updated_at
  from segment
 where not archived
   and (cast($1 as bigint) is null or table_id = cast($1 as bigint))
 order by lower(name), id;

-- name: segment_find
select id, name, description, creator_id, table_id, archived, definition, points_of_interest,
       caveats, show_in_getting_started, entity_id, created_at, updated_at
  from segment
 where id = $1;

-- name: segment_create
insert into segment
      (name, description, creator_id, table_id, archived, definition, points_of_interest,
       caveats, show_in_getting_started, entity_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
returning id;

-- name: segment_update
update segment
   set name = $2, description = $3, table_id = $4, archived = $5, definition = $6,
       points_of_interest = $7, caveats = $8, show_in_getting_started = $9, updated_at =
       $10
 where id = $1
returning id;

-- name: measure_list
select id, name, description, creator_id, table_id, archived, definition, entity_id, created_at,
       updated_at
  from measure
 where not archived
   and (cast($1 as bigint) is null or table_id = cast($1 as bigint))
 order by lower(name), id;

-- name: measure_find
select id, name, description, creator_id, table_id, archived, definition, entity_id, created_at,
       updated_at
  from measure
 where id = $1;

-- name: measure_create
insert into measure
      (name, description, creator_id, table_id, archived, definition, entity_id, created_at,
       updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
returning id;

-- name: measure_update
update measure
   set name = $2, description = $3, table_id = $4, archived = $5, definition = $6, updated_at =
       $7
 where id = $1
returning id;

-- name: timeline_list
select id, name, description, icon, collection_id, archived, "default", creator_id, entity_id,
       created_at, updated_at
  from timeline
 where archived = $1
 order by lower(name), id;

-- name: timeline_find
select id, name, description, icon, collection_id, archived, "default", creator_id, entity_id,
       created_at, updated_at
  from timeline
 where id = $1;

-- name: timeline_create
insert into timeline
      (name, description, icon, collection_id, archived, "default", creator_id, entity_id,
       created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id;

-- name: timeline_update
update timeline
   set name = $2, description = $3, icon = $4, collection_id = $5, archived = $6, "default" = $7,
       updated_at = $8
 where id = $1
returning id;

-- name: timeline_delete
delete from timeline
 where id = $1
returning id;

-- name: timeline_event_list
select id, timeline_id, name, description, timestamp, time_matters, timezone, icon, archived,
       creator_id, created_at, updated_at
  from timeline_event
 where timeline_id = $1
 order by timestamp, id;

-- name: timeline_event_find
select id, timeline_id, name, description, timestamp, time_matters, timezone, icon, archived,
       creator_id, created_at, updated_at
  from timeline_event
 where id = $1;

-- name: timeline_event_create
insert into timeline_event
      (timeline_id, name, description, timestamp, time_matters, timezone, icon, archived,
       creator_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
returning id;

-- name: timeline_event_update
update timeline_event
   set timeline_id = $2, name = $3, description = $4, timestamp = $5, time_matters = $6, timezone
       = $7, icon = $8, archived = $9, updated_at = $10
 where id = $1
returning id;

-- name: timeline_event_delete
delete from timeline_event
 where id = $1
returning id;


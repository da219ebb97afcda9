-- name: dashboard_list
-- $1 archived, $2 creator, $3 who bookmarked it: null stands for any. $4 public ones only, $5
-- embeddable ones only
select d.id, d.entity_id, d.name, d.description, d.parameters, d.points_of_interest, d.caveats,
       d.show_in_getting_started, d.creator_id, d.public_uuid, d.made_public_by_id,
       d.enable_embedding, d.embedding_params, d.embedding_type, d.archived,
       d.archived_directly, d.position, d.collection_id, d.collection_position,
       d.cache_ttl, d.auto_apply_filters, d.width, d.initially_published_at, d.view_count,
       d.last_viewed_at, d.created_at, d.updated_at
  from report_dashboard d
 where (cast($1 as boolean) is null or d.archived = cast($1 as boolean))
   and (cast($2 as bigint) is null or d.creator_id = cast($2 as bigint))
   and (cast($3 as bigint) is null
        or exists (select 1
                     from dashboard_bookmark b
                    where b.dashboard_id = d.id
                      and b.user_id = cast($3 as bigint)))
   and (not cast($4 as boolean) or d.public_uuid is not null)
   and (not cast($5 as boolean) or d.enable_embedding)
 order by lower(d.name), d.id;

-- name: dashboard_find
select id, entity_id, name, description, parameters, points_of_interest, caveats,
       show_in_getting_started, creator_id, public_uuid, made_public_by_id,
       enable_embedding, embedding_params, embedding_type, archived, archived_directly,
       position, collection_id, collection_position, cache_ttl, auto_apply_filters, width,
       initially_published_at, view_count, last_viewed_at, created_at, updated_at
  from report_dashboard
 where id = $1;

-- name: dashboard_find_by_uuid
select id, entity_id, name, description, parameters, points_of_interest, caveats,
       show_in_getting_started, creator_id, public_uuid, made_public_by_id,
       enable_embedding, embedding_params, embedding_type, archived, archived_directly,
       position, collection_id, collection_position, cache_ttl, auto_apply_filters, width,
       initially_published_at, view_count, last_viewed_at, created_at, updated_at
  from report_dashboard
 where public_uuid = $1;

-- name: dashboard_find_by_entity_id
select id, entity_id, name, description, parameters, points_of_interest, caveats,
       show_in_getting_started, creator_id, public_uuid, made_public_by_id,
       enable_embedding, embedding_params, embedding_type, archived, archived_directly,
       position, collection_id, collection_position, cache_ttl, auto_apply_filters, width,
       initially_published_at, view_count, last_viewed_at, created_at, updated_at
  from report_dashboard
 where entity_id = $1;

-- name: dashboard_create
insert into report_dashboard
      (entity_id, name, description, parameters, points_of_interest, caveats,
       show_in_getting_started, creator_id, public_uuid, made_public_by_id,
       enable_embedding, embedding_params, embedding_type, archived, archived_directly,
       position, collection_id, collection_position, cache_ttl, auto_apply_filters, width,
       initially_published_at, view_count, last_viewed_at, created_at, updated_at,
       vigie_search)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27)
returning id;

-- name: dashboard_update
update report_dashboard
   set name = $2, description = $3, parameters = $4, points_of_interest = $5, caveats = $6,
       show_in_getting_started = $7, public_uuid = $8, made_public_by_id = $9,
       enable_embedding = $10, embedding_params = $11, embedding_type = $12, archived =
       $13, archived_directly = $14, position = $15, collection_id = $16,
       collection_position = $17, cache_ttl = $18, auto_apply_filters = $19, width = $20,
       initially_published_at = $21, updated_at = $22, vigie_search = $23
 where id = $1
returning id;

-- name: dashboard_delete
delete from report_dashboard
 where id = $1
returning id;

-- name: dashboard_publish
update report_dashboard
   set public_uuid = $2, made_public_by_id = $3,
       initially_published_at = coalesce(initially_published_at, cast($4 as text))
 where id = $1
returning id;

-- name: dashboard_note_view
update report_dashboard
   set view_count = view_count + 1, last_viewed_at = $2
 where id = $1
returning id;

-- name: dashboard_archive_cards
update report_card
   set archived = $2
 where dashboard_id = $1
   and not archived_directly;

-- name: dashboard_move_cards
update report_card
   set collection_id = $2
 where dashboard_id = $1;

-- name: tab_list
select id, dashboard_id, name, position, entity_id, created_at, updated_at
  from dashboard_tab
 where dashboard_id = $1
 order by position, id;

-- name: tab_create
insert into dashboard_tab
      (dashboard_id, name, position, entity_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6)
returning id;

-- name: tab_update
update dashboard_tab
   set name = $2, position = $3, updated_at = $4
 where id = $1
returning id;

-- name: tab_delete
delete from dashboard_tab
 where id = $1
returning id;

-- name: dashcard_list
select id, dashboard_id, card_id, dashboard_tab_id, "row", col, size_x, size_y,
       parameter_mappings, inline_parameters, visualization_settings, action_id,
       entity_id, created_at, updated_at
  from report_dashboardcard
 where dashboard_id = $1
 order by (select position from dashboard_tab where dashboard_tab.id = dashboard_tab_id), "row", col, id;

-- name: dashcard_find
select id, dashboard_id, card_id, dashboard_tab_id, "row", col, size_x, size_y,
       parameter_mappings, inline_parameters, visualization_settings, action_id,
       entity_id, created_at, updated_at
  from report_dashboardcard
 where id = $1;

-- name: dashcard_create
insert into report_dashboardcard
      (dashboard_id, card_id, dashboard_tab_id, "row", col, size_x, size_y, parameter_mappings,
       inline_parameters, visualization_settings, action_id, entity_id, created_at,
       updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
returning id;

-- name: dashcard_update
update report_dashboardcard
   set card_id = $2, dashboard_tab_id = $3, "row" = $4, col = $5, size_x = $6, size_y = $7,
       parameter_mappings = $8, inline_parameters = $9, visualization_settings = $10,
       action_id = $11, updated_at = $12
 where id = $1
returning id;

-- name: dashcard_delete
delete from report_dashboardcard
 where id = $1
returning id;

-- name: dashcard_delete_of_card
delete from report_dashboardcard
 where card_id = $1
   and (cast($2 as bigint) is null or dashboard_id <> cast($2 as bigint));

-- name: series_list
select s.dashboardcard_id, s.card_id
  from dashboardcard_series s
  join report_dashboardcard d on d.id = s.dashboardcard_id
 where d.dashboard_id = $1
 order by s.dashboardcard_id, s.position, s.id;

-- name: series_clear
delete from dashboardcard_series
 where dashboardcard_id = $1;

-- name: series_add
insert into dashboardcard_series (dashboardcard_id, card_id, position)
values ($1, $2, $3);

-- name: parameter_value_list
select parameter_id, value
  from user_parameter_value
 where user_id = $1
   and dashboard_id = $2;

-- name: parameter_value_put
insert into user_parameter_value (user_id, dashboard_id, parameter_id, value)
values ($1, $2, $3, $4)
on conflict (user_id, dashboard_id, parameter_id) do update
   set value = excluded.value;

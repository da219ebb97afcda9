-- name: card_list
-- $1 archived, $2 creator, $3 database, $4 table, $5 source card, $6 home dashboard, $7 who
-- bookmarked it, $8 dashboard that shows it, $9 type: null stands for any. $10 public ones only,
-- $11 embeddable ones only
select c.id, c.entity_id, c.name, c.description, c.type, c.display, c.query_type,
       c.dataset_query, c.database_id, c.table_id, c.source_card_id,
       c.visualization_settings, c.parameters, c.parameter_mappings, c.result_metadata,
       c.collection_id, c.collection_position, c.dashboard_id, c.archived,
       c.archived_directly, c.cache_ttl, c.cache_invalidated_at, c.creator_id,
       c.enable_embedding, c.embedding_params, c.embedding_type, c.public_uuid,
       c.made_public_by_id, c.initially_published_at, c.collection_preview, c.view_count,
       c.last_used_at, c.card_schema, c.metabase_version, c.document_id, c.created_at,
       c.updated_at
  from report_card c
 where (cast($1 as boolean) is null or c.archived = cast($1 as boolean))
   and (cast($2 as bigint) is null or c.creator_id = cast($2 as bigint))
   and (cast($3 as bigint) is null or c.database_id = cast($3 as bigint))
   and (cast($4 as bigint) is null or c.table_id = cast($4 as bigint))
   and (cast($5 as bigint) is null or c.source_card_id = cast($5 as bigint))
   and (cast($6 as bigint) is null or c.dashboard_id = cast($6 as bigint))
   and (cast($7 as bigint) is null
        or exists (select 1
                     from card_bookmark b
                    where b.card_id = c.id
                      and b.user_id = cast($7 as bigint)))
   and (cast($8 as bigint) is null
        or exists (select 1
                     from report_dashboardcard d
                    where d.card_id = c.id
                      and d.dashboard_id = cast($8 as bigint))
        or exists (select 1
                     from dashboardcard_series s
                     join report_dashboardcard d on d.id = s.dashboardcard_id
                    where s.card_id = c.id
                      and d.dashboard_id = cast($8 as bigint)))
   and (cast($9 as text) is null or c.type = cast($9 as text))
   and (not cast($10 as boolean) or c.public_uuid is not null)
   and (not cast($11 as boolean) or c.enable_embedding)
 order by lower(c.name), c.id;

-- name: card_find
select id, entity_id, name, description, type, display, query_type, dataset_query, database_id,
       table_id, source_card_id, visualization_settings, parameters, parameter_mappings,
       result_metadata, collection_id, collection_position, dashboard_id, archived,
       archived_directly, cache_ttl, cache_invalidated_at, creator_id, enable_embedding,
       embedding_params, embedding_type, public_uuid, made_public_by_id,
       initially_published_at, collection_preview, view_count, last_used_at, card_schema,
       metabase_version, document_id, created_at, updated_at
  from report_card
 where id = $1;

-- name: card_find_by_uuid
select id, entity_id, name, description, type, display, query_type, dataset_query, database_id,
       table_id, source_card_id, visualization_settings, parameters, parameter_mappings,
       result_metadata, collection_id, collection_position, dashboard_id, archived,
       archived_directly, cache_ttl, cache_invalidated_at, creator_id, enable_embedding,
       embedding_params, embedding_type, public_uuid, made_public_by_id,
       initially_published_at, collection_preview, view_count, last_used_at, card_schema,
       metabase_version, document_id, created_at, updated_at
  from report_card
 where public_uuid = $1;

-- name: card_find_by_entity_id
select id, entity_id, name, description, type, display, query_type, dataset_query, database_id,
       table_id, source_card_id, visualization_settings, parameters, parameter_mappings,
       result_metadata, collection_id, collection_position, dashboard_id, archived,
       archived_directly, cache_ttl, cache_invalidated_at, creator_id, enable_embedding,
       embedding_params, embedding_type, public_uuid, made_public_by_id,
       initially_published_at, collection_preview, view_count, last_used_at, card_schema,
       metabase_version, document_id, created_at, updated_at
  from report_card
 where entity_id = $1;

-- name: card_create
insert into report_card
      (entity_id, name, description, type, display, query_type, dataset_query, database_id,
       table_id, source_card_id, visualization_settings, parameters, parameter_mappings,
       result_metadata, collection_id, collection_position, dashboard_id, archived,
       archived_directly, cache_ttl, cache_invalidated_at, creator_id, enable_embedding,
       embedding_params, embedding_type, public_uuid, made_public_by_id,
       initially_published_at, collection_preview, view_count, last_used_at, card_schema,
       metabase_version, document_id, created_at, updated_at, vigie_search)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,
        $37)
returning id;

-- name: card_update
update report_card
   set name = $2, description = $3, type = $4, display = $5, query_type = $6, dataset_query = $7,
       database_id = $8, table_id = $9, source_card_id = $10, visualization_settings =
       $11, parameters = $12, parameter_mappings = $13, result_metadata = $14,
       collection_id = $15, collection_position = $16, dashboard_id = $17, archived = $18,
       archived_directly = $19, cache_ttl = $20, cache_invalidated_at = $21,
       enable_embedding = $22, embedding_params = $23, embedding_type = $24, public_uuid =
       $25, made_public_by_id = $26, initially_published_at = $27, collection_preview =
       $28, card_schema = $29, metabase_version = $30, document_id = $31, updated_at =
       $32, vigie_search = $33
 where id = $1
returning id;

-- name: card_delete
delete from report_card
 where id = $1
returning id;

-- name: card_publish
update report_card
   set public_uuid = $2, made_public_by_id = $3,
       initially_published_at = coalesce(initially_published_at, cast($4 as text))
 where id = $1
returning id;

-- name: card_note_view
update report_card
   set view_count = view_count + 1, last_used_at = $2
 where id = $1
returning id;

-- name: card_set_result_metadata
update report_card
   set result_metadata = $2
 where id = $1
returning id;

-- name: card_dashboard_counts
select shown.card_id, count(*)
  from (select card_id, dashboard_id
          from report_dashboardcard
         where card_id is not null
         union
        select s.card_id, d.dashboard_id
          from dashboardcard_series s
          join report_dashboardcard d on d.id = s.dashboardcard_id) shown
 group by shown.card_id
 order by shown.card_id;

-- name: card_dashboards
select distinct d.dashboard_id
  from report_dashboardcard d
  left join dashboardcard_series s on s.dashboardcard_id = d.id
 where d.card_id = $1
    or s.card_id = $1
 order by d.dashboard_id;

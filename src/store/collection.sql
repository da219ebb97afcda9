-- name: collection_list
select id, name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at
  from collection
 order by lower(name), id;

-- name: collection_find
select id, name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at
  from collection
 where id = $1;

-- name: collection_find_by_entity_id
select id, name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at
  from collection
 where entity_id = $1;

-- name: collection_trash
select id, name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at
  from collection
 where type = 'trash';

-- name: collection_personal
select id, name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at
  from collection
 where personal_owner_id = $1;

-- name: collection_create
insert into collection
      (name, slug, description, entity_id, location, archived, archived_directly,
       archive_operation_id, personal_owner_id, namespace, authority_level, type,
       is_sample, is_remote_synced, created_at, vigie_search)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
returning id;

-- name: collection_update
update collection
   set name = $2, slug = $3, description = $4, authority_level = $5, vigie_search = $6
 where id = $1
returning id;

-- name: collection_manage
-- $1 the collection, $2 pattern of what is below, $3 whether files alone change it
update collection
   set is_remote_synced = $3
 where id = $1
    or location like $2 escape '!';

-- name: collection_move
-- $1 the collection, $2 its new location, $3 pattern of what is below, $4 its old inside, $5 the
-- new one
update collection
   set location = case when id = $1 then $2
                       else $5 || substr(location, length($4) + 1) end
 where id = $1
    or location like $3 escape '!';

-- name: collection_archive
-- $1 the collection, $2 pattern of what is below, $3 archived, $4 the act
update collection
   set archived = $3, archived_directly = case when $3 then id = $1 else null end,
       archive_operation_id = $4
 where id = $1
    or (location like $2 escape '!'
        and (archived_directly is null or not archived_directly));

-- name: collection_archive_cards
update report_card
   set archived = $2
 where not archived_directly
   and collection_id in (select c.id
                           from collection c
                          where c.id = $1
                             or (c.location like $3 escape '!'
                                 and (c.archived_directly is null or not c.archived_directly)));

-- name: collection_archive_dashboards
update report_dashboard
   set archived = $2
 where not archived_directly
   and collection_id in (select c.id
                           from collection c
                          where c.id = $1
                             or (c.location like $3 escape '!'
                                 and (c.archived_directly is null or not c.archived_directly)));

-- name: collection_delete
delete from collection
 where id = $1
    or location like $2 escape '!'
returning id;

-- name: collection_grants_copy
-- $1 the new collection, $2 and $3 what the parent is called for writing and for reading, $4 and
-- $5 what the new one is called
insert into permissions (object, group_id, perm_value, perm_type, collection_id)
select case when object = $2 then $4 else $5 end, group_id, perm_value, perm_type,
       cast($1 as bigint)
  from permissions
 where object in ($2, $3);

-- name: collection_items
-- $1 collection (null: the root), $2 namespace, $3 of the trash, $4 archived, $5 also cards that
-- live inside a dashboard
select c.id, case c.type when 'model' then 'dataset' when 'metric' then 'metric' else 'card' end,
       c.name, c.description, c.entity_id, c.collection_id, c.collection_position,
       c.collection_preview, c.display, c.database_id, c.dashboard_id, c.archived,
       cast(null as text), cast(null as bigint), cast(null as text), cast(null as text),
       c.last_used_at, c.updated_at, coalesce(r.user_id, 0), u.email, u.first_name,
       u.last_name, r.timestamp
  from report_card c
  left join revision r on r.model = 'Card' and r.model_id = c.id and r.most_recent
  left join core_user u on u.id = r.user_id
 where cast($2 as text) is null
   and (cast($5 as boolean) or c.dashboard_id is null)
   and case when cast($3 as boolean) then c.archived_directly
            else coalesce(c.collection_id, 0) = coalesce(cast($1 as bigint), 0)
                 and c.archived = cast($4 as boolean) end
union all
select d.id, 'dashboard', d.name, d.description, d.entity_id, d.collection_id,
       d.collection_position, false, null, null, null, d.archived, null, null, null, null,
       d.last_viewed_at, d.updated_at, coalesce(r.user_id, 0), u.email, u.first_name,
       u.last_name, r.timestamp
  from report_dashboard d
  left join revision r on r.model = 'Dashboard' and r.model_id = d.id and r.most_recent
  left join core_user u on u.id = r.user_id
 where cast($2 as text) is null
   and case when cast($3 as boolean) then d.archived_directly
            else coalesce(d.collection_id, 0) = coalesce(cast($1 as bigint), 0)
                 and d.archived = cast($4 as boolean) end
union all
select s.id, 'snippet', s.name, s.description, s.entity_id, s.collection_id, null, false, null,
       null, null, s.archived, null, null, null, null, null, s.updated_at, 0, null, null, null,
       null
  from native_query_snippet s
 where cast($2 as text) = 'snippets'
   and not cast($3 as boolean)
   and coalesce(s.collection_id, 0) = coalesce(cast($1 as bigint), 0)
   and s.archived = cast($4 as boolean)
union all
select t.id, 'timeline', t.name, t.description, t.entity_id, t.collection_id, null, false, null,
       null, null, t.archived, null, null, null, null, null, t.updated_at, 0, null, null, null,
       null
  from timeline t
 where cast($2 as text) is null
   and not cast($3 as boolean)
   and coalesce(t.collection_id, 0) = coalesce(cast($1 as bigint), 0)
   and t.archived = cast($4 as boolean);

-- name: collection_contents
select distinct coalesce(collection_id, 0), case type when 'model' then 'dataset'
                                                      when 'metric' then 'metric' else 'card' end
  from report_card
 where not archived
   and dashboard_id is null
union
select distinct coalesce(collection_id, 0), 'dashboard'
  from report_dashboard
 where not archived;

-- name: collection_personal_id
select id
  from collection
 where personal_owner_id = $1;

-- name: bookmark_list
select b.type, b.item_id, b.name, b.display, b.card_type, b.authority_level, b.collection_id,
       b.created_at
  from (select 'card' as type, c.id as item_id, c.name as name, c.display as display,
               c.type as card_type, cast(null as text) as authority_level,
               c.collection_id as collection_id, k.created_at as created_at, k.id as at
          from card_bookmark k
          join report_card c on c.id = k.card_id
         where k.user_id = $1
           and not c.archived
        union all
        select 'dashboard', d.id, d.name, null, null, null, d.collection_id, k.created_at, k.id
          from dashboard_bookmark k
          join report_dashboard d on d.id = k.dashboard_id
         where k.user_id = $1
           and not d.archived
        union all
        select 'collection', f.id, f.name, null, null, f.authority_level, f.id, k.created_at, k.id
          from collection_bookmark k
          join collection f on f.id = k.collection_id
         where k.user_id = $1
           and not f.archived) b
  left join bookmark_ordering o
    on o.user_id = $1
   and o.type = b.type
   and o.item_id = b.item_id
 order by coalesce(o.ordering, -1), b.created_at desc, b.at desc;

-- name: bookmark_add_card
insert into card_bookmark (user_id, card_id, created_at)
values ($1, $2, $3);

-- name: bookmark_add_dashboard
insert into dashboard_bookmark (user_id, dashboard_id, created_at)
values ($1, $2, $3);

-- name: bookmark_add_collection
insert into collection_bookmark (user_id, collection_id, created_at)
values ($1, $2, $3);

-- name: bookmark_remove_card
delete from card_bookmark
 where user_id = $1
   and card_id = $2;

-- name: bookmark_remove_dashboard
delete from dashboard_bookmark
 where user_id = $1
   and dashboard_id = $2;

-- name: bookmark_remove_collection
delete from collection_bookmark
 where user_id = $1
   and collection_id = $2;

-- name: bookmark_order_clear
delete from bookmark_ordering
 where user_id = $1;

-- name: bookmark_order_add
insert into bookmark_ordering (user_id, type, item_id, ordering)
values ($1, $2, $3, $4)
on conflict (user_id, type, item_id) do update
   set ordering = excluded.ordering;

-- name: key_value_list
select key, value
  from user_key_value
 where user_id = $1
   and namespace = $2
   and (cast($3 as text) is null or key = cast($3 as text))
   and (expires_at is null or expires_at > $4)
 order by key;

-- name: key_value_put
insert into user_key_value (user_id, namespace, key, value, created_at, updated_at, expires_at)
values ($1, $2, $3, $4, $5, $5, $6)
on conflict (user_id, namespace, key) do update
   set value = excluded.value, updated_at = excluded.updated_at,
       expires_at = excluded.expires_at;

-- name: key_value_delete
delete from user_key_value
 where user_id = $1
   and namespace = $2
   and key = $3;

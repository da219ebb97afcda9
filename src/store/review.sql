-- name: review_list
select id, moderated_item_type, moderated_item_id, moderator_id, status, text, most_recent,
       created_at, updated_at
  from moderation_review
 where moderated_item_type = $1
   and moderated_item_id = $2
 order by id desc;

-- name: review_latest
select id, moderated_item_type, moderated_item_id, moderator_id, status, text, most_recent,
       created_at, updated_at
  from moderation_review
 where most_recent
   and status is not null
 order by id;

-- name: review_age
update moderation_review
   set most_recent = $3
 where moderated_item_type = $1
   and moderated_item_id = $2
   and most_recent;

-- name: review_add
insert into moderation_review (moderated_item_type, moderated_item_id, moderator_id, status, text,
                               most_recent, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning id;

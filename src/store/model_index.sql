-- name: model_index_list
select i.id, i.model_id, i.pk_ref, i.value_ref, i.schedule, i.state, i.indexed_at, i.error,
       i.created_at, i.creator_id, i.vigie_question
  from model_index i
  join report_card c on c.id = i.model_id
 where c.type = 'model'
   and not c.archived
   and (cast($1 as bigint) is null or i.model_id = cast($1 as bigint))
 order by i.id;

-- name: model_index_find
select id, model_id, pk_ref, value_ref, schedule, state, indexed_at, error, created_at, creator_id,
       vigie_question
  from model_index
 where id = $1;

-- name: model_index_create
insert into model_index (model_id, pk_ref, value_ref, schedule, state, indexed_at, error,
                         created_at, creator_id, vigie_question)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id;

-- name: model_index_delete
delete from model_index
 where id = $1
returning id;

-- name: model_index_update
update model_index
   set state = $2, indexed_at = $3, error = $4, vigie_question = $5
 where id = $1
returning id;

-- name: model_index_clear
delete from model_index_value
 where model_index_id = $1;

-- name: model_index_add
-- Sixteen at a time: a server far away answers once for all of them.
insert into model_index_value (model_index_id, model_pk, name, vigie_search)
select cast($1 as bigint), column1, column2, column3
  from (values (cast($2 as bigint), cast($3 as text), cast($4 as text)),
               (cast($5 as bigint), cast($6 as text), cast($7 as text)),
               (cast($8 as bigint), cast($9 as text), cast($10 as text)),
               (cast($11 as bigint), cast($12 as text), cast($13 as text)),
               (cast($14 as bigint), cast($15 as text), cast($16 as text)),
               (cast($17 as bigint), cast($18 as text), cast($19 as text)),
               (cast($20 as bigint), cast($21 as text), cast($22 as text)),
               (cast($23 as bigint), cast($24 as text), cast($25 as text)),
               (cast($26 as bigint), cast($27 as text), cast($28 as text)),
               (cast($29 as bigint), cast($30 as text), cast($31 as text)),
               (cast($32 as bigint), cast($33 as text), cast($34 as text)),
               (cast($35 as bigint), cast($36 as text), cast($37 as text)),
               (cast($38 as bigint), cast($39 as text), cast($40 as text)),
               (cast($41 as bigint), cast($42 as text), cast($43 as text)),
               (cast($44 as bigint), cast($45 as text), cast($46 as text)),
               (cast($47 as bigint), cast($48 as text), cast($49 as text))) as v
 where column1 is not null
on conflict do nothing;

-- name: model_index_search
select v.model_index_id, v.model_pk, v.name, v.vigie_search, i.model_id, c.name, c.collection_id,
       c.database_id
  from model_index_value v
  join model_index i on i.id = v.model_index_id
  join report_card c on c.id = i.model_id
 where c.type = 'model'
   and not c.archived
   and v.vigie_search like $1 escape '!'
 order by v.model_index_id, v.name, v.model_pk
 limit $2;

-- name: model_index_value
select v.model_index_id, v.model_pk, v.name, v.vigie_search, i.model_id, c.name, c.collection_id,
       c.database_id
  from model_index_value v
  join model_index i on i.id = v.model_index_id
  join report_card c on c.id = i.model_id
 where v.model_index_id = $1
   and v.model_pk = $2;

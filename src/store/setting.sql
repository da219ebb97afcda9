-- name: setting_list
select key, value
  from setting
 where key <> 'encryption-check'
 order by key;

-- name: setting_get
select value
  from setting
 where key = $1;

-- name: setting_put
insert into setting (key, value)
values ($1, $2)
on conflict (key) do update set value = excluded.value;

-- name: setting_delete
delete from setting
 where key = $1;

-- name: counter_read
select value
  from vigie_counter
 where name = $1;

-- name: counter_move
insert into vigie_counter (name, value)
values ($1, 1)
on conflict (name) do update set value = vigie_counter.value + 1
returning value;

# A large table in parts, and partitions.

cat >"$work/parts.sql" <<'SQL'
create table big (id serial primary key, pad text, secret text);
alter table big alter pad set storage plain;
insert into big (pad, secret) select repeat(md5(i::text), 220), 'secret ' || i from generate_series(1, 12000) i;
create table cut (id int, pad text) partition by range (id);
create table cut_1 partition of cut for values from (1) to (6000);
create table cut_2 partition of cut for values from (6000) to (20000);
insert into cut select id, left(pad, 100) from big;
vacuum analyze;
SQL
printf 'jobs: 3\ntables:\n  - {table_name: big, non_anonymized_column_names: [pad], anonymized_column_names: [secret]}\n  - {table_name: cut, non_anonymized_column_names: [id, pad]}\n' >"$work/parts.yml"
fresh "$work/parts.sql"
CONFIG_PATH=$work/parts.yml etl run --app demo
is 'parts: a large table is copied in parts' 0 $?
sums='select count(*), count(distinct id), sum(hashtext(pad)) from'
is 'parts: each row once' "$(admin "$source" -c "$sums big")" "$(admin "$target" -c "$sums demo.big")"
is 'parts: each row of each partition once' "$(admin "$source" -c "$sums cut")" "$(admin "$target" -c "$sums demo.cut")"
is 'parts: all are masked' 12000 "$(admin "$target" -c "select count(distinct secret) from demo.big where secret = '[valeur unique anonymisée ' || id || ']'")"

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
# Memory does not grow with the data: 90 MB of rows, beside next to none. The address sanitizer would keep
# what is freed.
kept_options=${ASAN_OPTIONS:-}
export ASAN_OPTIONS="$kept_options:quarantine_size_mb=1:thread_local_quarantine_size_kb=64"
memory() { node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1])).memory_bytes)' "$work/report.json"; }
fresh "$work/source.sql"
admin "$source" -c 'delete from b; delete from a; delete from c'
etl run --app demo --jobs 3 --report "$work/report.json"
little=$(memory)
fresh "$work/parts.sql"
CONFIG_PATH=$work/parts.yml etl run --app demo --report "$work/report.json"
is 'parts: a large table is copied in parts' 0 $?
sums='select count(*), count(distinct id), sum(hashtext(pad)) from'
is 'parts: each row once' "$(admin "$source" -c "$sums big")" "$(admin "$target" -c "$sums demo.big")"
is 'parts: each row of each partition once' "$(admin "$source" -c "$sums cut")" "$(admin "$target" -c "$sums demo.cut")"
is 'parts: all are masked' 12000 "$(admin "$target" -c "select count(distinct secret) from demo.big where secret = '[valeur unique anonymisée ' || id || ']'")"
grown=$((($(memory) - little) / 1048576))
[ $grown -lt 24 ] && ok || not_ok "parts: memory does not grow with the data: $grown MB more"
export ASAN_OPTIONS="$kept_options"

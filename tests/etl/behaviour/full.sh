# The disk of the target is full. Where file systems may be mounted, it is a small one that a ballast
# fills (ENOSPC); elsewhere the server runs with a limit on the size of its files (EFBIG).

cat >"$work/wide.sql" <<'SQL'
create table wide (id serial primary key, v int, pad text, secret text);
insert into wide (v, pad, secret)
select 1, (select string_agg(md5(format('%s %s', i, j)), '') from generate_series(1, 120) j), 'Secret ' || i
  from generate_series(1, 8000) i;
SQL
echo 'tables: [{table_name: wide, non_anonymized_column_names: [v, pad], anonymized_column_names: [secret]}]' >"$work/wide.yml"
wide() { psql -X -At "$as_reader/target" -c 'select min(v), max(v), count(*) from demo.wide' 2>&1; }

apart
mkdir -p "$work/small"
# NO_MOUNT=1 takes the limit, to see that this way works too.
if [ -z "${NO_MOUNT:-}" ] && mount -t tmpfs -o size=160m tmpfs "$work/small" 2>/dev/null; then
    chown "$(stat -c %U "$work/pg2/data")" "$work/small"
    admin "$target_url" -c "create tablespace small location '$work/small'"
    tablespace=small
    crowd() { head -c $(($(df --output=avail -k "$work/small" | tail -1) * 1024 - 20000000)) /dev/zero >"$work/small/ballast"; }
    relieve() { rm "$work/small/ballast"; }
else
    crowd() { (ulimit -f 40000 && restart pg2 fast); }
    relieve() { restart pg2 fast; }
fi
fresh "$work/wide.sql"
export CONFIG_PATH="$work/wide.yml"
etl run --app demo
is 'full: a first run' 0 $?
admin "$source" -c 'update wide set v = 2' -c 'vacuum full wide'
crowd
etl run --app demo
is 'full: exit status' 69 $?
grep -qi 'disk\|no space left\|file too large' "$work/err" && ok || not_ok 'full: the message says so' "$work/err"
is 'full: the old data is served' '1|1|8000' "$(wide)"
steady full
is 'full: the history tells' failed "$(admin "$target" -c 'select state from vigie_etl.run order by id desc limit 1')"
relieve
etl run --app demo
is 'full: with room, the next run succeeds' 0 $?
is 'full: with the new data' '2|2|8000' "$(wide)"
admin "$target_url" -c 'drop database target with (force)'
[ -z "${tablespace:-}" ] || admin "$target_url" -c 'drop tablespace small'
tablespace=
! mountpoint -q "$work/small" || umount "$work/small"
export CONFIG_PATH="$work/rules.yml"
together

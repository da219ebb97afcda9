# Feeds: killed at any moment, servers that restart, readers that hold locks, report and progress.

cat >"$work/fed.sql" <<'SQL'
create table visits (id int primary key, v int, secret text);
create table places (id int primary key, v int);
insert into visits select i, 1, 'hush ' || i from generate_series(1, 20000) i;
insert into places select i, 1 from generate_series(1, 20000) i;
SQL
mkdir "$work/feeds"
# put_feed NAME MODE: two tables, one of a query; NAME-slow gives time to do something.
put_feed() {
    for speed in '' -slow; do
        cat >"$work/feeds/$1$speed.yml" <<YAML
source: ORIGIN_DB_URL
schema: $1
mode: $2
readers: [metabase]
tables:
  - {name: visits, from: visits, key: [id], columns: [id, v]}
  - {name: places, query: places$speed.sql, columns: [{column: id, type: integer}, {column: v, type: integer}]}
YAML
    done
}
put_feed swapped swap
put_feed replaced replace
echo 'select id, v from public.places' >"$work/feeds/places.sql"
echo 'select id, v from public.places where id <= 19900 or pg_sleep(0.03) is not null' >"$work/feeds/places-slow.sql"
feed() { "$vigie" feed "$@" --feeds "$work/feeds" >"$work/out" 2>"$work/err" </dev/null; }
feed_version() { admin "$source" -c "update visits set v = $1; update places set v = $1" >/dev/null; }
# fed SCHEMA: versions and rows that a reader sees, in one statement.
fed() { psql -X -At "$as_reader/target" -c "select (select min(v) || ' ' || max(v) || ' ' || count(*) from $1.visits), (select min(v) || ' ' || max(v) || ' ' || count(*) from $1.places)" 2>&1; }
whole() { echo "$1 $1 20000|$1 $1 20000"; }
slow_feed() {
    "$vigie" feed run "$work/feeds/$1-slow.yml" >"$work/out" 2>"$work/err" &
    run=$!
    sleep 1
}

apart
fresh "$work/fed.sql"
for schema in swapped replaced; do
    feed run $schema --json
    is "feed: $schema: a first run" 0 $?
    is "feed: $schema: the report" "$schema 40000 visits,places" "$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.feed, r.rows, r.tables.map((t) => t.table).join())' "$work/out")"
    feed run $schema --report "$work/report.json"
    is "feed: $schema: the report in a file" "$schema 40000" "$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.schema, r.rows)' "$work/report.json")"
    is "feed: $schema: whole" "$(whole 1)" "$(fed $schema)"
    grep -q '^visits: 20000 rows in' "$work/out" && ok || not_ok "feed: $schema: progress of each table" "$work/out"

    # Servers that restart.
    feed_version 2
    for place in 'pg immediate' 'pg2 fast' 'pg2 immediate'; do
        slow_feed $schema
        restart $place
        wait $run
        is "feed: $schema: restart of $place" 69 $?
        is "feed: $schema: the old data is served" "$(whole 1)" "$(fed $schema)"
        steady "feed: $schema: restart of $place"
    done
    slow_feed $schema
    kill -TERM $run
    wait $run
    is "feed: $schema: stopped by a signal" 75 $?
    steady "feed: $schema: stopped by a signal"
    feed run $schema
    is "feed: $schema: the next run succeeds" 0 $?
    is "feed: $schema: with the new data" "$(whole 2)" "$(fed $schema)"

    # kill -9 at random moments.
    begun=$(date +%s%N)
    feed run $schema
    took=$((($(date +%s%N) - begun) / 1000000))
    yes "select (select min(v) = max(v) and count(*) = 20000 from $schema.visits) and (select min(v) = max(v) and count(*) = 20000 from $schema.places);" |
        psql -X -At "$as_reader/target" >"$work/seen" 2>"$work/trouble" &
    reader=$!
    round=0
    while [ $round -lt $((kills / 2)) ]; do
        round=$((round + 1))
        feed_version $((round + 10))
        "$vigie" feed run $schema --feeds "$work/feeds" >/dev/null 2>&1 &
        run=$!
        sleep "$(random_part $took)"
        kill -9 $run 2>/dev/null
        wait $run 2>/dev/null
    done
    feed_version 1000
    feed run $schema
    is "feed: $schema: after kills the next run succeeds" 0 $?
    is "feed: $schema: after kills the new data is whole" "$(whole 1000)" "$(fed $schema)"
    kill $reader 2>/dev/null
    wait $reader 2>/dev/null
    is "feed: $schema: readers saw whole tables only" t "$(sort -u "$work/seen" | tr '\n' ' ' | sed 's/ $//')"
    grep -v 'terminating\|server closed\|connection' "$work/trouble" >"$work/troubles"
    [ -s "$work/troubles" ] && not_ok "feed: $schema: readers had no error" "$work/troubles" || ok
    steady "feed: $schema: after kills"
    feed_version 1
    feed run $schema
done

# A reader that holds a lock while the schema is swapped is waited for.
feed_version 3
psql -X -q "$as_reader/target" -c 'begin; select count(*) from swapped.visits; select pg_sleep(3)' >/dev/null 2>&1 &
holder=$!
sleep 0.5
feed run swapped
is 'feed: a reader that holds a lock is waited for' 0 $?
is 'feed: then the new data is served' "$(whole 3)" "$(fed swapped)"
wait $holder

# Rights that others gave go on with the swapped schema; what this role cannot give is told.
admin "$target" -c 'grant usage on schema swapped to stranger' \
    -c 'alter default privileges for role etl in schema swapped grant select on tables to stranger' \
    -c 'alter default privileges for role vigie in schema swapped grant insert on tables to stranger'
feed run swapped
is 'feed: rights: exit status' 0 $?
is 'feed: rights go on' 't|f' "$(admin "$target" -c "select has_schema_privilege('stranger', 'swapped', 'usage') and has_table_privilege('stranger', 'swapped.visits', 'select'), has_table_privilege('stranger', 'swapped.visits', 'insert')")"
grep -q 'the right INSERT of stranger on what vigie makes later is lost' "$work/out" && ok || not_ok 'feed: a right that is lost is told' "$work/out"
feed run swapped
is 'feed: rights go on and on' t "$(admin "$target" -c "select has_table_privilege('stranger', 'swapped.visits', 'select')")"

# A table that the file does not name any more.
sed -i '/name: places/d' "$work/feeds/swapped.yml" "$work/feeds/replaced.yml"
for schema in swapped replaced; do
    feed check $schema
    grep -q 'places: the feed does not name it any more: it will go' "$work/out" && ok || not_ok "feed: $schema: the check tells" "$work/out"
    feed run $schema
    is "feed: $schema: a table that is not named any more is no error" 0 $?
    grep -q 'places: gone' "$work/out" && ok || not_ok "feed: $schema: it is told" "$work/out"
    is "feed: $schema: it is gone" f "$(admin "$target" -c "select to_regclass('$schema.places') is not null")"
done

# In a terminal each table at work has a line, and all have one; they are written over.
put_feed swapped swap
script -qec "'$vigie' feed run '$work/feeds/swapped-slow.yml'" /dev/null >"$work/out" 2>&1 </dev/null
grep -q 'places: [0-9.]* k rows, .* rows/s' "$work/out" && ok || not_ok 'feed: a terminal shows a table at work' "$work/out"
grep -q 'of 2 tables, .* rows/s' "$work/out" && ok || not_ok 'feed: a terminal shows all' "$work/out"
grep -q "$(printf '\033\[A\033\[K')" "$work/out" && ok || not_ok 'feed: lines are written over' "$work/out"
together

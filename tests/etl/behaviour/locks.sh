# Readers that hold locks during the swap.

fresh "$work/source.sql"
etl run --app demo
version 2
psql -X -q "$as_reader/target" -c 'begin; select count(*) from demo.a; select pg_sleep(10)' >/dev/null 2>&1 &
holder=$!
sleep 0.5
etl run --app demo --swap-seconds 1
is 'locks: a reader that holds a lock is not waited for long' 75 $?
grep -q 'pid [0-9]*, metabase' "$work/err" && ok || not_ok 'locks: the reader is named' "$work/err"
is 'locks: the old data is served' '1|1|3000' "$(served)"
steady locks
"$vigie" etl run --app demo >"$work/out" 2>"$work/err" &
run=$!
sleep 1.5
kill -TERM $run
wait $run
is 'locks: stopped while it waits' 75 $?
etl run --app demo --swap-seconds 30
is 'locks: waited for, it is replaced' 0 $?
is 'locks: the new data is served' '2|2|3000' "$(served)"
wait $holder

# Sessions that end in mid-copy.

# lost DATABASE PATTERN VERSION: sessions there are ended by their server in mid-copy.
lost() {
    version "$3"
    CONFIG_PATH=$work/slow.yml "$vigie" etl run --app demo >"$work/out" 2>"$work/err" &
    run=$!
    sleep 1.5
    admin "$1" -c "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~* '$2' and pid <> pg_backend_pid()" >/dev/null
    wait $run
}

fresh "$work/source.sql"
etl run --app demo
lost "$source" '^copy' 2
is 'lost: the source ends the session' 69 $?
is 'lost: the old data is served' '1|1|3000' "$(served)"
steady lost
lost "$target" '^copy' 3
is 'lost: the target ends the session' 69 $?
is 'lost: the old data is served' '1|1|3000' "$(served)"
steady lost
lost "$target" '.' 4
status=$?
[ $status != 0 ] && ok || not_ok 'lost: every session of the target is ended'
is 'lost: the old data is served' '1|1|3000' "$(served)"
etl run --app demo
is 'lost: the next run succeeds' 0 $?
is 'lost: with the new data' '4|4|3000' "$(served)"
CONFIG_PATH=$work/slow.yml "$vigie" etl run --app demo >"$work/out" 2>&1 &
run=$!
sleep 1
kill -TERM $run
wait $run
is 'lost: stopped by a signal' 75 $?
steady 'lost: stopped by a signal'
is 'lost: the history tells' 'done failed failed failed|interrupted done failed' \
    "$(admin "$target" -c "select string_agg(state, ' ' order by id) from vigie_etl.run" | sed -E 's/^(done failed failed) (failed|interrupted)/\1 failed|interrupted/')"

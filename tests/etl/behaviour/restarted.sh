# The whole server of the source, then that of the target, restarts in mid-copy.

# restarted CLUSTER MODE VERSION
restarted() {
    version "$3"
    CONFIG_PATH=$work/slow.yml "$vigie" etl run --app demo >"$work/out" 2>"$work/err" &
    run=$!
    sleep 1.5
    restart "$1" "$2"
    wait $run
    is "restarted: $1 $2: exit status" 69 $?
    is "restarted: $1 $2: the old data is served" "$4" "$(served)"
    steady "restarted: $1 $2"
}

apart
fresh "$work/source.sql"
etl run --app demo
restarted pg fast 2 '1|1|3000'
restarted pg immediate 3 '1|1|3000'
restarted pg2 fast 4 '1|1|3000'
etl run --app demo
is 'restarted: the next run succeeds' 0 $?
restarted pg2 immediate 5 '4|4|3000'
etl run --app demo
is 'restarted: and the next one too' 0 $?
is 'restarted: with the new data' '5|5|3000' "$(served)"
together

# Two runs of one app at once.

fresh "$work/source.sql"
admin "$source" -c analyze
CONFIG_PATH=$work/slow.yml script -qec "'$vigie' etl run --app demo" /dev/null >"$work/first" 2>&1 </dev/null &
first=$!
sleep 1
etl run --app demo
is 'twice: the second is refused' 75 $?
etl clean --app demo
is 'twice: nor can it clean' 75 $?
etl status --app demo
grep -q 'a run is at work' "$work/out" && ok || not_ok 'twice: the status tells' "$work/out"
wait $first
is 'twice: the first succeeds' 0 $?
grep -q '^.*[0-9] of 3 tables, [0-9.]* k of [0-9.]* k rows, .* rows/s, [0-9]* s left' "$work/first" && ok || not_ok 'twice: its terminal shows the remaining time' "$work/first"

# Two runs of one app at once.

fresh "$work/source.sql"
CONFIG_PATH=$work/slow.yml "$vigie" etl run --app demo >"$work/first" 2>&1 &
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

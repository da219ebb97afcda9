# kill -9 at random moments: readers see whole versions only.

fresh "$work/source.sql"
etl run --app demo
begun=$(date +%s%N)
etl run --app demo
took=$((($(date +%s%N) - begun) / 1000000))
# A reader that never rests: each statement sees both tables of one version.
yes 'select (select max(v) from demo.a) = (select min(v) from demo.b) and (select count(*) from demo.c) = 3000;' |
    psql -X -At "$as_reader/target" >"$work/seen" 2>"$work/trouble" &
reader=$!
round=0
while [ $round -lt $kills ]; do
    round=$((round + 1))
    version $((round + 1))
    "$vigie" etl run --app demo >/dev/null 2>&1 &
    run=$!
    sleep "$(random_part "$took")"
    kill -9 $run 2>/dev/null
    wait $run 2>/dev/null
    case $(served) in
        "$((round + 1))|$((round + 1))|3000") last=$((round + 1)) ;;
        *"|3000") ;;
        *) not_ok "killed: round $round: $(served)" ;;
    esac
done
ok
version 1000
etl run --app demo
is 'killed: the next run succeeds' 0 $?
is 'killed: with the new data' '1000|1000|3000' "$(served)"
kill $reader 2>/dev/null
wait $reader 2>/dev/null
is 'killed: readers saw whole versions only' 't' "$(sort -u "$work/seen" | tr '\n' ' ' | sed 's/ $//')"
grep -v 'terminating\|server closed\|connection' "$work/trouble" >"$work/troubles"
[ -s "$work/troubles" ] && not_ok 'killed: readers had no error' "$work/troubles" || ok
steady killed

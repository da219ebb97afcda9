# Who may read the copy, and views that stand on it.

fresh "$work/source.sql"
etl run --app demo
is 'readers: may read' '1|1|3000' "$(served)"
psql -X -q "$as_reader/target" -c 'delete from demo.a' >/dev/null 2>&1 && not_ok 'readers: may not write' || ok
is 'readers: strangers may not' 'f' "$(admin "$target" -c "select has_schema_privilege('stranger', 'demo', 'usage')")"
admin "$target" -c 'create schema other authorization etl' -c 'set role etl; create view other.sums as select v, count(*) as n from demo.a group by v' \
    -c 'grant usage on schema other to metabase; grant select on other.sums to metabase'
version 2
etl run --app demo
is 'readers: a view of another schema follows' '2|4000' "$(psql -X -At "$as_reader/target" -c 'select * from other.sums')"

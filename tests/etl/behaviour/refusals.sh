# What stops a run before a byte moves, and what it says.

fresh "$work/source.sql"
etl run --app demo
is 'refusals: a first run' 0 $?
admin "$source" -c 'alter table a add phone text'
etl run --app demo
is 'refusals: a new column stops the run' 78 $?
grep -q 'a.phone: no rule names this column' "$work/out" && ok || not_ok 'refusals: it is named' "$work/out"
is 'refusals: the old data is served' '1|1|3000' "$(served)"
admin "$source" -c 'alter table a drop phone' -c 'create table fresh (id int primary key, name text)'
etl run --app demo
is 'refusals: a new table stops the run' 78 $?
admin "$source" -c 'drop table fresh'

ORIGIN_DB_URL=postgres://vigie:wrong-password@${server##*@}/source etl run --app demo
is 'refusals: a wrong password of the source' 69 $?
grep -q 'wrong-password' "$work/err" && not_ok 'refusals: no password is shown' "$work/err" || ok
ETL_DB_URL=postgres://etl:wrong-password@${server##*@}/target etl run --app demo
is 'refusals: a wrong password of the target' 69 $?
ETL_DB_URL=postgres://stranger:s@${server##*@}/target etl run --app demo
is 'refusals: a role that may not create schemas' 77 $?
ORIGIN_DB_URL=postgres://stranger:s@${server##*@}/source etl run --app demo
is 'refusals: a role that may not read the source' 78 $?
METABASE_USERNAME=nobody_at_all etl run --app demo
is 'refusals: a reader that is not there' 78 $?
METABASE_USERNAME= etl run --app demo
is 'refusals: no reader is named' 78 $?
CONFIG_PATH=$work/none.yml etl check --app demo
is 'refusals: no file of rules' 66 $?
CONFIG_PATH=http://example.org/rules.yml etl check --app demo
is 'refusals: rules over plain http' 78 $?
etl check --app 'a;b'
is 'refusals: a name of an app' 64 $?
etl check --app public
is 'refusals: the schema public' 78 $?
ORIGIN_DB_URL=$server/target ETL_DB_URL=$as_etl/target etl check --app demo
is 'refusals: an empty source' 78 $?
printf 'tables:\n  - table_name: a\n    truncated: true\n    anonymized_column_names: [secret]\n' >"$work/wrong.yml"
CONFIG_PATH=$work/wrong.yml etl check --app demo
is 'refusals: truncated with rules' 78 $?
sed 's/anonymized_column_names: \[wide\]/masks: {wide: {mask: hash}}/' "$work/rules.yml" >"$work/keyed.yml"
CONFIG_PATH=$work/keyed.yml ETL_MASK_KEY= etl check --app demo
is 'refusals: a keyed mask without a key' 78 $?
sed 's/{table_name: a,/{table_name: a, where: "secret::int > 0",/' "$work/rules.yml" >"$work/cast.yml"
CONFIG_PATH=$work/cast.yml etl run --app demo
is 'refusals: a condition that fails on a value' 69 $?
cat "$work/out" "$work/err" | grep -q 'Secr' && not_ok 'refusals: no value of the source is shown' "$work/err" || ok
sed 's/{table_name: a,/{table_name: a, where: "no_such_column > 0",/' "$work/rules.yml" >"$work/cast.yml"
CONFIG_PATH=$work/cast.yml etl check --app demo
is 'refusals: a condition that cannot be is found by the check' 69 $?
printf '  - {table_name: stale, truncated: true}\n' | cat "$work/rules.yml" - >"$work/stale.yml"
CONFIG_PATH=$work/stale.yml etl check --app demo
is 'refusals: a stale rule is a warning' 0 $?
CONFIG_PATH=$work/stale.yml etl check --app demo --strict
is 'refusals: and an error with --strict' 78 $?
{ echo 'source_schemas: [demo]'; cat "$work/rules.yml"; } >"$work/self.yml"
CONFIG_PATH=$work/self.yml ORIGIN_DB_URL=$ETL_DB_URL etl run --app demo
is 'refusals: source and target are one schema' 78 $?
grep -q 'both source and target' "$work/err" && ok || not_ok 'refusals: and it is told' "$work/err"
is 'refusals: the old data is still served' '1|1|3000' "$(served)"
steady refusals

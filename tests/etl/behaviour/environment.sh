# Variables, .env files, names of apps, status and explain.

fresh "$work/source.sql"
mkdir -p "$work/env"
printf '# settings\nexport ORIGIN_DB_URL="%s"\nETL_DB_URL='"'%s'"'\nMETABASE_USERNAME=metabase # reader\nCONFIG_PATH=%s\nAPP=demo\n' \
    "$source" "$ETL_DB_URL" "$work/rules.yml" >"$work/env/.env"
(cd "$work/env" && env -u ORIGIN_DB_URL -u ETL_DB_URL -u METABASE_USERNAME -u CONFIG_PATH "$vigie" etl run >"$work/out" 2>&1)
is 'environment: everything from .env' 0 $?
RDV_INSERTION_DB_URL=$source ORIGIN_DB_URL= etl run --app rdvi --config "$work/rules.yml"
is 'environment: the variable of a known app' 0 $?
is 'environment: the schema has its name' 't' "$(admin "$target" -c "select to_regclass('rdvi.a') is not null")"
etl status --app demo
grep -q 'demo done' "$work/out" && ok || not_ok 'environment: the history' "$work/out"
etl explain --app demo --json
node -e 'JSON.parse(require("fs").readFileSync(process.argv[1]))' "$work/out" && ok || not_ok 'environment: explain is JSON'

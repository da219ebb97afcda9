# Periodic work without a server: what there is, run one, what happened.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=error
vigie jobs list | sed 's/next  .*/next      LATER/'
vigie jobs run sweep-sessions
vigie jobs run nonsense
vigie jobs run
vigie jobs history
vigie jobs history nonsense
# A feed that says a schedule is a job; one that cannot be read says why.
mkdir feeds
export SOURCE_URL=postgres://a:b@127.0.0.1:1/x ETL_DB_URL=postgres://a:b@127.0.0.1:1/y
cat >feeds/daily.yml <<'END'
source: SOURCE_URL
schema: impact
schedule: "30 4 * * *"
timezone: Europe/Paris
make_up: true
tables:
  - {name: t, from: app.t, columns: [id]}
END
echo 'source: []' >feeds/wrong.yml
vigie jobs list | sed '/20..-/s/next  .*/next      LATER/' | grep -A3 ^feed | sort
vigie jobs run feed-daily 2>/dev/null
vigie jobs history feed-daily
# An anonymized copy too; an administrator's schedule wins and is shown as such.
mkdir etl
export MB_JOB_SCHEDULES='{"etl-crm": {"schedule": "0 2 * * *"}, "etl-wrong": {"schedule": ""}}' METABASE_USERNAME=reader ORIGIN_DB_URL=$SOURCE_URL
cat >etl/crm.yml <<'END'
schedule: "0 3 * * *"
timezone: Europe/Paris
tables:
  - {table_name: people, anonymized_column_names: [name]}
END
echo 'tabels: []' >etl/wrong.yml
printf 'apps: {crm: {schema: other}}\ntables: []\n' >etl/zz.yml
vigie jobs list | sed '/20..-/s/next  .*/next      LATER/' | grep -A3 ^etl | sort
vigie jobs run etl-crm 2>/dev/null
vigie jobs history etl-crm

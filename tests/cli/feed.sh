# What is refused before any database is asked.
mkdir feeds
cat >feeds/f.yml <<'END'
source: SOURCE_URL
schema: impact
tables:
  - {name: t, from: app.t, columns: [id, {column: name, typ: text}]}
END
vigie feed check
vigie feed check nothing
vigie feed check f
sed -i 's/typ:/type:/' feeds/f.yml
vigie feed check f
export SOURCE_URL=postgres://a:secret@127.0.0.1:1/x ETL_DB_URL=postgres://a:secret@127.0.0.1:1/y
vigie feed run feeds/f.yml

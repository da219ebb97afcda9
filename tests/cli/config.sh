# What is in force and where it comes from, secrets masked.
export PORT=8080 DATABASE_URL=postgres://u:secret@h/db MB_ENCRYPTION_SECRET_KEY=hidden-passphrase MB_PLUGINS_DIR=/x
printf 'base_path = /stats\n' >settings
vigie config check --config settings --log-format json | grep -E 'port |database_url|encryption|base_path|log_format|app database|Ignored'
unset DATABASE_URL
export MB_DB_TYPE=h2
vigie config check --config settings | tail -1
printf 'nonsense = 1\n' >settings
vigie config check --config settings
vigie config check --config missing
VIGIE_LOG_LEVEL=loud vigie config check
vigie config list | head -3

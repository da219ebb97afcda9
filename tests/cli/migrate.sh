# The state: looked at, brought up to date, sealed with a key that must come back.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=warn
vigie migrate --check
vigie migrate
vigie migrate
vigie migrate --check | tail -1
vigie migrate --rollback
export MB_ENCRYPTION_SECRET_KEY=a-passphrase-of-length
printf 'correct1horse\n' | vigie user create-admin ada@example.org
MB_ENCRYPTION_SECRET_KEY=another-passphrase-of-length vigie incident list-admins
MB_ENCRYPTION_SECRET_KEY=short vigie incident list-admins
unset MB_ENCRYPTION_SECRET_KEY
vigie incident list-admins

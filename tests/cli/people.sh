# Administrators by hand, and the steps after a break-in.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=warn
printf 'correct1horse\n' | vigie user create-admin ada@example.org
printf 'short\n' | vigie user create-admin bob@example.org
printf 'correct1horse\n' | vigie user create-admin ada@example.org
vigie user create-admin carl@example.org
vigie user reset-password ada@example.org
vigie user reset-password nobody@example.org
vigie incident list-admins
vigie incident revoke-sessions
vigie incident revoke-keys
vigie incident audit-verify

# Wrong settings stop the start with a message and an exit code; nothing half started stays.
vigie serve --data data --listen nonsense
vigie serve --data data --listen 127.0.0.1:0/nowhere
vigie serve --data data --planes everything
vigie serve --data data --trusted-proxies nonsense --port 0
vigie serve --data data --database-url 'postgres://u:secret@127.0.0.1:1/db?connect_timeout=1' --port 0 2>&1 | grep -v '^TIME info' | head -3 &
waiting=$!
sleep 1
kill $waiting 2>/dev/null || true
echo 'not a folder' >file
vigie serve --data file/x --port 0 | sed 's/^20.* error/TIME error/'

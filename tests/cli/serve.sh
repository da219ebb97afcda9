# Wrong settings stop the start with a message and an exit code; nothing half started stays.
vigie serve --data data --listen nonsense
vigie serve --data data --listen 127.0.0.1:0/nowhere
vigie serve --data data --planes everything
vigie serve --data data --trusted-proxies nonsense --port 0
echo 'not a folder' >file
vigie serve --data file/x --port 0 | sed 's/^20.* error/TIME error/'

# Help and wrong words: each tells what to do next.
vigie --help
vigie
vigie nonsense
vigie serve extra
vigie serve --nonsense
vigie serve --port
vigie migrate --check=x
vigie user
vigie user create-admin
vigie incident nonsense
vigie migrate --help | head -8
vigie version | sed 's/[0-9][0-9.]*$/N/'

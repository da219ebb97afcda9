# Why somebody may see something, step by step.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=warn
printf 'correct1horse\n' | vigie user create-admin ada@example.org
vigie access explain --user ada@example.org --what collection:root
vigie access explain --user ada@example.org --what card:7
vigie access explain --user ada@example.org --what house
vigie access explain --user nobody@example.org --what collection:root
vigie access explain --user ada@example.org

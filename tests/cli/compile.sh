# A question becomes SQL for a connected database; what is wrong is named by its path.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=error
touch log
"$VIGIE_BIN" serve --port 0 >log 2>&1 &
server=$!
for i in $(seq 120); do if grep -q listens log; then break; fi; sleep 0.5; done
kill $server
wait $server || true
echo '{"database":1,"type":"query","query":{"source-table":5,"aggregation":[["count"]],"breakout":[["field",43,{"temporal-unit":"month"}]],"filter":[">",["field",41,null],20]}}' >question
vigie dev compile question
echo '{"database":1,"type":"query","query":{"source-table":999}}' >question
vigie dev compile question
echo '{"database":1,"type":"query","query":{"source-table":5,"filter":["nonsense",1]}}' >question
vigie dev compile question
echo '{"database":7,"type":"query","query":{"source-table":5}}' >question
vigie dev compile question
vigie dev compile missing
vigie dev compile

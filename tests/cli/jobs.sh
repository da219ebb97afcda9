# Periodic work without a server: what there is, run one, what happened.
export VIGIE_DATA=data VIGIE_LOG_LEVEL=error
vigie jobs list | sed 's/next  .*/next      LATER/'
vigie jobs run sweep-sessions
vigie jobs run nonsense
vigie jobs run
vigie jobs history
vigie jobs history nonsense

# What is refused before any database is asked.
export U=postgres://a:b@127.0.0.1:1/x
vigie provision --schema impact --owner impact --reader metabase
vigie provision --database $U --owner impact --reader metabase
vigie provision --database $U --schema impact --owner impact --reader metabase --wipe
vigie provision --database mysql://a --schema impact --owner impact --reader metabase
vigie provision --database $U --schema impact --owner impact --reader metabase --wipe --yes

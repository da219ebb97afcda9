-- What a stranger can tell of a failure, so that it is found.
-- compatible: yes

alter table query_execution add column vigie_reference text;
create index query_execution_reference on query_execution (vigie_reference);

-- name: sqlite_tables
select name, type
  from sqlite_schema
 where type in ('table', 'view') and name not like 'sqlite\_%' escape '\'
 order by name;

-- name: sqlite_columns
-- $1 the table
select name, type, "notnull", dflt_value, pk, hidden
  from pragma_table_xinfo($1)
 where hidden <> 1
 order by cid;

-- name: sqlite_keys
-- $1 the table; a key of several columns points to no single field
select "table", "from", "to"
  from pragma_foreign_key_list($1) as k
 where (select count(*) from pragma_foreign_key_list($1) as o where o.id = k.id) = 1;

-- name: sqlite_indexed
-- $1 the table; the first column of each index
select i.name
  from pragma_index_list($1) as l, pragma_index_info(l.name) as i
 where i.seqno = 0 and i.name is not null;

-- name: sqlite_estimates
select tbl, max(cast(stat as integer)) from sqlite_stat1 group by tbl;

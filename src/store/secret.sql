-- What was written before a key was given.

-- name: secret_database_details
select id, details
  from metabase_database
 order by id;

-- name: secret_put_database_details
update metabase_database
   set details = $2
 where id = $1;

\x on
\pset null NULL
select * from demo.everything order by id;
\x off
select * from demo.without_id order by code;
select * from demo.by_uuid;
select to_regclass('demo.emptied') is null;
select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'demo.everything'::regclass and attnum > 0 order by attnum;

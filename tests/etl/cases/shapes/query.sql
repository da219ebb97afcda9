select a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid),
       case when a.attcollation <> t.typcollation then a.attcollation::regcollation end
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where a.attrelid = 'demo.shapes'::regclass and a.attnum > 0
 order by a.attnum;
select sorted from demo.shapes order by sorted;
select french from demo.shapes order by french;
select indexdef from pg_indexes where schemaname = 'demo' order by indexname;
select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'demo'::regnamespace and contype in ('p', 'x') order by 1;
select room from demo.shapes where mood = 'open';

select * from demo."Été à l'école";
select * from demo."order" order by id;
select a, note ~ '^\[valeur unique anonymisée [0-9]+\.[0-9]+\]$' from demo.keyless;
select * from demo.measures order by 1, 2;
select * from demo.parent;
select * from demo.child;
select id, first, price, with_vat, tags, length(big), md5(big), raw, at at time zone 'UTC' from demo.generated;
select obj_description('demo."Été à l''école"'::regclass), col_description('demo."Été à l''école"'::regclass, 3);
select conrelid::regclass, conname, contype, confrelid::regclass from pg_constraint where connamespace = 'demo'::regnamespace order by 1::text, 2;
select indexname, indexdef from pg_indexes where schemaname = 'demo' order by 1;
select n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'vigie_etl') and c.relkind not in ('i', 't') order by 1, 2;
select count(*) from pg_largeobject_metadata;

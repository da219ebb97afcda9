\pset null NULL
select count(m_null), min(m_constant), max(m_constant), min(m_constant_int), count(m_constant) from demo.people;
select count(distinct m_hash), min(length(m_hash)), count(distinct m_hash_int), min(m_hash_int) > 0, count(distinct m_hash_uuid) from demo.people;
select p.id, l.id from demo.people p join demo.links l on l.person_code = p.m_hash and l.person_number = p.m_hash_int order by 1;
select count(distinct m_last), count(distinct m_city), bool_and(m_full ~ '^\S+ .+$'), bool_and(m_email ~ '^personne\.[0-9a-f]{16}@exemple\.fr$'), bool_and(m_phone ~ '^063998[0-9]{4}$') from demo.people;
select distinct m_trunc, m_trunc_ts at time zone 'UTC' from demo.people order by 1;
select max(m_shift) - min(m_shift), bool_and(m_shift <> date '1980-05-17' + id), bool_and(abs(m_shift - (date '1980-05-17' + id)) <= 30) from demo.people;
select count(distinct m_shift_ts) > 1, bool_and(abs(extract(epoch from m_shift_ts - '1980-05-17 10:20:30')) between 86400 and 3 * 86400) from demo.people;
select bool_and(m_noise between 900 and 1100), bool_and(m_noise_f between 900 and 1100), bool_and(m_noise_n between 900 and 1100), count(distinct m_noise_n) > 1, max(scale(m_noise_n)) from demo.people;
select distinct m_round, m_round_n, m_range, m_partial, m_first_chars, m_domain, m_kind, m_bool from demo.people order by 1;
select id, m_dept from demo.people order by id;
select * from demo.notes;
select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute where attrelid = 'demo.people'::regclass and attnum > 0 and (attname ~ 'drop|range|hash|kind' or attnotnull) order by attnum;
select length(id), name from demo.ids;
select indexdef from pg_indexes where schemaname = 'demo' and tablename = 'ids';

create type kind as enum ('open', 'closed');
create table people (
  id serial primary key, m_null text not null, m_constant text, m_constant_int int, m_hash text, m_hash_int int, m_hash_uuid uuid,
  m_first text, m_last text, m_full text, m_city text, m_email text, m_phone text, m_trunc date, m_trunc_ts timestamptz,
  m_shift date, m_shift_ts timestamp, m_noise int, m_noise_f float8, m_noise_n numeric(12,3), m_round int, m_round_n numeric,
  m_range int, m_partial text, m_first_chars text, m_dept text, m_domain text, m_drop text, m_kind kind, m_bool boolean, family int);
insert into people select i, 'SECRET', 'SECRET', 1, 'SECRET' || i, 424200 + i, '11111111-2222-3333-4444-555555555555', 'SECRET' || i, 'SECRET', 'SECRET', 'SECRET',
  'SECRET@exemple.org', '0612345678', '1980-05-17', '1980-05-17 10:20:30+00', date '1980-05-17' + i::int, '1980-05-17 10:20:30', 1000, 1000, 1000, 37, 1234.56,
  37, 'SECRETDATA', 'SECRET', c, 'SECRET@gouv.fr', 'SECRET', 'open', true, 1
  from unnest('{62041,97411,2A004,20200,nonsense}'::text[]) with ordinality as t (c, i);
insert into people (id, m_null) values (6, 'SECRET');
create table links (id serial primary key, person_code text, person_number bigint, status text);
insert into links (person_code, person_number, status) select 'SECRET' || i, 424200 + i, case when i = 2 then 'spam' when i = 3 then null else 'ok' end from generate_series(1, 4) i;
create table notes (id serial primary key, v int, deleted_at date);
insert into notes (v, deleted_at) values (1, null), (2, '2020-01-01');
create table ids (id text primary key, name text not null);
insert into ids values ('SECRETID-1', 'SECRETD');

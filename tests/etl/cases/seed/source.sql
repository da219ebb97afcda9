create extension citext;
create extension hstore;
create type kind as enum ('a', 'b');
create type pair as (x int, y text);
create domain nick as varchar(80);
create domain small as int check (value < 100);
create table everything (
  id bigserial primary key,
  v varchar, t text, c char(40), nn text not null, v_email varchar, email_nn text not null, d nick,
  ci citext, h hstore, ta text[], va varchar[] not null, ia int[], ea kind[],
  j json, jb jsonb, jb_d jsonb default '{"a": 1}', i int, i_d int default 7, i_neg int default -3, n numeric(10,2) default 1.50,
  b boolean default false, b_nn boolean not null, da date, da_now date default current_date, ts timestamp default '2020-01-02 03:04:05',
  u uuid default gen_random_uuid(), e kind default 'b', p pair, s small default 9, by bytea, r int4range, ip inet, iv interval,
  bl varchar default 'x', q text default 'it''s'
);
insert into everything (v, t, c, nn, v_email, email_nn, d, ci, h, ta, va, ia, ea, j, jb, jb_d, i, i_d, i_neg, n, b, b_nn, da, da_now, ts, u, e, p, s, by, r, ip, iv, bl, q)
values
 ('SECRET-v', 'SECRET-t', 'SECRET-c', 'SECRET-nn', 'SECRET-mail@exemple.org', 'SECRET-mailnn@exemple.org', 'SECRET-d', 'SECRET-ci', 'a=>"SECRET-h"',
  '{SECRET-ta,b}', '{SECRET-va}', '{424242}', '{a,b}', '{"k": "SECRET-j"}', '{"k": "SECRET-jb"}', '{"k": "SECRET-jbd"}', 424243, 424244, 424245, 424246.42, true, true,
  '1911-11-11', '1912-12-12', '1913-01-01', '11111111-2222-3333-4444-555555555555', 'a', '(424247,SECRET-p)', 42, '\xdeadbeefcafe', '[424248,424249)', '10.42.42.42', '42 days', 'SECRET-bl', 'SECRET-q'),
 ('', '', '', '', '', '', '', '', '', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 0, 0, 0, 0, false, false, '1911-11-11', null, null, null, 'a', null, 1, '', 'empty', null, null, '', ''),
 (null, null, null, 'SECRET-3', null, 'SECRET-4', null, null, null, null, '{x,NULL}', null, null, null, null, null, null, null, null, null, null, false, null, null, null, null, null, null, null, null, null, null, null, null, null);
create table without_id (code text primary key, name text, other text);
insert into without_id values ('k1', 'SECRET-name1', 'kept'), ('k2', 'SECRET-name2', 'kept'), ('k3', '', null);
create table by_uuid (id uuid primary key, name text);
insert into by_uuid values ('aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', 'SECRET-uuid');
create table emptied (id serial primary key, everything_id bigint references everything, text text);
insert into emptied (everything_id, text) values (1, 'SECRET-emptied');

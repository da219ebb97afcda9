create table people (id serial primary key, name text, short varchar(20), long varchar(60), birth date, city_id int, "Mot de passe" text, in_both text, kept_and_masked text);
create table visits (id serial primary key, people_id int references people, at timestamp, note jsonb);
create table codes (code text primary key);
create table owners (email text primary key, name text);
create table secret_rows (id int primary key, name text);
create table unread (id int primary key, name text);
alter table secret_rows enable row level security;

create table people (id serial primary key, phone text, note text);
insert into people (phone, note) values ('0601020304', 'kept note'), ('0605060708', '0605060708'), (null, 'short');
create table contacts (id serial primary key, reached_at text);
insert into contacts (reached_at) values ('0601020304'), ('nobody');

-- name: migration_list
select number, name, checksum, compatible, applied_at
  from vigie_migration
 order by number;

-- name: migration_add
insert into vigie_migration (number, name, checksum, compatible, applied_at)
values ($1, $2, $3, $4, $5);

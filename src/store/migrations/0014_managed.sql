-- Whether a collection, with all below it, is changed by files of a repository alone.
-- compatible: yes

alter table collection add column is_remote_synced boolean not null default false;

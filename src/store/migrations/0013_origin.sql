-- Where the rows of a table come from and under which licence, as published pages say it.
-- compatible: yes

alter table metabase_table add column vigie_public_source text;
alter table metabase_table add column vigie_public_licence text;

-- Groups of few rows in what is published.
-- compatible: yes

alter table vigie_share add column small_cells text;

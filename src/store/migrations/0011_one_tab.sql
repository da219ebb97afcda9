-- A dashboard of which strangers see one tab.
-- compatible: yes

alter table vigie_share add column tab_id bigint;

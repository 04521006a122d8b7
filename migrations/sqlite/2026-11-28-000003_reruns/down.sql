drop index runs_original;
drop index runs_rerun;
alter table runs drop column rerun_of;
alter table runs add column rerun_of_id bigint references runs (id) on delete set null;
create index runs_rerun on runs (rerun_of_id) where rerun_of_id is not null;

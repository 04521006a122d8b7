-- A rerun names the run that it repeats by the reporting tool's id, since it may be reported before that run is.
drop index runs_rerun;
alter table runs drop column rerun_of_id;
alter table runs add column rerun_of text;
create index runs_rerun on runs (project_id, rerun_of, is_finished, id) where rerun_of is not null;
-- "The last finished run of a job that repeats no other": the answer is the index's last entry.
create index runs_original on runs (job_id, is_finished, id) where job_id is not null and rerun_of is null;

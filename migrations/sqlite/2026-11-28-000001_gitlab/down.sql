drop index runs_coverage;
drop table former_paths;
alter table members drop column requested_at;

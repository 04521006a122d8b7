-- "A project's builds, newest first", whatever their releases.
create index builds_project on builds (project_id, id);

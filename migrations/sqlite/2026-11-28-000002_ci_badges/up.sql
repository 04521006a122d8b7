-- The same as ../../postgres, in SQLite's words.
-- What the look-ups of the Concourse and BuildMaster dialects go by.

-- A pipeline by its team and name, an application by its name or title.
create index projects_named on projects (name, space_id, id);
create index projects_title on projects (title, id);
-- "The latest build of the latest release": the answer is the index's last entry.
create index builds_latest on builds (project_id, release_id, id);
-- The same whatever the project: the index over releases alone is no more than the beginning of this one.
drop index builds_release;
create index builds_release on builds (release_id, id);

drop index builds_release;
create index builds_release on builds (release_id);
drop index builds_latest;
drop index projects_title;
drop index projects_named;

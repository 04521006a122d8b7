-- The same as ../../postgres, in SQLite's words.
-- What the GitLab dialect needs beyond the model's first tables.

-- Somebody who asks to become a member and is none yet.
alter table members add column requested_at timestamp;

-- Paths that a space had before it was renamed, so that old addresses lead to where it is now.
create table former_paths (
  id integer primary key autoincrement not null,
  path text not null unique,
  group_id bigint not null references groups (id) on delete cascade
);
create index former_paths_group on former_paths (group_id);

-- "The latest coverage on a branch": the answer is the index's last entry.
create index runs_coverage on runs (project_id, branch, id) where branch is not null and coverage is not null;

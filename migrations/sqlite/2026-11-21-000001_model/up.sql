-- The same as ../../postgres, in SQLite's words.
-- The whole model: see docs in crates/store/src/schema.rs. Times are UTC. Ids only grow, and are never given twice.

-- A space is a group without a parent; its projects' and groups' `space_id` is its id.
create table groups (
  id integer primary key autoincrement not null,
  parent_id bigint references groups (id) on delete cascade,
  space_id bigint references groups (id) on delete cascade,
  name text not null,
  slug text not null,
  full_path text not null unique,
  visibility text not null default 'private' check (visibility in ('private', 'public')),
  created_at timestamp not null,
  updated_at timestamp not null,
  check ((parent_id is null) = (space_id is null))
);
create unique index groups_root_name on groups (name) where parent_id is null;
create unique index groups_name on groups (parent_id, name) where parent_id is not null;
create index groups_space on groups (space_id);

create table projects (
  id integer primary key autoincrement not null,
  space_id bigint not null references groups (id) on delete cascade,
  group_id bigint not null references groups (id) on delete cascade,
  name text not null,
  title text not null,
  slug text not null,
  path text not null,
  full_path text not null unique,
  -- Canonical JSON of what tells the instances of one Concourse pipeline apart; empty for all others.
  instance_vars text not null default '',
  visibility text not null default 'private' check (visibility in ('private', 'public')),
  badges_enabled boolean not null default false,
  default_branch text,
  commit_sha text,
  latest_tag text,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index projects_name on projects (group_id, name, instance_vars);
create unique index projects_slug on projects (space_id, slug);

create table environments (
  id integer primary key autoincrement not null,
  space_id bigint not null references groups (id) on delete cascade,
  name text not null,
  slug text not null,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index environments_name on environments (space_id, name);
create unique index environments_slug on environments (space_id, slug);

create table tenants (
  id integer primary key autoincrement not null,
  space_id bigint not null references groups (id) on delete cascade,
  name text not null,
  slug text not null,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index tenants_name on tenants (space_id, name);
create unique index tenants_slug on tenants (space_id, slug);

create table releases (
  id integer primary key autoincrement not null,
  project_id bigint not null references projects (id) on delete cascade,
  version text not null,
  status text not null default 'active' check (status in ('active', 'deployed', 'canceled')),
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index releases_version on releases (project_id, version);
create index releases_project on releases (project_id, id);

create table builds (
  id integer primary key autoincrement not null,
  project_id bigint not null references projects (id) on delete cascade,
  release_id bigint references releases (id) on delete cascade,
  number text not null,
  status text not null default 'active' check (status in ('active', 'deployed', 'rejected')),
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index builds_number on builds (project_id, release_id, number) where release_id is not null;
create unique index builds_bare_number on builds (project_id, number) where release_id is null;
create index builds_release on builds (release_id);

create table jobs (
  id integer primary key autoincrement not null,
  project_id bigint not null references projects (id) on delete cascade,
  name text not null,
  active boolean not null default true,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index jobs_name on jobs (project_id, name);

create table runs (
  id integer primary key autoincrement not null,
  project_id bigint not null references projects (id) on delete cascade,
  environment_id bigint references environments (id) on delete cascade,
  tenant_id bigint references tenants (id) on delete cascade,
  release_id bigint references releases (id) on delete set null,
  build_id bigint references builds (id) on delete set null,
  job_id bigint references jobs (id) on delete set null,
  status text not null check (status in ('pending', 'running', 'canceling', 'succeeded', 'warned', 'failed', 'errored', 'canceled', 'timed_out')),
  is_finished boolean not null,
  is_failure boolean not null,
  stage text,
  url text,
  branch text,
  coverage double precision,
  external_id text,
  rerun_of_id bigint references runs (id) on delete set null,
  reported_by text,
  queued_at timestamp,
  started_at timestamp,
  finished_at timestamp,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index runs_external on runs (project_id, external_id) where external_id is not null;
-- "The latest run that …": every one of these ends in the id, so that the answer is the index's last entry.
create index runs_latest on runs (project_id, environment_id, tenant_id, id);
create index runs_latest_good on runs (project_id, environment_id, tenant_id, is_failure, id);
create index runs_environment on runs (environment_id, project_id, id);
create index runs_project on runs (project_id, id);
create index runs_branch on runs (project_id, branch, id) where branch is not null;
create index runs_job on runs (job_id, is_finished, id) where job_id is not null;
create index runs_build on runs (build_id, id) where build_id is not null;
create index runs_release on runs (release_id, id) where release_id is not null;
create index runs_tenant on runs (tenant_id, project_id) where tenant_id is not null;
create index runs_rerun on runs (rerun_of_id) where rerun_of_id is not null;

-- Named values of exactly one project ("application"), release, build, or run that has neither.
create table variables (
  id integer primary key autoincrement not null,
  project_id bigint references projects (id) on delete cascade,
  release_id bigint references releases (id) on delete cascade,
  build_id bigint references builds (id) on delete cascade,
  run_id bigint references runs (id) on delete cascade,
  name text not null,
  value text not null,
  sensitive boolean not null default false,
  check ((project_id is not null) + (release_id is not null) + (build_id is not null) + (run_id is not null) = 1)
);
create unique index variables_project on variables (project_id, name) where project_id is not null;
create unique index variables_release on variables (release_id, name) where release_id is not null;
create unique index variables_build on variables (build_id, name) where build_id is not null;
create unique index variables_run on variables (run_id, name) where run_id is not null;

-- Ids that a record had in another system, so that its old URLs still find it.
create table aliases (
  id integer primary key autoincrement not null,
  dialect text not null,
  alias text not null,
  group_id bigint references groups (id) on delete cascade,
  project_id bigint references projects (id) on delete cascade,
  environment_id bigint references environments (id) on delete cascade,
  tenant_id bigint references tenants (id) on delete cascade,
  check ((group_id is not null) + (project_id is not null) + (environment_id is not null) + (tenant_id is not null) = 1)
);
create unique index aliases_group on aliases (dialect, alias) where group_id is not null;
create unique index aliases_project on aliases (dialect, alias) where project_id is not null;
create unique index aliases_environment on aliases (dialect, alias) where environment_id is not null;
create unique index aliases_tenant on aliases (dialect, alias) where tenant_id is not null;
create unique index aliases_of_group on aliases (group_id, dialect) where group_id is not null;
create unique index aliases_of_project on aliases (project_id, dialect) where project_id is not null;
create unique index aliases_of_environment on aliases (environment_id, dialect) where environment_id is not null;
create unique index aliases_of_tenant on aliases (tenant_id, dialect) where tenant_id is not null;
create index aliases_alias on aliases (dialect, alias);

-- GitLab's list of badges of a project or group.
create table badges (
  id integer primary key autoincrement not null,
  project_id bigint references projects (id) on delete cascade,
  group_id bigint references groups (id) on delete cascade,
  name text,
  link_url text not null,
  image_url text not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  check ((project_id is not null) + (group_id is not null) = 1)
);
create index badges_project on badges (project_id, id) where project_id is not null;
create index badges_group on badges (group_id, id) where group_id is not null;

create table users (
  id integer primary key autoincrement not null,
  username text not null unique,
  password_hash text not null,
  is_admin boolean not null default false,
  created_at timestamp not null
);

create table members (
  id integer primary key autoincrement not null,
  user_id bigint not null references users (id) on delete cascade,
  group_id bigint references groups (id) on delete cascade,
  project_id bigint references projects (id) on delete cascade,
  role text not null,
  created_at timestamp not null,
  check ((project_id is not null) + (group_id is not null) = 1)
);
create unique index members_group on members (group_id, user_id) where group_id is not null;
create unique index members_project on members (project_id, user_id) where project_id is not null;
create index members_user on members (user_id);

create table tokens (
  id integer primary key autoincrement not null,
  name text not null,
  secret_hash blob not null unique,
  -- The secret's last characters, to tell tokens apart.
  hint text not null,
  -- Separated by spaces.
  scopes text not null,
  is_limited boolean not null default false,
  user_id bigint references users (id) on delete cascade,
  created_at timestamp not null,
  expires_at timestamp,
  revoked_at timestamp,
  last_used_at timestamp
);
create index tokens_user on tokens (user_id) where user_id is not null;

-- What a limited token is limited to. If all of it is deleted, the token may touch nothing.
create table token_targets (
  id integer primary key autoincrement not null,
  token_id bigint not null references tokens (id) on delete cascade,
  group_id bigint references groups (id) on delete cascade,
  project_id bigint references projects (id) on delete cascade,
  check ((project_id is not null) + (group_id is not null) = 1)
);
create index token_targets_token on token_targets (token_id);
create index token_targets_group on token_targets (group_id) where group_id is not null;
create index token_targets_project on token_targets (project_id) where project_id is not null;

create table sessions (
  id integer primary key autoincrement not null,
  secret_hash blob not null unique,
  user_id bigint not null references users (id) on delete cascade,
  created_at timestamp not null,
  expires_at timestamp not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table settings (
  key text not null primary key,
  value text not null
);

-- There is always a space: `Spaces-1`.
insert into groups (name, slug, full_path, created_at, updated_at)
values ('Default', 'default', 'default', strftime('%Y-%m-%d %H:%M:%f', 'now'), strftime('%Y-%m-%d %H:%M:%f', 'now'));

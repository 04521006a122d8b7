-- The same as ../../postgres, in SQLite's words.
-- What BuildMaster's `$BuildNumber` and `$ReleaseNumber` go by where no application is named.
create index builds_numbered on builds (number, release_id, id);
create index releases_numbered on releases (version, id);
-- The secret's first characters; of one that was chosen by hand, and so is public, all of it.
alter table tokens add column prefix text not null default '';

-- What BuildMaster's `$BuildNumber` and `$ReleaseNumber` go by where no application is named.
create index builds_numbered on builds (number, release_id, id);
create index releases_numbered on releases (version, id);

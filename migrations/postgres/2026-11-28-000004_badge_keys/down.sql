drop index releases_numbered;
drop index builds_numbered;
alter table tokens drop column prefix;

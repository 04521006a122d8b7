drop index releases_numbered;
drop index builds_numbered;

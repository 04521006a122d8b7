drop index builds_project;

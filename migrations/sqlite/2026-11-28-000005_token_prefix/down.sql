alter table tokens drop column prefix;

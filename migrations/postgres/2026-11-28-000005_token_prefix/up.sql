-- The secret's first characters; of one that was chosen by hand, and so is public, all of it.
alter table tokens add column prefix text not null default '';

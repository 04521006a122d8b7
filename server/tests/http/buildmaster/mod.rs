//! The BuildMaster dialect: CI badges (`spec/buildmaster-ci-badges.txt`, `spec/dialects.md` C1 to C4).

mod filters;
mod images;
mod keys;
mod links;
mod pages;
mod reach;
mod requests;
mod shown;
mod variables;

//! The Concourse dialect: job and pipeline badges (`spec/concourse-badges.txt`, `spec/dialects.md` A; the numbers are those
//! of A8). Whole-SVG equality there is text, colour and total width here.

mod access;
mod addresses;
mod badge_tokens;
mod cctray;
mod failing_database;
mod instances;
mod jobs;
mod pages;
mod pipelines;
mod reruns;
mod shown;
mod titles;

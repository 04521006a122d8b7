//! The Concourse dialect: job and pipeline badges (`spec/concourse-badges.txt`, `spec/dialects.md` A; the numbers are those
//! of A8). Whole-SVG equality there is text, colour and total width here.

mod access;
mod addresses;
mod jobs;
mod pipelines;
mod shown;
mod titles;

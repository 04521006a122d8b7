//! The GitLab dialect: project and group badges below `/api/v4`, and GitLab's own SVG badges
//! (`spec/gitlab-project-badges.txt`, `spec/dialects.md` B).

mod authentication;
mod caller;
mod create;
mod delete;
mod errors;
mod get;
mod hostile;
mod ids;
mod links;
mod list;
mod many;
mod members;
mod moved;
mod neighbours;
mod order_of_checks;
mod pagination;
mod params;
mod placeholders;
mod placeholders_in_groups;
mod real_client;
mod refusals;
mod render;
mod requests;
mod roles;
mod scopes;
mod secrecy;
mod source;
mod svg_badges;
mod svg_coverage;
mod svg_visibility;
mod update;
mod url_validation;
mod world;

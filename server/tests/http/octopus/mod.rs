//! The Octopus dialect: release badges (`spec/octopus-release-badges.txt`, `spec/dialects.md` D).

mod addresses;
mod caching;
mod formats;
mod hostile;
mod images;
mod missing;
mod parameters;
mod statuses;
mod tenants;

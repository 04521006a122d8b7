//! Running Burgee: configuration, commands, proxies, and what survives a crash.

mod commands;
mod configuration;
mod durability;
mod freshness;
mod outage;
mod proxies;
mod public_url;
mod report_command;
mod shutdown;

//! A real Burgee for each test, on a database of its own, and a client that talks to it.

mod answer;
mod badge;
mod browser;
mod call;
mod command;
mod database;
mod engines;
mod server;
mod setup;

pub(crate) use answer::Answer;
pub(crate) use badge::{Badge, accessible_name, badge_path, published};
pub(crate) use browser::Browser;
pub(crate) use call::Call;
pub(crate) use command::{Run, burgee};
pub(crate) use engines::{Engine, on_both_engines};
pub(crate) use server::TestServer;
pub(crate) use setup::{ADMIN, PASSWORD, Setup, free_port};

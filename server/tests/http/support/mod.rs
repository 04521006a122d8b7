//! A real Burgee for each test, on a database of its own, and a client that talks to it.

mod answer;
mod badge;
mod browser;
mod call;
mod command;
mod database;
mod engines;
mod network;
mod server;
mod setup;
mod wire;

pub(crate) use answer::Answer;
pub(crate) use badge::{Badge, accessible_name, badge_path, published};
pub(crate) use browser::Browser;
pub(crate) use call::Call;
pub(crate) use command::{Run, burgee};
pub(crate) use database::Session;
pub(crate) use engines::{Engine, on_both_engines};
pub(crate) use network::Network;
pub(crate) use server::TestServer;
pub(crate) use setup::{ADMIN, PASSWORD, Setup, free_port};
pub(crate) use wire::Wire;

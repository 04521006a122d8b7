//! Burgee, a self-hosted badge server: one binary. `main` reads the command line and hands over to a command.

mod api;
mod assets;
mod auth;
mod cache;
mod cli;
mod commands;
mod config;
mod dialects;
mod first_start;
mod intake;
mod ops;
mod respond;
mod router;
mod serve;
mod state;
mod ui;
mod web;

use std::{env, process::ExitCode};

use cli::{Action, MemberAction, NotRun, TokenAction, UserAction};

fn main() -> ExitCode {
    let environment = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
        .collect();
    let parsed = match cli::parse(env::args_os().collect(), &environment) {
        Ok(parsed) => parsed,
        Err(NotRun::Clap(error)) => error.exit(),
        Err(NotRun::Setting(error)) => return commands::complain(&error, commands::WRONG_USE),
    };
    let result = match parsed.cli.command {
        Action::Config(_) => return commands::config::run(&parsed),
        Action::Report(arguments) => return commands::report::run(&arguments),
        Action::Serve(settings) => commands::serve::run(*settings),
        Action::Demo(arguments) => commands::demo::run(*arguments),
        Action::Migrate(store) => commands::migrate::run(&store),
        Action::Token(TokenAction::Create(arguments)) => commands::token::create(&arguments),
        Action::Token(TokenAction::List(store)) => commands::token::list(&store),
        Action::Token(TokenAction::Revoke { which, store }) => commands::token::revoke(&store, &which),
        Action::Member(MemberAction::Set { role, membership }) => commands::member::set(&membership, role),
        Action::Member(MemberAction::Remove(membership)) => commands::member::remove(&membership),
        Action::User(UserAction::Create(arguments)) => commands::user::create(&arguments),
        Action::User(UserAction::List(store)) => commands::user::list(&store),
        Action::User(UserAction::SetPassword { name, store }) => commands::user::set_password(&store, &name),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => commands::complain(&error, commands::FAILED),
    }
}

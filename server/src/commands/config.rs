//! `burgee config`: every setting, its value, and where it came from.

use std::process::ExitCode;

use clap::{Arg, CommandFactory, parser::ValueSource};

use super::say;
use crate::{
    cli::{Cli, Parsed},
    config::layers::Origin,
};

pub(crate) fn run(parsed: &Parsed) -> ExitCode {
    let command = Cli::command();
    let (Some(described), Some(matches)) =
        (command.find_subcommand("config"), parsed.matches.subcommand_matches("config"))
    else {
        return ExitCode::FAILURE;
    };
    let rows: Vec<[String; 3]> = described
        .get_arguments()
        .filter(|arg| arg.get_env().is_some() && arg.get_id() != "config")
        .map(|arg| {
            let id = arg.get_id().as_str();
            let source = matches.value_source(id);
            [id.to_owned(), value(arg, matches, source), origin(arg, parsed, source)]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    for [name, value, origin] in &rows {
        say(&format!("{name:first$}  {value:second$}  {origin}"));
    }
    ExitCode::SUCCESS
}

fn value(arg: &Arg, matches: &clap::ArgMatches, source: Option<ValueSource>) -> String {
    let raw = matches.get_raw(arg.get_id().as_str());
    match raw {
        None => "(not set)".to_owned(),
        Some(_) if arg.is_hide_env_values_set() && source.is_some() => "(hidden)".to_owned(),
        Some(values) => values.map(|value| value.to_string_lossy()).collect::<Vec<_>>().join(","),
    }
}

fn origin(arg: &Arg, parsed: &Parsed, source: Option<ValueSource>) -> String {
    let id = arg.get_id().as_str();
    match source {
        Some(ValueSource::CommandLine) => format!("flag --{}", arg.get_long().unwrap_or(id)),
        Some(ValueSource::EnvVariable) => {
            format!("environment {}", arg.get_env().map(|name| name.to_string_lossy()).unwrap_or_default())
        }
        Some(_) => match parsed.lower.get(id) {
            Some((_, Origin::Toml(file))) => format!("file {}", file.display()),
            Some((_, Origin::SecretFile(variable))) => format!("file named by {variable}"),
            None => "default".to_owned(),
        },
        None => "default".to_owned(),
    }
}

//! The layers below flags and environment: secrets from `*_FILE`, and the TOML file. Both become defaults of
//! clap's arguments, so that clap alone parses, reports and documents every value.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use burgee_domain::suggest::did_you_mean;
use clap::{Arg, Command};

/// The TOML file that is read when it is there and `--config` names none.
const DEFAULT_FILE: &str = "burgee.toml";

/// Where a value came from that neither a flag nor the environment gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The file that a `BURGEE_…_FILE` variable names.
    SecretFile(String),
    /// The TOML file.
    Toml(PathBuf),
}

/// The values of the lower layers, by argument.
pub(crate) type Lower = BTreeMap<String, (String, Origin)>;

/// What the settings can come from, apart from the command line.
pub(crate) struct Sources<'a> {
    /// The environment.
    pub(crate) environment: &'a BTreeMap<String, String>,
    /// The file that `--config` or `BURGEE_CONFIG` names.
    pub(crate) config_file: Option<PathBuf>,
}

/// Reads the lower layers and refuses what nobody knows.
///
/// # Errors
/// A sentence about an unknown variable or key ("did you mean"), or a file that cannot be read.
pub(crate) fn read(command: &Command, sources: &Sources<'_>) -> Result<Lower, String> {
    let arguments = arguments(command);
    check_environment(&arguments, sources.environment)?;
    let mut lower = Lower::new();
    if let Some(file) = config_file(sources)? {
        read_toml(&file, &arguments, &mut lower)?;
    }
    read_secret_files(&arguments, sources.environment, &mut lower)?;
    Ok(lower)
}

/// Puts the lower layers under the command's arguments, wherever in its subcommands they occur.
pub(crate) fn apply(command: Command, lower: &Lower) -> Command {
    let names: BTreeSet<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let command =
        lower.iter().filter(|(name, _)| names.contains(*name)).fold(command, |command, (name, (value, _))| {
            let value = value.clone();
            command.mut_arg(name, |arg| arg.default_value(value))
        });
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    subcommands.into_iter().fold(command, |command, name| command.mut_subcommand(name, |sub| apply(sub, lower)))
}

fn arguments(command: &Command) -> BTreeMap<String, Arg> {
    let mut all: BTreeMap<String, Arg> =
        command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.clone())).collect();
    for sub in command.get_subcommands() {
        all.extend(arguments(sub));
    }
    all
}

fn variable(arg: &Arg) -> Option<String> {
    arg.get_env().map(|name| name.to_string_lossy().into_owned())
}

fn check_environment(arguments: &BTreeMap<String, Arg>, environment: &BTreeMap<String, String>) -> Result<(), String> {
    let known: Vec<String> = arguments
        .values()
        .flat_map(|arg| {
            let name = variable(arg);
            let file = name.clone().filter(|_| arg.is_hide_env_values_set()).map(|name| format!("{name}_FILE"));
            name.into_iter().chain(file)
        })
        .collect();
    let unknown = environment.keys().find(|name| name.starts_with("BURGEE_") && !known.contains(name));
    match unknown {
        None => Ok(()),
        Some(name) => {
            let hint = did_you_mean(name, known.iter().map(String::as_str));
            Err(format!("the environment variable {name} is not one that Burgee knows{hint}"))
        }
    }
}

fn config_file(sources: &Sources<'_>) -> Result<Option<PathBuf>, String> {
    let default = || Some(PathBuf::from(DEFAULT_FILE)).filter(|file| file.exists());
    match &sources.config_file {
        Some(file) if !file.exists() => Err(format!("the configuration file {} does not exist", file.display())),
        Some(file) => Ok(Some(file.clone())),
        None => Ok(default()),
    }
}

fn read_toml(file: &Path, arguments: &BTreeMap<String, Arg>, lower: &mut Lower) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", file.display()))?;
    let known: Vec<&str> = arguments
        .iter()
        .filter(|(id, arg)| arg.get_env().is_some() && *id != "config")
        .map(|(id, _)| id.as_str())
        .collect();
    for (key, value) in table {
        if !known.contains(&key.as_str()) {
            let hint = did_you_mean(&key, known.iter().copied());
            return Err(format!("{}: the key {key} is not one that Burgee knows{hint}", file.display()));
        }
        let text = plain(&value)
            .ok_or_else(|| format!("{}: {key} must be a text, number, boolean or list", file.display()))?;
        lower.insert(key, (text, Origin::Toml(file.to_owned())));
    }
    Ok(())
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Option<Vec<_>>>().map(|items| items.join(",")),
        _ => None,
    }
}

fn read_secret_files(
    arguments: &BTreeMap<String, Arg>,
    environment: &BTreeMap<String, String>,
    lower: &mut Lower,
) -> Result<(), String> {
    for (id, arg) in arguments.iter().filter(|(_, arg)| arg.is_hide_env_values_set()) {
        let Some(name) = variable(arg) else { continue };
        let file_variable = format!("{name}_FILE");
        let Some(file) = environment.get(&file_variable) else { continue };
        if environment.contains_key(&name) {
            return Err(format!("both {name} and {file_variable} are set; keep one"));
        }
        let secret =
            fs::read_to_string(file).map_err(|error| format!("{file_variable}: {file} cannot be read: {error}"))?;
        lower.insert(id.clone(), (secret.trim_end_matches(['\r', '\n']).to_owned(), Origin::SecretFile(file_variable)));
    }
    Ok(())
}

/// The configuration file that the command line or the environment names, found before anything is parsed
/// for good.
pub(crate) fn named_config_file(arguments: &[OsString], environment: &BTreeMap<String, String>) -> Option<PathBuf> {
    let mut arguments = arguments.iter().map(|arg| arg.to_string_lossy());
    while let Some(argument) = arguments.next() {
        if let Some(file) = argument.strip_prefix("--config=") {
            return Some(PathBuf::from(file));
        }
        if argument == "--config" {
            return arguments.next().map(|file| PathBuf::from(file.as_ref()));
        }
    }
    environment.get("BURGEE_CONFIG").map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> Command {
        let sub = Command::new("serve")
            .arg(Arg::new("listen").long("listen").env("T_LISTEN").default_value("0"))
            .arg(Arg::new("password").long("password").env("BURGEE_PASSWORD").hide_env_values(true));
        Command::new("t").subcommand(sub)
    }

    fn read_with(toml: &str, environment: &[(&str, &str)]) -> Result<Lower, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.toml");
        fs::write(&file, toml).unwrap();
        let environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        read(&command(), &Sources { environment: &environment, config_file: Some(file) })
    }

    #[test]
    fn a_toml_value_is_below_a_flag_and_above_the_default() {
        let lower = read_with("listen = 7", &[]).unwrap();
        let value = |arguments: &[&str]| {
            let matches = apply(command(), &lower).try_get_matches_from(arguments).unwrap();
            matches.subcommand().unwrap().1.get_one::<String>("listen").cloned().unwrap()
        };
        assert_eq!(value(&["t", "serve"]), "7");
        assert_eq!(value(&["t", "serve", "--listen", "8"]), "8");
    }

    #[test]
    fn unknown_names_are_errors_with_a_suggestion() {
        let error = read_with("listne = 7", &[]).unwrap_err();
        assert!(error.contains("did you mean \"listen\""), "{error}");
        let error = read_with("", &[("BURGEE_PASWORD", "x")]).unwrap_err();
        assert!(error.contains("did you mean \"BURGEE_PASSWORD\""), "{error}");
    }

    #[test]
    fn a_secret_may_come_from_a_file_but_not_from_two_places() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        fs::write(&file, "hunter2\n").unwrap();
        let file = file.to_str().unwrap();
        let lower = read_with("", &[("BURGEE_PASSWORD_FILE", file)]).unwrap();
        assert_eq!(lower["password"].0, "hunter2");
        assert!(read_with("", &[("BURGEE_PASSWORD_FILE", file), ("BURGEE_PASSWORD", "x")]).is_err());
    }
}

//! The command line: what `burgee --help` and `burgee <command> --help` say.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf};

use burgee_domain::{role::Role, scope::Scope, status::RunStatus};
use clap::{
    ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand,
    error::{ContextKind, ErrorKind},
};

use crate::config::{
    Settings, StoreSettings,
    layers::{self, Lower, Sources},
};

/// A self-hosted badge server: delivery tools report what they deployed and built, Burgee shows it as badges,
/// links and pages.
///
/// Every setting can be given as a flag, as an environment variable, or as a key of a TOML file (the flag's
/// name with `_` for `-`); the first of these that says something wins. Secrets can also be read from a file:
/// BURGEE_ADMIN_PASSWORD_FILE and the like.
#[derive(Debug, Parser)]
#[command(name = "burgee", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// TOML file with settings; `burgee.toml` in the current folder is read when it is there.
    #[arg(long, env = "BURGEE_CONFIG", value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,

    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Action,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Serve badges, pages and the API.
    ///
    /// Makes the data folder and the database's tables where they are missing. At the first start it prints a
    /// link for setting up the first account, unless BURGEE_ADMIN_PASSWORD (or _FILE) gives its password.
    Serve(Box<Settings>),
    /// Look around with sample data.
    ///
    /// Fills a data folder of its own with a few projects and serves it. The folder goes away in the end,
    /// unless --data-dir or --database-url names one to keep.
    Demo(Box<DemoArgs>),
    /// Report a run from a CI job.
    ///
    /// Retries with back-off while the server cannot be reached, answers 429 or fails, for up to --retry-for
    /// seconds. Repeating is safe: every try carries the same external id.
    ///
    /// Exit codes: 0 reported; 2 wrong use; 3 refused by the server as not valid; 4 token missing, not valid
    /// or not allowed to do this; 5 server not reached or failing until the time was over.
    Report(Box<ReportArgs>),
    /// Make, list and revoke API tokens; works on the database itself, the server may be running.
    #[command(subcommand)]
    Token(TokenAction),
    /// Accounts that sign in on the pages; works on the database itself, the server may be running.
    #[command(subcommand)]
    User(UserAction),
    /// Roles of accounts in groups and projects; works on the database itself, the server may be running.
    #[command(subcommand)]
    Member(MemberAction),
    /// Print every setting, its value, and where it came from. Secrets are not shown.
    Config(Box<Settings>),
    /// Bring the database's tables up to date, and stop. `serve` does this by itself at its start.
    Migrate(StoreSettings),
}

/// `burgee demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Only fill the database that --data-dir or --database-url names; do not serve it.
    #[arg(long)]
    pub(crate) seed_only: bool,

    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// `burgee token …`.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenAction {
    /// Make a token and print it, and nothing else, on standard output. It is shown only this once.
    Create(TokenCreateArgs),
    /// List tokens: id, name, beginning and end, scopes, where it may be used, state, last use.
    List(StoreSettings),
    /// Revoke a token for good.
    Revoke {
        /// The token's id, from `burgee token list`, or its name.
        #[arg(value_name = "ID|NAME")]
        which: String,
        #[command(flatten)]
        store: StoreSettings,
    },
}

/// `burgee token create`.
#[derive(Debug, Clone, Args)]
pub(crate) struct TokenCreateArgs {
    /// What the token is for; shown in lists and as the reporter of runs.
    #[arg(long, value_parser = burgee_domain::text::name)]
    pub(crate) name: String,

    /// What it may do; may be repeated: runs:write, runs:read, projects:write; for the GitLab API: api, read_api; for
    /// badge keys, which may be public: ci-badges (BuildMaster's), badges:read (Concourse's).
    #[arg(long = "scope", required = true, value_name = "SCOPE", value_delimiter = ',')]
    pub(crate) scopes: Vec<Scope>,

    /// The token itself, chosen by hand instead of made at random, as keys in public READMEs are. Everybody can guess it,
    /// so only with the scopes ci-badges and badges:read.
    #[arg(long, value_name = "TOKEN", value_parser = burgee_domain::scope::chosen_value)]
    pub(crate) value: Option<String>,

    /// In the GitLab API it acts as this account, with its roles; without it, as an administrator. Only with the
    /// scopes api and read_api.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,

    /// Limit it to this space, by slug or name; made if it is missing. May be repeated.
    #[arg(long = "space", value_name = "SPACE")]
    pub(crate) spaces: Vec<String>,

    /// Limit it to this project, by path such as default/web-shop (the space may be left out when it is
    /// `default` or the one --space). May be repeated.
    #[arg(long = "project", value_name = "PATH")]
    pub(crate) projects: Vec<String>,

    /// Days after which it stops working; without it, never.
    #[arg(long, value_name = "DAYS")]
    pub(crate) expires_in: Option<u32>,

    #[command(flatten)]
    pub(crate) store: StoreSettings,
}

/// `burgee user …`.
#[derive(Debug, Subcommand)]
pub(crate) enum UserAction {
    /// Make an account. Without a password it cannot sign in on the pages, and tokens can act as it.
    Create(UserCreateArgs),
    /// List accounts: name, kind.
    List(StoreSettings),
    /// Set the password of an account; it is read from standard input.
    SetPassword {
        /// The account's name.
        name: String,
        #[command(flatten)]
        store: StoreSettings,
    },
}

/// `burgee user create`.
#[derive(Debug, Clone, Args)]
pub(crate) struct UserCreateArgs {
    /// The name to sign in with.
    #[arg(value_parser = burgee_domain::text::name)]
    pub(crate) name: String,

    /// Read the password from standard input.
    #[arg(long)]
    pub(crate) password_stdin: bool,

    /// Make it an administrator, who may do everything.
    #[arg(long)]
    pub(crate) admin: bool,

    #[command(flatten)]
    pub(crate) store: StoreSettings,
}

/// `burgee member …`.
#[derive(Debug, Subcommand)]
pub(crate) enum MemberAction {
    /// Give an account a role, or another role.
    Set {
        /// The role.
        #[arg(long)]
        role: Role,
        #[command(flatten)]
        membership: MembershipArgs,
    },
    /// Take an account's role away.
    Remove(MembershipArgs),
}

/// Whose role, and where.
#[derive(Debug, Clone, Args)]
pub(crate) struct MembershipArgs {
    /// The account's name.
    #[arg(long, value_name = "NAME")]
    pub(crate) user: String,

    #[command(flatten)]
    pub(crate) place: MemberPlace,

    #[command(flatten)]
    pub(crate) store: StoreSettings,
}

/// One of the two.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct MemberPlace {
    /// The space or group, by path such as default/lines; the role holds for everything below it.
    #[arg(long, value_name = "PATH")]
    pub(crate) group: Option<String>,

    /// The project, by path such as default/lines/timetable-api.
    #[arg(long, value_name = "PATH")]
    pub(crate) project: Option<String>,
}

/// `burgee report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Burgee's address, such as https://badges.example.org.
    #[arg(long, env = "BURGEE_SERVER", value_name = "URL", default_value = "http://127.0.0.1:3000")]
    pub(crate) server: String,

    /// A token with the scope runs:write.
    #[arg(long, env = "BURGEE_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,

    /// The space; `default` without it.
    #[arg(long)]
    pub(crate) space: Option<String>,

    /// The project, by name or slug, or as a path with groups: lines/timetable-api.
    #[arg(long)]
    pub(crate) project: String,

    /// How the run is, or how it ended: pending, running, canceling, succeeded, warned, failed, errored,
    /// canceled, timed_out.
    #[arg(long, value_parser = parse_status)]
    pub(crate) status: RunStatus,

    /// Where it was deployed.
    #[arg(long)]
    pub(crate) environment: Option<String>,

    /// For whom it was deployed.
    #[arg(long)]
    pub(crate) tenant: Option<String>,

    /// The version.
    #[arg(long)]
    pub(crate) release: Option<String>,

    /// The build's number.
    #[arg(long)]
    pub(crate) build: Option<String>,

    /// The job's name.
    #[arg(long)]
    pub(crate) job: Option<String>,

    /// The stage that the run belongs to, such as Build or Testing.
    #[arg(long)]
    pub(crate) stage: Option<String>,

    /// Which instance of a Concourse pipeline it is; may be repeated: --instance-var branch=main. Values are texts,
    /// unless they are JSON such as 1.24 or true.
    #[arg(long = "instance-var", value_name = "NAME=VALUE", value_parser = parse_variable)]
    pub(crate) instance_vars: Vec<(String, String)>,

    /// Where your CI shows this run.
    #[arg(long)]
    pub(crate) url: Option<String>,

    /// A named value; may be repeated: --variable Branch=main.
    #[arg(long = "variable", value_name = "NAME=VALUE", value_parser = parse_variable)]
    pub(crate) variables: Vec<(String, String)>,

    /// Test coverage in percent.
    #[arg(long)]
    pub(crate) coverage: Option<f64>,

    /// Your CI's id of this run: reporting it again updates the run. One is made up without it.
    #[arg(long)]
    pub(crate) external_id: Option<String>,

    /// The external id of the run that this one repeats.
    #[arg(long, value_name = "EXTERNAL_ID")]
    pub(crate) rerun_of: Option<String>,

    /// Seconds to go on trying.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) retry_for: u64,

    /// Print the whole answer as JSON, not only the run's badge.
    #[arg(long)]
    pub(crate) json: bool,
}

fn parse_status(text: &str) -> Result<RunStatus, String> {
    let names = RunStatus::ALL.map(RunStatus::as_str);
    text.parse().map_err(|_| {
        format!("expected one of {}{}", names.join(", "), burgee_domain::suggest::did_you_mean(text, names))
    })
}

fn parse_variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A parsed command line, with what is needed to say where each value came from.
pub(crate) struct Parsed {
    /// The command.
    pub(crate) cli: Cli,
    /// clap's own record.
    pub(crate) matches: ArgMatches,
    /// The layers below flags and environment.
    pub(crate) lower: Lower,
}

/// Why there is nothing to run.
pub(crate) enum NotRun {
    /// clap's word: help, version, or wrong use.
    Clap(clap::Error),
    /// A setting outside the command line is wrong.
    Setting(String),
}

/// Reads the command line, the environment and the configuration file.
pub(crate) fn parse(arguments: Vec<OsString>, environment: &BTreeMap<String, String>) -> Result<Parsed, NotRun> {
    let command = Cli::command();
    let config_file = layers::named_config_file(&arguments, environment);
    let lower = layers::read(&command, &Sources { environment, config_file }).map_err(NotRun::Setting)?;
    let matches = layers::apply(command, &lower).try_get_matches_from(arguments).map_err(without_secret)?;
    let cli = Cli::from_arg_matches(&matches).map_err(NotRun::Clap)?;
    Ok(Parsed { cli, matches, lower })
}

/// clap repeats a value that it refuses; a secret is not to be repeated.
fn without_secret(error: clap::Error) -> NotRun {
    let argument = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    let secrets = ["--database-url", "--admin-password", "--token"];
    if error.kind() != ErrorKind::ValueValidation || !secrets.iter().any(|secret| argument.starts_with(secret)) {
        return NotRun::Clap(error);
    }
    let reason = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    NotRun::Setting(format!("the value of {argument} {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    fn parse_words(words: &str) -> Result<Parsed, NotRun> {
        parse(words.split(' ').map(OsString::from).collect(), &BTreeMap::new())
    }

    #[test]
    fn the_names_that_scripts_rely_on_are_there() {
        for words in [
            "burgee serve --listen 127.0.0.1:3000 --data-dir ./data --database-url postgres://a@b/c",
            "burgee token create --name ci --scope runs:write --scope projects:write --space default --project web-shop",
            "burgee report --project a --environment b --release 1 --status succeeded",
            "burgee demo",
            "burgee config",
        ] {
            assert!(parse_words(words).is_ok(), "{words}");
        }
    }

    #[test]
    fn a_secret_that_is_refused_is_not_repeated() {
        for words in ["burgee serve --admin-password hunter2", "burgee serve --database-url mysql://root:hunter2@x/y"] {
            match parse_words(words) {
                Err(NotRun::Setting(error)) => assert!(!error.contains("hunter2") && error.contains("--"), "{error}"),
                _ => panic!("{words}"),
            }
        }
    }

    #[test]
    fn a_wrong_status_is_wrong_use() {
        assert!(matches!(parse_words("burgee report --project a --status sucess"), Err(NotRun::Clap(_))));
    }
}

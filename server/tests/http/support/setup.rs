//! A Burgee that is configured and not started yet.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use super::{Engine, Run, TestServer, burgee, database::PostgresDatabase};

/// The name of the account that [`Setup::with_admin`] makes.
pub(crate) const ADMIN: &str = "admin";
/// Its password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Data of its own, and the settings, as environment variables.
pub(crate) struct Setup {
    folder: TempDir,
    database: Option<PostgresDatabase>,
    settings: Vec<(&'static str, String)>,
}

impl Setup {
    pub(crate) fn on(engine: Engine) -> Self {
        let database = (engine == Engine::Postgres).then(PostgresDatabase::create);
        let setup = Self { folder: tempfile::tempdir().unwrap(), database, settings: Vec::new() };
        let data_dir = setup.folder.path().join("data").display().to_string();
        let setup =
            setup.with("BURGEE_DATA_DIR", data_dir).with("BURGEE_LISTEN", "127.0.0.1:0").with("BURGEE_LOG", "warn");
        // So that a request which takes a second connection while it holds one would wait for ever.
        let setup = setup.with("BURGEE_DATABASE_CONNECTIONS", "1");
        match setup.database.as_ref().map(PostgresDatabase::url) {
            Some(url) => setup.with("BURGEE_DATABASE_URL", url),
            None => setup,
        }
    }

    /// With a setting.
    pub(crate) fn with(mut self, variable: &'static str, value: impl Into<String>) -> Self {
        self.settings.retain(|(name, _)| *name != variable);
        self.settings.push((variable, value.into()));
        self
    }

    /// With the account [`ADMIN`], made at the start.
    pub(crate) fn with_admin(self) -> Self {
        self.with("BURGEE_ADMIN_PASSWORD", PASSWORD)
    }

    /// Under a public URL with this path, on a port that is known beforehand.
    pub(crate) fn below(self, path: &str) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        self.with("BURGEE_LISTEN", address.to_string()).with("BURGEE_PUBLIC_URL", format!("http://{address}{path}"))
    }

    /// The same settings for another server on the same database; this one must outlive it.
    pub(super) fn sibling(&self) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None, settings: self.settings.clone() }
    }

    /// Runs a statement in the database, behind the program's back; wants [`Engine::Postgres`].
    #[track_caller]
    pub(crate) fn execute(&self, statement: &str) {
        self.database.as_ref().unwrap().execute(statement);
    }

    #[track_caller]
    pub(crate) fn database_name(&self) -> &str {
        self.database.as_ref().unwrap().name()
    }

    /// The same as [`Self::execute`], in a transaction that stays open.
    #[track_caller]
    pub(crate) fn begin(&self, statement: &str) -> super::Session {
        self.database.as_ref().unwrap().begin(statement)
    }

    /// With a network between Burgee and its database; wants [`Engine::Postgres`].
    #[track_caller]
    pub(crate) fn with_network(self) -> (Self, super::Network) {
        let url = self.database.as_ref().unwrap().url();
        let network = super::Network::to(&url);
        let through = network.through(&url);
        (self.with("BURGEE_DATABASE_URL", through), network)
    }

    /// `burgee` with these settings.
    pub(crate) fn command(&self) -> Command {
        let mut command = burgee(self.folder.path());
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs `burgee` with these settings and arguments to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments))
    }

    /// Starts the server; it listens when this returns.
    #[track_caller]
    pub(crate) fn start(self) -> TestServer {
        self.start_as("serve")
    }

    /// Starts the server with a command that serves.
    #[track_caller]
    pub(crate) fn start_as(self, command: &str) -> TestServer {
        let mut child = self.command().arg(command).stdout(Stdio::piped()).spawn().unwrap();
        let greeting = greeting(&mut child);
        let configured = self.listens_on();
        let address = match configured.port() {
            0 => opened(&greeting),
            _ => configured,
        };
        TestServer::new(child, address, greeting, self)
    }

    /// Where the server is told to listen.
    pub(crate) fn listens_on(&self) -> SocketAddr {
        self.settings.iter().find(|(name, _)| *name == "BURGEE_LISTEN").unwrap().1.parse().unwrap()
    }
}

/// A port that nobody listens on, as far as one can know.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// What the server prints when it begins to listen: everything up to the empty line after the addresses.
fn greeting(child: &mut Child) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if !line.is_empty() {
            lines.push(line);
        } else if lines.iter().any(|line| is_opened(line)) {
            return lines;
        }
    }
    panic!("the server ended before it listened: {:?}, after {lines:?}", child.wait());
}

/// Whether it is the line `Open      http://127.0.0.1:3000/`.
fn is_opened(line: &str) -> bool {
    line.trim().starts_with("Open ")
}

/// The address in that line.
fn opened(greeting: &[String]) -> SocketAddr {
    let line = greeting.iter().find(|line| is_opened(line)).unwrap();
    let url = line.split_whitespace().last().unwrap();
    url.trim_start_matches("http://").trim_end_matches('/').parse().unwrap()
}

//! A running Burgee.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, ExitStatus},
    sync::OnceLock,
};

use serde_json::Value;
use ureq::Agent;

use super::{ADMIN, Answer, Browser, PASSWORD, Run, Setup, call::Call};

/// A server of one test; it ends with the test.
pub(crate) struct TestServer {
    // Ends before its data goes away: fields are dropped in this order.
    process: Process,
    address: SocketAddr,
    greeting: Vec<String>,
    token: OnceLock<String>,
    agent: Agent,
    setup: Setup,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

impl TestServer {
    pub(super) fn new(child: Child, address: SocketAddr, greeting: Vec<String>, setup: Setup) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None).build().into();
        Self { process: Process(child), address, greeting, token: OnceLock::new(), agent, setup }
    }

    /// Kills the server as a power cut would, and starts it again on the same data.
    pub(crate) fn kill_and_restart(self) -> Self {
        self.kill().start()
    }

    /// Kills the server (`kill -9`); what is left is its data.
    pub(crate) fn kill(self) -> Setup {
        let Self { process, setup, .. } = self;
        drop(process);
        setup
    }

    /// Kills the server (`kill -9`) while others still talk to it.
    pub(crate) fn kill_now(&self) {
        let id = self.process_id().to_string();
        assert!(Command::new("kill").args(["-KILL", &id]).status().unwrap().success());
    }

    /// Asks the server to stop, as a service manager does.
    pub(crate) fn terminate(&self) {
        let id = self.process_id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// The memory that the server occupies, in KiB.
    pub(crate) fn resident_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process_id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits until the server has ended by itself.
    pub(crate) fn wait(mut self) -> ExitStatus {
        self.process.0.wait().unwrap()
    }

    /// Another server on the same database.
    pub(crate) fn sibling(&self) -> Self {
        self.setup.sibling().start()
    }

    /// The id of the server's process.
    pub(crate) fn process_id(&self) -> u32 {
        self.process.0.id()
    }

    /// `127.0.0.1:3000`
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path, as a request without configuration sees it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The lines that it printed at its start.
    pub(crate) fn greeting(&self) -> &[String] {
        &self.greeting
    }

    /// Runs a statement in the database, behind the program's back; wants [`super::Engine::Postgres`].
    #[track_caller]
    pub(crate) fn execute(&self, statement: &str) {
        self.setup.execute(statement);
    }

    /// The name of its database; wants [`super::Engine::Postgres`].
    #[track_caller]
    pub(crate) fn database_name(&self) -> &str {
        self.setup.database_name()
    }

    /// Runs a statement on the PostgreSQL server, outside of the database.
    pub(crate) fn administer(&self, statement: &str) {
        super::database::administer(statement);
    }

    /// Begins a transaction with this statement, behind the program's back; wants [`super::Engine::Postgres`].
    #[track_caller]
    pub(crate) fn begin(&self, statement: &str) -> super::Session {
        self.setup.begin(statement)
    }

    /// Runs `burgee` with the same settings.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.setup.run(arguments)
    }

    /// The same, with `input` on standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        Run::with_input(self.setup.command().args(arguments), input)
    }

    /// A token that may do everything.
    pub(crate) fn token(&self) -> &str {
        self.token.get_or_init(|| self.create_token(&["--scope", "runs:write,runs:read,projects:write"]))
    }

    /// A token by `burgee token create`.
    pub(crate) fn create_token(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["token", "create", "--name", "ci"], arguments].concat()).good();
        output.trim_end().to_owned()
    }

    /// A request, without credentials.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call<'_> {
        Call::new(&self.agent, method, &self.url(path))
    }

    /// An anonymous `GET`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    /// A request to the native API, with [`Self::token`].
    pub(crate) fn api(&self, method: &str, path: &str) -> Call<'_> {
        self.call(method, &format!("/api/burgee/v1{path}")).bearer(self.token())
    }

    /// Reports a run, which must be taken; the answer.
    #[track_caller]
    pub(crate) fn report(&self, run: &Value) -> Value {
        let answer = self.api("POST", "/runs").json(run).send();
        assert!(matches!(answer.status, 200 | 201), "{run}\n{answer}");
        answer.json()
    }

    /// Changes a project, by path or id, which must work; the project.
    #[track_caller]
    pub(crate) fn change_project(&self, project: &str, change: &Value) -> Value {
        let path = format!("/projects/{}", project.replace('/', "%2F"));
        self.api("PATCH", &path).json(change).send().expect(200).json()
    }

    /// A browser that nobody has signed in with.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A browser that is signed in as [`ADMIN`]; wants [`Setup::with_admin`].
    #[track_caller]
    pub(crate) fn signed_in(&self) -> Browser<'_> {
        let mut browser = self.browser();
        browser.post("/sign-in", &[("username", ADMIN), ("password", PASSWORD)]).expect(303);
        browser
    }

    /// Sends exactly these bytes, and reads exactly what comes back until the server hangs up.
    pub(crate) fn raw(&self, request: &str) -> String {
        let mut connection = TcpStream::connect(self.address).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

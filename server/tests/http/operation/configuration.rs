//! Settings: flag before environment before TOML file before default; what nobody knows is an error.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::support::{Run, burgee};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.0.path().join(name);
        fs::write(&file, text).unwrap();
        file
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
        Run::of(burgee(self.path()).envs(environment.iter().copied()).args(arguments))
    }

    /// What `burgee config` says of a setting: its value and where it is from.
    fn setting(&self, name: &str, environment: &[(&str, &str)], arguments: &[&str]) -> String {
        let output = self.run(environment, &[&["config"], arguments].concat()).good();
        let line = output
            .lines()
            .find(|line| line.split_whitespace().next() == Some(name))
            .unwrap_or_else(|| panic!("{name}: {output}"));
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn a_flag_wins_over_the_environment_over_the_file_over_the_default() {
    let folder = Folder::new();
    let listen = |environment: &[(&str, &str)], arguments: &[&str]| folder.setting("listen", environment, arguments);
    assert_eq!(listen(&[], &[]), "127.0.0.1:3000 default");
    folder.write("burgee.toml", "listen = \"127.0.0.1:3001\"\n");
    assert_eq!(listen(&[], &[]), "127.0.0.1:3001 file burgee.toml");
    let environment = [("BURGEE_LISTEN", "127.0.0.1:3002")];
    assert_eq!(listen(&environment, &[]), "127.0.0.1:3002 environment BURGEE_LISTEN");
    assert_eq!(listen(&environment, &["--listen", "127.0.0.1:3003"]), "127.0.0.1:3003 flag --listen");
}

#[test]
fn the_file_is_the_one_that_is_named() {
    let folder = Folder::new();
    folder.write("burgee.toml", "session_days = 1\n");
    let other = folder.write("other.toml", "session_days = 2\n");
    let other = other.to_str().unwrap();
    let days =
        |environment: &[(&str, &str)], arguments: &[&str]| folder.setting("session_days", environment, arguments);
    assert_eq!(days(&[], &["--config", other]), format!("2 file {other}"));
    assert_eq!(days(&[("BURGEE_CONFIG", other)], &[]), format!("2 file {other}"));
    let missing = folder.run(&[], &["config", "--config", "nothing.toml"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.stderr.contains("nothing.toml does not exist"), "{missing:?}");
}

#[test]
fn every_setting_is_printed_with_where_it_came_from() {
    let output = Folder::new().run(&[], &["config"]).good();
    for name in [
        "data_dir",
        "database_url",
        "database_connections",
        "listen",
        "public_url",
        "trusted_proxies",
        "admin_username",
        "admin_password",
        "session_days",
        "badge_max_age",
        "badge_stale_while_revalidate",
        "cache_size",
        "log",
        "log_format",
    ] {
        let line = output.lines().find(|line| line.split_whitespace().next() == Some(name));
        assert!(line.is_some_and(|line| line.ends_with("default")), "{name}: {output}");
    }
}

#[test]
fn an_unknown_variable_is_an_error_with_the_one_that_was_meant() {
    for command in ["config", "serve", "migrate"] {
        let run = Folder::new().run(&[("BURGEE_LISTN", "127.0.0.1:1")], &[command]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(
            run.stderr.contains("BURGEE_LISTN") && run.stderr.contains("did you mean \"BURGEE_LISTEN\""),
            "{run:?}"
        );
    }
}

#[test]
fn an_unknown_key_is_an_error_with_the_one_that_was_meant() {
    let folder = Folder::new();
    for (line, hint) in [("badge_maxage = 5", "badge_max_age"), ("listne = \"127.0.0.1:1\"", "listen")] {
        folder.write("burgee.toml", line);
        let run = folder.run(&[], &["config"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(&format!("did you mean \"{hint}\"")), "{run:?}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = Folder::new();
    for text in ["listen = ", "listen = {}", "[serve]\nlisten = \"x\""] {
        folder.write("burgee.toml", text);
        let run = folder.run(&[], &["config"]);
        assert_eq!(run.code, 2, "{text}: {run:?}");
        assert!(run.stderr.contains("burgee.toml"), "{text}: {run:?}");
    }
}

#[test]
fn a_bad_value_is_an_error_wherever_it_stands() {
    let folder = Folder::new();
    for (name, value) in [
        ("listen", "3000"),
        ("public-url", "badges.example.org"),
        ("public-url", "https://u:p@badges.example.org"),
        ("trusted-proxies", "proxy.example.org"),
        ("session-days", "0"),
        ("badge-max-age", "-1"),
        ("cache-size", "plenty"),
        ("cache-size", "-1"),
        ("cache-size", "64MB"),
        ("cache-size", "1025GiB"),
        ("cache-size", "99999999999999999999"),
        ("database-connections", "0"),
        ("database-connections", "1001"),
        ("log-format", "xml"),
        ("database-url", "mysql://x/y"),
        ("admin-password", "short"),
    ] {
        let variable = format!("BURGEE_{}", name.to_uppercase().replace('-', "_"));
        folder.write("burgee.toml", "");
        for (environment, argument) in
            [(vec![], Some(format!("--{name}={value}"))), (vec![(variable.as_str(), value)], None)]
        {
            let arguments: Vec<&str> = std::iter::once("config").chain(argument.as_deref()).collect();
            let run = folder.run(&environment, &arguments);
            assert_eq!(run.code, 2, "{name}={value}: {run:?}");
            assert!(run.stderr.contains(name) || run.stderr.contains(&variable), "{name}: {run:?}");
        }
        folder.write("burgee.toml", &format!("{} = \"{value}\"", name.replace('-', "_")));
        let run = folder.run(&[], &["config"]);
        assert_eq!(run.code, 2, "{name} = {value:?} in a file: {run:?}");
    }
}

#[test]
fn secrets_are_never_printed() {
    let folder = Folder::new();
    let (password, database) = ("correct horse battery", "postgres://burgee:hunter2@db.example.org/burgee");
    let environment = [("BURGEE_ADMIN_PASSWORD", password), ("BURGEE_DATABASE_URL", database)];
    folder.write("with-secrets.toml", &format!("admin_password = \"{password}\"\ndatabase_url = \"{database}\"\n"));
    let flags = ["config", "--admin-password", password, "--database-url", database];
    for run in [
        folder.run(&environment, &["config"]),
        folder.run(&[], &["config", "--config", "with-secrets.toml"]),
        folder.run(&[], &flags),
    ] {
        let output = run.good();
        assert_eq!(output.matches("(hidden)").count(), 2, "{output}");
        assert!(!output.contains("hunter2") && !output.contains("horse"), "{output}");
    }
    let help = folder.run(&environment, &["serve", "--help"]).good();
    assert!(!help.contains("hunter2") && !help.contains("horse"), "{help}");
}

#[test]
fn a_secret_may_stand_in_a_file_but_not_in_two_places() {
    let folder = Folder::new();
    let file = folder.write("secret", "correct horse battery\n");
    let file = file.to_str().unwrap();
    let password = folder.setting("admin_password", &[("BURGEE_ADMIN_PASSWORD_FILE", file)], &[]);
    assert_eq!(password, "(hidden) file named by BURGEE_ADMIN_PASSWORD_FILE");
    let both = folder
        .run(&[("BURGEE_ADMIN_PASSWORD_FILE", file), ("BURGEE_ADMIN_PASSWORD", "correct horse battery")], &["config"]);
    assert_eq!(both.code, 2, "{both:?}");
    let missing = folder.run(&[("BURGEE_ADMIN_PASSWORD_FILE", "nothing")], &["config"]);
    assert_eq!(missing.code, 2, "{missing:?}");
}

#[test]
fn the_manual_names_every_variable() {
    let folder = Folder::new();
    let help = folder.run(&[], &["serve", "--help"]).good();
    for variable in [
        "BURGEE_DATA_DIR",
        "BURGEE_DATABASE_URL",
        "BURGEE_LISTEN",
        "BURGEE_PUBLIC_URL",
        "BURGEE_TRUSTED_PROXIES",
        "BURGEE_ADMIN_PASSWORD",
        "BURGEE_CACHE_SIZE",
        "BURGEE_DATABASE_CONNECTIONS",
    ] {
        assert!(help.contains(variable), "{variable}: {help}");
    }
    for command in ["serve", "demo", "report", "token", "user", "config", "migrate"] {
        let help = folder.run(&[], &[command, "--help"]).good();
        assert!(help.contains("Usage: burgee"), "{help}");
    }
}

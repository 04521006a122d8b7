//! An unmodified python-gitlab, whose badge managers cannot tell Burgee from GitLab (`tests/clients/python_gitlab.py`).

use std::{path::Path, process::Command};

use super::{
    source::Kind,
    world::{PRIVATE_PROJECT, PUBLIC_GROUP, PUBLIC_PROJECT, World},
};
use crate::support::{TestServer, on_both_engines};

/// Runs the script with these arguments; fails with what it printed when one of its tests does.
#[track_caller]
fn python(script: &str, arguments: &[&str]) {
    let server = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = server.join("../.tools/clients/bin/python");
    assert!(python.exists(), "the GitLab client is not there: run make setup-test");
    let mut command = Command::new(python);
    command.env_clear().env("PYTHONDONTWRITEBYTECODE", "1");
    let output = command.arg(server.join("tests/clients").join(script)).args(arguments).output().unwrap();
    let (printed, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}:\n{printed}\n{complained}");
}

on_both_engines! {
    fn python_gitlab_works_unmodified(server: &TestServer) {
        let world = World::of(server);
        let owner = world.source(Kind::Group, PUBLIC_GROUP).member("owner");
        let stranger = world.stranger();
        let arguments = [owner.token(), stranger.token(), PUBLIC_PROJECT, PUBLIC_GROUP, PRIVATE_PROJECT];
        python("python_gitlab.py", &[&[server.url("").as_str()], &arguments[..]].concat());
    }
}

//! The binary as a command.

use std::{
    path::Path,
    process::{Command, Output},
};

/// `burgee`, in `folder`, with nothing of the developer's own environment.
pub(crate) fn burgee(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_burgee"));
    command.env_clear().current_dir(folder);
    command
}

/// What a command that has ended said.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Runs the command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        Self {
            code: status.code().unwrap(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// What a command that must do its work said on standard output.
    #[track_caller]
    pub(crate) fn good(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout
    }
}

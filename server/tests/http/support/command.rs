//! The binary as a command.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
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
        Self::from(command.output().unwrap())
    }

    /// Runs the command to its end, with `input` on its standard input.
    pub(crate) fn with_input(command: &mut Command, input: &str) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Self::from(child.wait_with_output().unwrap())
    }

    fn from(Output { status, stdout, stderr }: Output) -> Self {
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

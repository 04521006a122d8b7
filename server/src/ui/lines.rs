//! What was reported, as pages show it.

use burgee_app::{
    pages::{VariableLine, builds::BuildLine},
    run::RunLine,
};
use burgee_store::{
    builds::Build,
    effective_variables::{Effective, Origin},
    runs::Run,
};

/// A run.
pub(crate) fn run(run: Run) -> RunLine {
    RunLine {
        id: run.id,
        status: run.status,
        release: run.release,
        build: run.build,
        build_id: run.build_id,
        environment: run.environment,
        tenant: run.tenant,
        job: run.job,
        stage: run.stage,
        branch: run.branch,
        url: run.url,
        started_at: run.started_at,
        finished_at: run.finished_at,
        reported_at: run.updated_at,
    }
}

/// A build with its latest run.
pub(super) fn build(build: Build, latest: Option<Run>) -> BuildLine {
    BuildLine {
        id: build.id,
        number: build.number,
        release: build.release,
        release_status: build.release_status,
        status: build.status,
        created_at: build.created_at,
        latest: latest.map(run),
    }
}

/// A named value. A sensitive one goes no further than here.
pub(super) fn variable(effective: Effective) -> VariableLine {
    let variable = effective.variable;
    VariableLine {
        value: (!variable.sensitive).then_some(variable.value),
        name: variable.name,
        from: match effective.origin {
            Origin::Run => "run",
            Origin::Build => "build",
            Origin::Release => "release",
            Origin::Project => "project",
        },
    }
}

/// The id at the end of an address.
pub(super) fn id(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

/// The address of the page of a list that begins before this id.
pub(super) fn older(path: &str, before: i64) -> String {
    let join = if path.contains('?') { '&' } else { '?' };
    format!("{path}{join}before={before}")
}

#[cfg(test)]
mod tests {
    use burgee_store::variables::Variable;

    use super::*;

    #[test]
    fn a_sensitive_value_goes_no_further() {
        let line = |sensitive| {
            let variable = Variable { name: "Key".to_owned(), value: "s3cret".to_owned(), sensitive };
            variable_line(variable)
        };
        assert_eq!(line(false).value.as_deref(), Some("s3cret"));
        assert!(!format!("{:?}", line(true)).contains("s3cret"));
    }

    fn variable_line(variable: Variable) -> VariableLine {
        super::variable(Effective { variable, origin: Origin::Build })
    }

    #[test]
    fn an_id_is_digits_and_nothing_else() {
        assert_eq!(id("17"), Some(17));
        for bad in ["", "+17", "-1", "1/2", "17a", "١٧", "99999999999999999999"] {
            assert_eq!(id(bad), None, "{bad}");
        }
    }
}

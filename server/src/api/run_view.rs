//! A run, as the native API and the pages show it.

use burgee_domain::view::RunView;
use burgee_store::runs::Run;

/// A run, as this API shows it.
pub(crate) fn view(run: Run) -> RunView {
    RunView {
        id: run.id,
        project: run.project,
        environment: run.environment,
        tenant: run.tenant,
        release: run.release,
        build: run.build,
        job: run.job,
        stage: run.stage,
        status: run.status,
        url: run.url,
        branch: run.branch,
        coverage: run.coverage,
        external_id: run.external_id,
        rerun_of: run.rerun_of,
        reported_by: run.reported_by,
        queued_at: run.queued_at,
        started_at: run.started_at,
        finished_at: run.finished_at,
        created_at: run.created_at,
        updated_at: run.updated_at,
    }
}

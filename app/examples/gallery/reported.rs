//! The pages of what was reported: runs, builds, releases.

use burgee_app::{
    pages::{build, builds, release, releases, run},
    site::Theme,
};
use burgee_domain::status::RunStatus;

use crate::sample::{self, reported};

/// All of them, in their states.
pub(crate) fn pages(theme: Theme) -> Vec<(&'static str, String)> {
    let site = &sample::site(theme, "/harbour/web-shop/-/runs/8184", true);
    let anonymous = &sample::site(theme, "/harbour/web-shop/-/runs/8184", false);
    vec![
        ("run", run::render(site, reported::deployment())),
        ("run-job", run::render(site, reported::job())),
        ("run-running", run::render(site, reported::running())),
        ("run-bare", run::render(site, reported::bare())),
        (
            "run-readers",
            run::render(anonymous, run::RunPage { head: sample::web_shop_for_readers(), ..reported::deployment() }),
        ),
        ("build", build::render(site, reported::build())),
        ("build-rejected", build::render(site, reported::rejected())),
        ("build-without-runs", build::render(site, reported::build_without_runs())),
        ("builds", builds::render(site, reported::builds())),
        ("builds-none", builds::render(site, builds::BuildsPage { builds: vec![], older: None, ..reported::builds() })),
        ("release", release::render(site, reported::release(RunStatus::Succeeded))),
        ("release-canceled", release::render(site, reported::canceled())),
        ("releases", releases::render(site, reported::releases())),
        (
            "releases-none",
            releases::render(site, releases::ReleasesPage { releases: vec![], older: None, ..reported::releases() }),
        ),
    ]
}

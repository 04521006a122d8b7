//! Addresses in answers: a run's own, its project's page, and its badge ready to paste.

use burgee_domain::{
    release_badge::{Address, Format, Options},
    snippet::{self, Picture, Snippet},
    url_text::encode_path,
    view::Reported,
};
use burgee_store::reports::Applied;

use super::run_view;
use crate::config::public_url::PublicUrl;

/// The answer to a report.
pub(crate) fn reported(public: &PublicUrl, applied: Applied) -> Reported {
    let Applied { run, project, created, .. } = applied;
    let settings = format!("{}/-/settings", project_page(public, &project.full_path));
    let hint = (!project.badges_enabled)
        .then(|| format!("badges are off for {}; switch them on at {settings}", project.full_path));
    let badges = match &run.environment_slug {
        Some(environment) => {
            let address = Address {
                space: space_of(&project.full_path).to_owned(),
                project: project.slug.clone(),
                environment: environment.clone(),
            };
            let options = Options { tenant: run.tenant_slug.clone(), ..Options::default() };
            let alt = format!("{} in {}", project.title, run.environment.as_deref().unwrap_or_default());
            snippets(public, &address, &options, &project.full_path, alt)
        }
        None => Vec::new(),
    };
    let url = public.url(&format!("/api/burgee/v1/runs/{}", run.id));
    Reported { created, run: run_view::view(run), url, hint, badges }
}

/// The space's slug: the first segment of every path in it.
pub(super) fn space_of(full_path: &str) -> &str {
    full_path.split('/').next().unwrap_or(full_path)
}

/// The page of a project, group or space.
pub(crate) fn project_page(public: &PublicUrl, full_path: &str) -> String {
    public.url(&format!("/{}", encode_path(full_path)))
}

fn snippets(public: &PublicUrl, address: &Address, options: &Options, full_path: &str, alt: String) -> Vec<Snippet> {
    let url = |format| public.url(&address.path(format, options));
    snippet::all(&Picture {
        image_url: url(Format::Svg),
        link_url: Some(project_page(public, full_path)),
        endpoint_url: Some(url(Format::Json)),
        alt,
    })
}

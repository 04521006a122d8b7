//! Writes every page, in several states, as files to look at without a server:
//! `cargo run -p burgee-app --features ssr --example gallery -- target/gallery`

mod places;
mod reported;
mod sample;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use burgee_app::{
    form::FieldError,
    pages::{
        badge_builder::{self, BuilderTab},
        dashboard, error, project, revoke_token, settings, setup, sign_in, tokens,
    },
    site::{Site, Theme},
};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("which folder shall the pages be written to?")?);
    write_style(&out)?;
    for theme in [Theme::Light, Theme::Dark] {
        for (name, html) in pages(theme) {
            fs::write(out.join(format!("{name}-{}.html", theme.as_str())), html)?;
        }
    }
    Ok(())
}

/// The style sheet, joined in the order of the cascade.
fn write_style(out: &Path) -> Result<(), Box<dyn Error>> {
    let style = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut files = vec![style.join("tokens.css"), style.join("base.css")];
    for folder in ["components", "pages"] {
        let mut more = fs::read_dir(style.join(folder))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
        more.sort();
        files.append(&mut more);
    }
    let css = files.iter().map(fs::read_to_string).collect::<Result<String, _>>()?;
    let folder = out.join("pkg/gallery");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("main.css"), css)?;
    fs::create_dir_all(out.join("assets"))?;
    fs::write(out.join("assets/favicon.svg"), burgee_app::FAVICON_SVG)?;
    Ok(())
}

fn pages(theme: Theme) -> Vec<(&'static str, String)> {
    [general(theme), builders(theme), places::pages(theme), reported::pages(theme)].concat()
}

/// The Badge Builder in each of its tabs.
fn builders(theme: Theme) -> Vec<(&'static str, String)> {
    use sample::builder::{build, build_without_keys, empty, job, project, release};
    let admin = &sample::site(theme, "/harbour/web-shop/-/badge-builder", true);
    let tenant = [
        ("environment", "staging"),
        ("tenantId", "north-pier"),
        ("label", "tenant"),
        ("includeFailed", "true"),
        ("style", "for-the-badge"),
    ];
    let filters = [("$ReleaseNumber", "2026.12"), ("$Branch", "main"), ("page", "release"), ("style", "flat-square")];
    let mut off = release(&[("style", "round")]);
    off.head.badges_enabled = false;
    let powerful = "This key may do more than read badges: never put it into a README. It is in no text here.";
    let coverage = [("badge", "coverage"), ("key_text", "tests"), ("min_good", "80"), ("min_acceptable", "60")];
    [
        ("builder", release(&[])),
        ("builder-tenant", release(&tenant)),
        ("builder-notice", off),
        ("builder-empty", empty(BuilderTab::Release)),
        ("builder-build", build(&[], Some("badges"), None)),
        ("builder-build-filters", build(&filters, Some("badges"), None)),
        ("builder-build-unknown", build(&[("$Commit", "c0ffee")], Some("badges"), None)),
        ("builder-build-wrong-key", build(&[], None, Some(powerful))),
        ("builder-build-no-keys", build_without_keys()),
        ("builder-build-empty", empty(BuilderTab::Build)),
        ("builder-job", job(&[], false)),
        ("builder-job-private", job(&[("job", "integration"), ("title", "integration tests")], true)),
        ("builder-job-empty", empty(BuilderTab::Job)),
        ("builder-project", project(&[])),
        ("builder-project-coverage", project(&coverage)),
        ("builder-project-empty", empty(BuilderTab::Project)),
    ]
    .into_iter()
    .map(|(name, page)| (name, badge_builder::render(admin, page)))
    .collect()
}

fn general(theme: Theme) -> Vec<(&'static str, String)> {
    let admin = &sample::site(theme, "/harbour/web-shop", true);
    let anonymous = &Site { theme, ..sample::site(theme, "/harbour/web-shop", false) };
    let head = sample::web_shop();
    let badges_off = burgee_app::pages::ProjectHead { badges_enabled: false, ..head.clone() };
    let form = settings::SettingsForm::from(&head);
    vec![
        ("sign-in", sign_in::render(anonymous, sign_in::SignInPage::default())),
        (
            "sign-in-wrong",
            sign_in::render(
                anonymous,
                sign_in::SignInPage {
                    username: "admin".to_owned(),
                    problem: Some(sign_in::SignInProblem::WrongCredentials),
                    ..Default::default()
                },
            ),
        ),
        (
            "setup",
            setup::render(
                anonymous,
                setup::SetupPage::Open(setup::SetupForm {
                    token: "x".to_owned(),
                    username: "admin".to_owned(),
                    errors: vec![],
                }),
            ),
        ),
        (
            "setup-errors",
            setup::render(
                anonymous,
                setup::SetupPage::Open(setup::SetupForm {
                    token: "x".to_owned(),
                    username: "admin".to_owned(),
                    errors: vec![
                        FieldError::new("password", "The password must have at least 12 characters."),
                        FieldError::new("password_again", "The two passwords differ."),
                    ],
                }),
            ),
        ),
        ("setup-closed", setup::render(anonymous, setup::SetupPage::Closed)),
        ("dashboard", dashboard::render(&sample::site(theme, "/", true), sample::dashboard())),
        ("dashboard-first", dashboard::render(&sample::site(theme, "/", true), sample::first_steps())),
        (
            "dashboard-not-found",
            dashboard::render(
                admin,
                dashboard::DashboardPage {
                    query: "submarine".to_owned(),
                    projects: vec![],
                    total: 0,
                    ..sample::dashboard()
                },
            ),
        ),
        ("dashboard-anonymous", dashboard::render(anonymous, dashboard::DashboardPage::default())),
        ("dashboard-wide", dashboard::render(admin, sample::wide_dashboard())),
        ("project", project::render(admin, sample::project())),
        (
            "project-new",
            project::render(
                anonymous,
                project::ProjectPage { environments: vec![], runs: vec![], older: None, ..sample::project() },
            ),
        ),
        (
            "settings",
            settings::render(
                admin,
                settings::SettingsPage { head: head.clone(), form: form.clone(), errors: vec![], saved: true },
            ),
        ),
        (
            "settings-errors",
            settings::render(
                admin,
                settings::SettingsPage {
                    head: badges_off.clone(),
                    form: settings::SettingsForm { title: String::new(), badges_enabled: false, ..form },
                    errors: vec![FieldError::new("title", "Title must not be empty.")],
                    saved: false,
                },
            ),
        ),
        ("tokens", tokens::render(&sample::site(theme, "/tokens", true), sample::tokens())),
        (
            "tokens-new",
            tokens::render(
                &sample::site(theme, "/tokens", true),
                tokens::TokensPage {
                    errors: vec![FieldError::new("scope", "Choose at least one permission.")],
                    ..Default::default()
                },
            ),
        ),
        ("token-revoke", revoke_token::render(&sample::site(theme, "/tokens", true), sample::revoking())),
        ("token-revoke-unused", revoke_token::render(&sample::site(theme, "/tokens", true), sample::revoking_unused())),
        ("error-404", error::render(anonymous, error::ErrorPage { status: 404, detail: None })),
        (
            "error-429",
            error::render(
                admin,
                error::ErrorPage { status: 429, detail: Some("Please try again in 30 seconds.".to_owned()) },
            ),
        ),
    ]
}

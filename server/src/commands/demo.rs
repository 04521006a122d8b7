//! `burgee demo`: sample data to look around in.

use std::sync::atomic::{AtomicBool, Ordering};

use burgee_domain::{
    change::{ProjectChange, Visibility},
    report::RunReport,
};
use burgee_store::{
    Conn, Store, StoreError,
    badges::{self, Content, Listing, Owner},
    groups, projects, reports, users,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Outcome, block_on, open, say, serve};
use crate::{
    auth::{password, secret},
    cli::DemoArgs,
    config::public_url::PublicUrl,
    ops::logging,
    state::App,
};

/// The sample: projects and the runs that were reported about them, oldest first.
const SAMPLE: &str = include_str!("../../assets/demo.json");

/// The sample's shape.
#[derive(Deserialize)]
struct Sample {
    projects: Vec<SampleProject>,
    runs: Vec<SampleRun>,
    badges: Vec<SampleBadge>,
}

/// How a project is opened to others, once its runs are there.
#[derive(Deserialize)]
struct SampleProject {
    path: String,
    badges_enabled: bool,
    visibility: Visibility,
}

/// A report, with times relative to now.
#[derive(Deserialize)]
struct SampleRun {
    /// How many minutes ago it began.
    minutes_ago: i64,
    /// How many seconds it took; absent while it runs.
    seconds: Option<i64>,
    /// The report itself.
    #[serde(flatten)]
    report: Map<String, Value>,
}

/// A badge of a project or group, on this Burgee itself.
#[derive(Deserialize)]
struct SampleBadge {
    /// The full path of the project or group.
    of: String,
    name: String,
    /// Where a click leads, below the public address.
    link: String,
    /// Where the picture is, below the public address.
    image: String,
}

pub(crate) fn run(arguments: DemoArgs) -> Outcome {
    let DemoArgs { seed_only, mut settings } = arguments;
    logging::start(&settings.log, settings.log_format)?;
    let keeps = settings.store.database_url.is_some() || settings.store.data_dir != std::path::Path::new("./data");
    if seed_only && !keeps {
        return Err("--seed-only needs --data-dir or --database-url: where to put the sample".to_owned());
    }
    // Goes away when the demo ends, unless a place to keep was named.
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    if !keeps {
        folder.path().clone_into(&mut settings.store.data_dir);
    }
    block_on(async {
        let store = open(&settings.store).await?;
        if seed_only {
            // The address at which it will be served is known only if it is configured.
            seed(&store, settings.public_url.as_ref()).await?;
            say("the sample data is there");
            return Ok(());
        }
        let listener = match serve::listen(settings.listen).await {
            Ok(listener) => listener,
            // Most likely the real one is running; the demo need not be at the same port.
            Err(_) => serve::listen((settings.listen.ip(), 0).into()).await?,
        };
        let public = serve::public_url(&settings, &listener)?;
        seed(&store, Some(&public)).await?;
        let sign_in = make_account(&store, &settings.admin_username).await?;
        if let Some(password) = sign_in {
            say(&format!("\nSample data. Sign in as {} with the password {password}", settings.admin_username));
        }
        serve::serve(App::new(store, settings), listener).await
    })
}

/// Makes the demo's account, unless the database has accounts already.
async fn make_account(store: &Store, name: &str) -> Result<Option<String>, String> {
    let password: String = secret::random().chars().take(16).collect();
    let (name, hash) = (name.to_owned(), password::hash(password.clone()).await?);
    let made = AtomicBool::new(false);
    let made = std::sync::Arc::new(made);
    let flag = std::sync::Arc::clone(&made);
    store
        .write(async move |conn| {
            if !users::has_admin(conn).await? {
                users::create(conn, &name, &hash, true, Utc::now()).await?;
                flag.store(true, Ordering::Relaxed);
            }
            Ok(())
        })
        .await
        .map_err(|error: StoreError| error.to_string())?;
    Ok(made.load(Ordering::Relaxed).then_some(password))
}

/// Reports the sample, in one transaction. Its badges are pictures of this Burgee at `public`: without an address there
/// are none.
async fn seed(store: &Store, public: Option<&PublicUrl>) -> Result<(), String> {
    let sample: Sample = serde_json::from_str(SAMPLE).map_err(|error| format!("demo.json: {error}"))?;
    let now = Utc::now();
    let mut steps = Vec::with_capacity(sample.runs.len());
    for (index, run) in sample.runs.into_iter().enumerate() {
        let body = with_times(run, index, now);
        let report = RunReport::parse("", &body).map_err(|errors| format!("demo.json, run {index}: {errors:?}"))?;
        steps.push((report, body["started_at"].as_str().and_then(|text| text.parse().ok()).unwrap_or(now)));
    }
    let badges: Vec<_> = public
        .map(|public| sample.badges.into_iter().map(|badge| with_address(badge, public)).collect())
        .unwrap_or_default();
    store
        .write(async move |conn| {
            apply(conn, &steps, &sample.projects).await?;
            add_badges(conn, &badges).await
        })
        .await
        .map_err(|error: StoreError| error.to_string())
}

async fn apply(
    conn: &mut Conn,
    steps: &[(RunReport, DateTime<Utc>)],
    settings: &[SampleProject],
) -> Result<(), StoreError> {
    for (report, at) in steps {
        reports::apply(conn, report, Some("demo"), *at).await?;
    }
    for SampleProject { path, badges_enabled, visibility } in settings {
        if let Some(project) = projects::find_by_path(conn, path).await? {
            let change = ProjectChange {
                badges_enabled: Some(*badges_enabled),
                visibility: Some(*visibility),
                ..ProjectChange::default()
            };
            projects::change(conn, project.id, &change, Utc::now()).await?;
        }
    }
    Ok(())
}

/// Whose badge it is, and the badge.
fn with_address(badge: SampleBadge, public: &PublicUrl) -> (String, Content) {
    let SampleBadge { of, name, link, image } = badge;
    (of, Content { name: Some(name), link_url: public.url(&link), image_url: public.url(&image) })
}

/// Adds badges to those that do not have them yet.
async fn add_badges(conn: &mut Conn, badges: &[(String, Content)]) -> Result<(), StoreError> {
    for (path, content) in badges {
        let (owner, own) = if let Some(project) = projects::find_by_path(conn, path).await? {
            (Owner::Project(project.id), Listing::Project { id: project.id, above: Vec::new() })
        } else if let Some(group) = groups::find_by_path(conn, path).await? {
            (Owner::Group(group.id), Listing::Group(group.id))
        } else {
            continue;
        };
        if badges::count(conn, &own, content.name.as_deref()).await? == 0 {
            badges::create(conn, owner, content, Utc::now()).await?;
        }
    }
    Ok(())
}

/// The report as a tool would have sent it. The external id makes seeding twice the same as once.
fn with_times(run: SampleRun, index: usize, now: DateTime<Utc>) -> Value {
    let started = now - TimeDelta::minutes(run.minutes_ago);
    let mut body = Value::Object(run.report);
    body["external_id"] = json!(format!("demo-{index}"));
    body["started_at"] = json!(started.to_rfc3339());
    if let Some(seconds) = run.seconds {
        body["finished_at"] = json!((started + TimeDelta::seconds(seconds)).to_rfc3339());
    }
    body
}

#[cfg(test)]
mod tests {
    use burgee_domain::gitlab::badge_url;

    use super::*;

    #[test]
    fn every_run_of_the_sample_is_a_valid_report() {
        let sample: Sample = serde_json::from_str(SAMPLE).unwrap();
        for (index, run) in sample.runs.into_iter().enumerate() {
            RunReport::parse("", &with_times(run, index, Utc::now())).unwrap();
        }
    }

    #[test]
    fn every_badge_of_the_sample_has_valid_addresses() {
        let sample: Sample = serde_json::from_str(SAMPLE).unwrap();
        let public = PublicUrl::of_host("http", "127.0.0.1:3000");
        for badge in sample.badges {
            let (_, Content { link_url, image_url, .. }) = with_address(badge, &public);
            assert_eq!(badge_url::check(&link_url), Ok(link_url.as_str()));
            assert_eq!(badge_url::check(&image_url), Ok(image_url.as_str()));
        }
    }
}

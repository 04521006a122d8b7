//! `burgee demo`: sample data to look around in.

use std::sync::atomic::{AtomicBool, Ordering};

use burgee_domain::{
    change::{ProjectChange, Visibility},
    report::RunReport,
};
use burgee_store::{Conn, Store, StoreError, projects, reports, users};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Outcome, block_on, open, say, serve};
use crate::{
    auth::{password, secret},
    cli::DemoArgs,
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
        seed(&store).await?;
        if seed_only {
            say("the sample data is there");
            return Ok(());
        }
        let sign_in = make_account(&store, &settings.admin_username).await?;
        let listener = match serve::listen(settings.listen).await {
            Ok(listener) => listener,
            // Most likely the real one is running; the demo need not be at the same port.
            Err(_) => serve::listen((settings.listen.ip(), 0).into()).await?,
        };
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
        .write(move |conn| {
            Box::pin(async move {
                if !users::has_admin(conn).await? {
                    users::create(conn, &name, &hash, true, Utc::now()).await?;
                    flag.store(true, Ordering::Relaxed);
                }
                Ok(())
            })
        })
        .await
        .map_err(|error: StoreError| error.to_string())?;
    Ok(made.load(Ordering::Relaxed).then_some(password))
}

/// Reports the sample, in one transaction.
async fn seed(store: &Store) -> Result<(), String> {
    let sample: Sample = serde_json::from_str(SAMPLE).map_err(|error| format!("demo.json: {error}"))?;
    let now = Utc::now();
    let mut steps = Vec::with_capacity(sample.runs.len());
    for (index, run) in sample.runs.into_iter().enumerate() {
        let body = with_times(run, index, now);
        let report = RunReport::parse("", &body).map_err(|errors| format!("demo.json, run {index}: {errors:?}"))?;
        steps.push((report, body["started_at"].as_str().and_then(|text| text.parse().ok()).unwrap_or(now)));
    }
    store
        .write(move |conn| Box::pin(async move { apply(conn, &steps, &sample.projects).await }))
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
    use super::*;

    #[test]
    fn every_run_of_the_sample_is_a_valid_report() {
        let sample: Sample = serde_json::from_str(SAMPLE).unwrap();
        for (index, run) in sample.runs.into_iter().enumerate() {
            RunReport::parse("", &with_times(run, index, Utc::now())).unwrap();
        }
    }
}

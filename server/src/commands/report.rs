//! `burgee report`: the native API's report from a CI job, tried again until it is through.

use std::{
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use burgee_domain::view::Reported;
use serde_json::{Map, Value, json};
use ureq::Agent;

use super::{complain, say};
use crate::cli::ReportArgs;

/// Refused by the server as not valid.
const REFUSED: u8 = 3;
/// Token missing, not valid, or not allowed to do this.
const NOT_ALLOWED: u8 = 4;
/// Not reached, or failing, until the time was over.
const NOT_REACHED: u8 = 5;

/// One try may take this long.
const TRY_TIMEOUT: Duration = Duration::from_secs(30);
/// Waits double from the first to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(15);

pub(crate) fn run(arguments: &ReportArgs) -> ExitCode {
    let Some(token) = &arguments.token else {
        return complain("a token is needed: --token, BURGEE_TOKEN or BURGEE_TOKEN_FILE", NOT_ALLOWED);
    };
    match send(arguments, token) {
        Ok(answer) => {
            print(&answer, arguments.json);
            ExitCode::SUCCESS
        }
        Err((error, code)) => complain(&error, code),
    }
}

fn print(answer: &Value, whole: bool) {
    if whole {
        return say(&format!("{answer:#}"));
    }
    let Ok(reported) = serde_json::from_value::<Reported>(answer.clone()) else {
        return say("reported");
    };
    let verb = if reported.created { "reported" } else { "updated" };
    say(&format!("{verb} run {} of {}: {}", reported.run.id, reported.run.project, reported.run.status.words()));
    if let Some(badge) = reported.badges.first() {
        say(&badge.text);
    }
    if let Some(hint) = reported.hint {
        say(&hint);
    }
}

/// What one try came to.
enum Try {
    Done(Value),
    Final(String, u8),
    Again(String),
}

fn send(arguments: &ReportArgs, token: &str) -> Result<Value, (String, u8)> {
    let url = format!("{}/api/burgee/v1/runs", arguments.server.trim_end_matches('/'));
    let agent: Agent =
        Agent::config_builder().http_status_as_error(false).timeout_global(Some(TRY_TIMEOUT)).build().into();
    let body = body(arguments);
    let deadline = Instant::now() + Duration::from_secs(arguments.retry_for);
    let mut wait = FIRST_WAIT;
    loop {
        match attempt(&agent, &url, token, &body) {
            Try::Done(answer) => return Ok(answer),
            Try::Final(error, code) => return Err((error, code)),
            Try::Again(error) if Instant::now() + wait > deadline => {
                return Err((format!("{url}: {error}; gave up after {} s", arguments.retry_for), NOT_REACHED));
            }
            Try::Again(error) => {
                let _retrying = complain(&format!("{error}; trying again in {} ms", wait.as_millis()), NOT_REACHED);
                thread::sleep(wait);
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

fn attempt(agent: &Agent, url: &str, token: &str, body: &Value) -> Try {
    let sent = agent.post(url).header("Authorization", format!("Bearer {token}")).send_json(body);
    let mut response = match sent {
        Ok(response) => response,
        Err(error @ (ureq::Error::BadUri(_) | ureq::Error::Http(_))) => {
            return Try::Final(error.to_string(), super::WRONG_USE);
        }
        Err(error) => return Try::Again(error.to_string()),
    };
    let status = response.status().as_u16();
    let answer: Value = response.body_mut().read_json().unwrap_or(Value::Null);
    match status {
        200 | 201 => Try::Done(answer),
        401 | 403 => Try::Final(describe(status, &answer), NOT_ALLOWED),
        408 | 429 | 500.. => Try::Again(describe(status, &answer)),
        _ => Try::Final(describe(status, &answer), REFUSED),
    }
}

/// The problem's sentence, and every bad field.
fn describe(status: u16, answer: &Value) -> String {
    let detail = answer["detail"].as_str().unwrap_or("no explanation given; is this Burgee's address?");
    let fields = answer["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|error| Some(format!("\n  {} {}", error["pointer"].as_str()?, error["detail"].as_str()?)));
    format!("HTTP {status}: {detail}{}", fields.collect::<String>())
}

fn body(arguments: &ReportArgs) -> Value {
    let external_id = arguments.external_id.clone().unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
    let variables: Map<String, Value> =
        arguments.variables.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let instance_vars: Map<String, Value> =
        arguments.instance_vars.iter().map(|(name, value)| (name.clone(), json_or_text(value))).collect();
    json!({
        "space": arguments.space,
        "project": arguments.project,
        "environment": arguments.environment,
        "tenant": arguments.tenant,
        "release": arguments.release,
        "build": arguments.build,
        "job": arguments.job,
        "stage": arguments.stage,
        "instance_vars": instance_vars,
        "status": arguments.status,
        "url": arguments.url,
        "variables": variables,
        "coverage": arguments.coverage,
        "external_id": external_id,
        "rerun_of": arguments.rerun_of,
    })
}

/// Numbers, booleans and the like as they are; everything else is a text, which needs no quotes.
fn json_or_text(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| json!(value))
}

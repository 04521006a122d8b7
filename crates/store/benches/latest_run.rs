//! What the look-up behind a release badge costs with a short and with a long history: it should be the same.
//!
//! Method: two databases, one with 10^4 and one with 10^6 runs of one project in one environment, of which the
//! newest 99 % failed (so that the default filter has to pass over them). The look-ups of both are interleaved,
//! each timed alone, and their medians compared.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to who runs it")]

mod support;

use std::time::Duration;

use burgee_store::{
    DatabaseUrl, Options, Store, dashboard,
    release_badge::{self, Cell, Query},
};
use support::{Outcome, execute, median, on_both_engines, report, timed};

const SHORT: i64 = 10_000;
const LONG: i64 = 1_000_000;
const LOOK_UPS: usize = 3_000;

fn main() -> Outcome<()> {
    println!(
        "Latest run: median of {LOOK_UPS} look-ups in {SHORT} and in {LONG} runs, interleaved; the newest 99 % failed."
    );
    on_both_engines(compare)
}

async fn compare(short: DatabaseUrl, long: DatabaseUrl) -> Outcome<()> {
    let (short, long) = (filled(short, SHORT).await?, filled(long, LONG).await?);
    for include_failed in [false, true] {
        let (mut short_times, mut long_times) = (Vec::new(), Vec::new());
        for turn in 0..LOOK_UPS + 100 {
            let times = [look_up(&short, include_failed).await?, look_up(&long, include_failed).await?];
            // The first hundred fill caches and prepare statements.
            if turn >= 100 {
                short_times.push(times[0]);
                long_times.push(times[1]);
            }
        }
        let what = if include_failed { "latest run, whatever its status" } else { "latest run that did not fail" };
        report(&format!("{}, {what}", short.engine()), median(short_times), median(long_times));
    }
    let (mut short_times, mut long_times) = (Vec::new(), Vec::new());
    for _ in 0..LOOK_UPS {
        short_times.push(whole_badge(&short).await?);
        long_times.push(whole_badge(&long).await?);
    }
    report(&format!("{}, whole badge (three statements)", short.engine()), median(short_times), median(long_times));
    let (mut short_times, mut long_times) = (Vec::new(), Vec::new());
    for _ in 0..LOOK_UPS / 10 {
        short_times.push(dashboard_page(&short).await?);
        long_times.push(dashboard_page(&long).await?);
    }
    report(&format!("{}, dashboard page", short.engine()), median(short_times), median(long_times));
    Ok(())
}

async fn look_up(store: &Store, include_failed: bool) -> Outcome<Duration> {
    let cell = Cell { project_id: 1, environment_id: 1, tenant_id: None };
    let (shown, took) = timed(store, async |conn| release_badge::latest(conn, cell, include_failed).await).await?;
    shown.map(|_| took).ok_or_else(|| "nothing was found".into())
}

async fn whole_badge(store: &Store) -> Outcome<Duration> {
    let query =
        Query { space: "default", project: "p", environment: "production", tenant: None, include_failed: false };
    let (found, took) = timed(store, async |conn| release_badge::find(conn, &query).await).await?;
    found.map(|_| took).ok_or_else(|| "no badge was found".into())
}

async fn dashboard_page(store: &Store) -> Outcome<Duration> {
    let (cells, took) = timed(store, async |conn| dashboard::cells(conn, &[1]).await).await?;
    if cells.runs.len() == 1 { Ok(took) } else { Err("the cell is missing".into()) }
}

/// A database whose project `p` has `runs` runs in `production`, the first hundredth of them successful.
async fn filled(url: DatabaseUrl, runs: i64) -> Outcome<Store> {
    let store = Store::open(&Options { url, readers: None }).await?;
    store.migrate().await?;
    let time = "timestamp '2026-01-01 00:00:00'";
    let numbers = |last| format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {last})");
    let releases = runs / 10;
    let statements = [
        format!(
            "insert into projects (space_id, group_id, name, title, slug, path, full_path, badges_enabled, created_at, updated_at) values (1, 1, 'p', 'p', 'p', 'p', 'default/p', (1 = 1), {time}, {time})"
        ),
        format!(
            "insert into environments (space_id, name, slug, created_at, updated_at) values (1, 'Production', 'production', {time}, {time})"
        ),
        format!(
            "insert into releases (project_id, version, created_at, updated_at) {} select 1, 'v' || i, {time}, {time} from n",
            numbers(releases)
        ),
        format!(
            "insert into runs (project_id, environment_id, release_id, status, is_finished, is_failure, created_at, updated_at) {} \
             select 1, 1, i % {releases} + 1, case when i <= {runs} / 100 then 'succeeded' else 'failed' end, (1 = 1), (i > {runs} / 100), {time}, {time} from n",
            numbers(runs)
        ),
        "analyze".to_owned(),
    ];
    for statement in statements {
        store.write(async move |conn| execute(conn, &statement).await).await?;
    }
    Ok(store)
}

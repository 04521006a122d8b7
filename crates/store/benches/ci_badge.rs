//! What the look-up behind BuildMaster's CI badges costs with a hundred and with 10,000 builds, by filter.
//!
//! Method: two databases, in each one project with 10^2 or 10^4 builds in 10 releases, each build with a run and with
//! variables of its own, and ten more projects that have none. The look-ups of both are interleaved, each timed alone, and
//! their medians compared. What an index leads to should cost the same in both. A variable is looked for from the newest
//! build on, so one that only the oldest build has (or none) costs a look at every build, and a release is read as a whole:
//! those lines tell how much that is.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to who runs it")]

mod support;

use std::time::Duration;

use burgee_domain::buildmaster_badge::{Filters, Page};
use burgee_store::{
    DatabaseUrl, Options, Store,
    access::{Person, Subject},
    buildmaster::{Found, Linked, find, find_link},
};
use support::{Outcome, execute, median, on_both_engines, report, timed};

const FEW: i64 = 100;
const MANY: i64 = 10_000;
const LOOK_UPS: usize = 300;

fn main() -> Outcome<()> {
    println!("CI badge: median of {LOOK_UPS} look-ups among {FEW} and among {MANY} builds, interleaved.");
    on_both_engines(compare)
}

async fn compare(few: DatabaseUrl, many: DatabaseUrl) -> Outcome<()> {
    let (few, many) = (filled(few, FEW).await?, filled(many, MANY).await?);
    let engine = few.engine();
    let of_web = || Filters { application_name: Some("p".to_owned()), ..Filters::default() };
    let variable = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    for (what, filters) in [
        ("no filter", Filters::default()),
        ("application", of_web()),
        ("application and build", Filters { build_number: Some("b3".to_owned()), ..of_web() }),
        ("build alone", Filters { build_number: Some("b3".to_owned()), ..Filters::default() }),
        ("execution", Filters { execution_id: Some("e3".to_owned()), ..of_web() }),
        ("branch of every build", Filters { variables: variable("Branch", "main"), ..of_web() }),
    ] {
        let (mut small, mut large) = (Vec::new(), Vec::new());
        for turn in 0..LOOK_UPS + 20 {
            let times = [image(&few, &filters).await?, image(&many, &filters).await?];
            // The first twenty fill caches and prepare statements.
            if turn >= 20 {
                small.push(times[0]);
                large.push(times[1]);
            }
        }
        report(&format!("{engine}, {what}"), median(small), median(large));
    }
    let oldest = Filters { variables: variable("GitCommit", "c1"), ..of_web() };
    let nobodys = Filters { variables: variable("GitCommit", "c"), ..of_web() };
    let release = |filters| Filters { release_number: Some("v3".to_owned()), ..filters };
    for (what, filters) in [
        ("commit of the oldest build", &oldest),
        ("commit of no build", &nobodys),
        ("application and release", &release(of_web())),
        ("release alone", &release(Filters::default())),
    ] {
        let mut times = Vec::new();
        for _ in 0..LOOK_UPS / 10 {
            times.push(image(&many, filters).await?);
        }
        println!("{engine}, {what}, {MANY} builds: {:.1?}", median(times));
    }
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for _ in 0..LOOK_UPS {
        small.push(link(&few, &of_web()).await?);
        large.push(link(&many, &of_web()).await?);
    }
    report(&format!("{engine}, link to the first stage's execution"), median(small), median(large));
    Ok(())
}

async fn image(store: &Store, filters: &Filters) -> Outcome<Duration> {
    let key = Subject::new(Person::Administrator);
    let (found, took) = timed(store, async |conn| find(conn, filters, &key).await).await?;
    let is_nobodys = filters.variables.iter().any(|(_, value)| value == "c");
    if matches!(found.0, Found::Execution(_)) == is_nobodys { Err("not what was made".into()) } else { Ok(took) }
}

async fn link(store: &Store, filters: &Filters) -> Outcome<Duration> {
    let key = Subject::new(Person::Administrator);
    let (found, took) = timed(store, async |conn| find_link(conn, filters, Page::Execution, &key).await).await?;
    if matches!(found, Linked::Build(_)) { Ok(took) } else { Err("no build was found".into()) }
}

/// A database whose project `p` has so many builds, spread over ten releases.
async fn filled(url: DatabaseUrl, builds: i64) -> Outcome<Store> {
    let store = Store::open(&Options { url, readers: None }).await?;
    store.migrate().await?;
    let time = "timestamp '2026-01-01 00:00:00'";
    let numbers = |last| format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {last})");
    let statements = [
        format!(
            "insert into projects (space_id, group_id, name, title, slug, path, full_path, created_at, updated_at) values (1, 1, 'p', 'p', 'p', 'p', 'default/p', {time}, {time})"
        ),
        format!(
            "insert into projects (space_id, group_id, name, title, slug, path, full_path, created_at, updated_at) {} select 1, 1, 'x' || i, 'x' || i, 'x' || i, 'x' || i, 'default/x' || i, {time}, {time} from n",
            numbers(10)
        ),
        format!(
            "insert into releases (project_id, version, created_at, updated_at) {} select 1, 'v' || i, {time}, {time} from n",
            numbers(10)
        ),
        format!(
            "insert into builds (project_id, release_id, number, created_at, updated_at) {} select 1, i * 10 / ({builds} + 1) + 1, 'b' || i, {time}, {time} from n",
            numbers(builds)
        ),
        format!(
            "insert into runs (project_id, release_id, build_id, status, is_finished, is_failure, stage, external_id, created_at, updated_at) \
             select 1, release_id, id, 'succeeded', (1 = 1), (1 = 0), 'Test', 'e' || id, {time}, {time} from builds"
        ),
        "insert into variables (build_id, name, value) select id, 'Branch', 'main' from builds".to_owned(),
        "insert into variables (build_id, name, value) select id, 'GitCommit', 'c' || id from builds".to_owned(),
        "analyze".to_owned(),
    ];
    for statement in statements {
        store.write(async move |conn| execute(conn, &statement).await).await?;
    }
    Ok(store)
}

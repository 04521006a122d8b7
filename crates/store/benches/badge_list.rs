//! What GitLab's list of badges costs for a project five groups deep, alone and among 1,000 projects with 10,000 badges:
//! it should be the same.
//!
//! Method: two databases; the project has ten badges of its own and two from each group above it in both. Listings of
//! both are interleaved, each timed alone, and their medians compared. One listing is what the API does: the caller's
//! role, the groups above, the count, and the page.

#![expect(clippy::print_stdout, reason = "a benchmark speaks to who runs it")]

mod support;

use std::time::{Duration, Instant};

use burgee_store::{
    Conn, DatabaseUrl, Options, Store,
    access::{Person, Subject},
    badges::{self, Listing},
    gitlab,
};
use support::{Outcome, execute, median, on_both_engines, report};

const PATH: &str = "default/a/b/c/d/p";
const OTHERS: i64 = 1_000;
const BADGES_OF_EACH: i64 = 10;
const LISTINGS: usize = 2_000;

fn main() -> Outcome<()> {
    println!(
        "Badge list: median of {LISTINGS} listings, alone and among {OTHERS} projects with {} badges, interleaved.",
        OTHERS * BADGES_OF_EACH
    );
    on_both_engines(compare)
}

async fn compare(alone: DatabaseUrl, among: DatabaseUrl) -> Outcome<()> {
    let (alone, among) = (filled(alone, 0).await?, filled(among, OTHERS).await?);
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for turn in 0..LISTINGS + 100 {
        let times = [list(&alone).await?, list(&among).await?];
        // The first hundred fill caches and prepare statements.
        if turn >= 100 {
            small.push(times[0]);
            large.push(times[1]);
        }
    }
    report(&format!("{}, list of 20 badges", alone.engine()), median(small), median(large));
    Ok(())
}

async fn list(store: &Store) -> Outcome<Duration> {
    store.look_up(async |conn| list_with(conn).await).await
}

async fn list_with(conn: &mut Conn) -> Outcome<Duration> {
    let begun = Instant::now();
    let project = gitlab::find_project(conn, PATH).await?.ok_or("the project is missing")?;
    let role = Subject::new(Person::User(1)).role_in_project(conn, &project).await?;
    let listing = Listing::of_project(conn, &project).await?;
    let count = badges::count(conn, &listing, None).await?;
    let page = badges::list(conn, &listing, None, 0, 20).await?;
    let took = begun.elapsed();
    let is_right = role.is_some() && count == 20 && page.len() == 20;
    if is_right { Ok(took) } else { Err(format!("not the list that was made: {role:?}, {count}").into()) }
}

/// A database with the project, its groups, a member of the outermost, and `others` projects with badges beside it.
async fn filled(url: DatabaseUrl, others: i64) -> Outcome<Store> {
    let store = Store::open(&Options { url, readers: None }).await?;
    store.migrate().await?;
    let time = "timestamp '2026-01-01 00:00:00'";
    let numbers = |last| format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {last})");
    let mut statements = vec![
        format!("insert into users (username, password_hash, created_at) values ('ada', '', {time})"),
        format!("insert into members (user_id, group_id, role, created_at) values (1, 1, 'developer', {time})"),
    ];
    for (index, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let path = ["default", "a", "b", "c", "d"][..=index + 1].join("/");
        let parent = index + 1;
        statements.push(format!(
            "insert into groups (parent_id, space_id, name, slug, full_path, created_at, updated_at) values ({parent}, 1, '{name}', '{name}', '{path}', {time}, {time})"
        ));
    }
    let project = |columns: &str| {
        format!(
            "insert into projects (space_id, group_id, name, title, slug, path, full_path, created_at, updated_at) {columns}"
        )
    };
    let badges = "link_url, image_url, created_at, updated_at";
    let content = format!("'http://e.example/%{{project_path}}', 'http://e.example/x.svg', {time}, {time}");
    statements.push(project(&format!("values (1, 5, 'p', 'p', 'p', 'p', '{PATH}', {time}, {time})")));
    statements.push(format!("insert into badges (project_id, {badges}) {} select 1, {content} from n", numbers(10)));
    statements.push(format!("insert into badges (group_id, {badges}) select id, {content} from groups"));
    statements.push(format!("insert into badges (group_id, {badges}) select id, {content} from groups"));
    if others > 0 {
        statements.push(project(&format!(
            "{} select 1, 1, 'o' || i, 'o' || i, 'o' || i, 'o' || i, 'default/o' || i, {time}, {time} from n",
            numbers(others)
        )));
        statements.push(format!(
            "insert into badges (project_id, {badges}) {} select projects.id, {content} from projects, n where projects.id > 1",
            numbers(BADGES_OF_EACH)
        ));
    }
    statements.push("analyze".to_owned());
    for statement in statements {
        store.write(async move |conn| execute(conn, &statement).await).await?;
    }
    Ok(store)
}

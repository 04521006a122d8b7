//! "The latest run" is one look-up in an index: what each engine says about how it would do it.

use burgee_domain::buildmaster_badge::Filters;
use burgee_store::{
    Engine, Store,
    builds::Of,
    effective_variables::Context,
    explain,
    release_badge::{Cell, Query},
    runs,
};
use serde_json::json;

use crate::support::{apply, ask, execute, on_both_engines};

on_both_engines! {
    async fn the_latest_run_is_found_without_scan_or_sort(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "release": "1.0", "build": 1, "status": "succeeded"})).await;
        // Nobody has SQLite count its rows, so its plan must be good without that, too.
        if store.engine() == Engine::Sqlite {
            check_plans(&store).await;
        }
        fill(&store, 20_000).await;
        check_plans(&store).await;
    }

    async fn the_names_in_a_badges_url_are_found_without_scan(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "status": "succeeded"})).await;
        fill_places(&store, 10_000).await;
        let query = Query { space: "default", project: "x77", environment: "x77", tenant: Some("x77"), include_failed: false };
        let plan = ask!(store, |conn| explain::names(conn, &query, (1, "default"))).join("\n");
        for slow in ["SCAN", "Seq Scan", "USING INDEX projects_slug (space_id=?)\n", "(space_id=?)\n", "(space_id=?) LEFT-JOIN"] {
            assert!(!format!("{plan}\n").contains(slow), "{slow} in {plan}");
        }
    }

    async fn a_concourse_pipeline_is_found_without_scan(store) {
        apply(&store, json!({"project": "p", "status": "succeeded"})).await;
        fill_places(&store, 10_000).await;
        check_plan(&ask!(store, |conn| explain::concourse_pipeline(conn, 1, "x77")), "projects_named");
    }

    async fn the_last_finished_run_of_a_job_is_found_without_scan_or_sort(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "job": "unit", "status": "succeeded"})).await;
        fill(&store, 20_000).await;
        fill_places(&store, 1_000).await;
        fill_jobs(&store).await;
        let plan = ask!(store, |conn| explain::concourse_jobs(conn, 1));
        check_plan(&plan, "runs_job");
        check_plan(&plan, "runs_original");
        check_plan(&ask!(store, |conn| explain::concourse_reruns(conn, 1, "x")), "runs_rerun");
    }

    async fn an_application_is_found_by_any_of_its_names_without_scan(store) {
        apply(&store, json!({"project": "p", "status": "succeeded"})).await;
        fill_places(&store, 10_000).await;
        let paths = ["default/x77".to_owned()];
        let plan = ask!(store, |conn| explain::buildmaster_application(conn, "x77", &paths));
        check_plan(&plan, "projects_named");
        check_plan(&plan, "projects_title");
    }

    async fn what_pages_of_builds_and_releases_list_is_read_from_an_index(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "release": "1.0", "build": 1, "status": "succeeded"})).await;
        fill(&store, 20_000).await;
        fill_builds(&store, 10_000).await;
        let runs = |filter: runs::Filter| { let store = store.clone(); async move { ask!(store, |conn| explain::runs(conn, &filter)) } };
        check_is_no_scan(&runs(runs::Filter { build_id: Some(1), ..runs::Filter::default() }).await, "runs_build");
        check_is_no_scan(&runs(runs::Filter { release_id: Some(1), ..runs::Filter::default() }).await, "runs_release");
        check_is_no_scan(&ask!(store, |conn| explain::builds(conn, Of::Project(1))), "builds_project");
        check_is_no_scan(&ask!(store, |conn| explain::builds(conn, Of::Release(1))), "builds_release");
        for has_tenant in [false, true] {
            let plan = ask!(store, |conn| explain::still_in_environments(conn, &[7, 8], has_tenant));
            check_is_no_scan(&plan, "runs_release");
            check_is_no_scan(&plan, "runs_latest");
        }
        let context = Context { run_id: Some(1), build_id: Some(2), release_id: Some(3), project_id: 1 };
        let plan = ask!(store, |conn| explain::effective_variables(conn, context)).join("\n");
        for index in ["variables_run", "variables_build", "variables_release", "variables_project"] {
            assert!(plan.contains(index), "{index} in {plan}");
        }
    }

    async fn the_latest_build_of_the_latest_release_is_found_without_scan_or_sort(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "release": "1.0", "build": 1, "status": "succeeded"})).await;
        fill(&store, 100).await;
        fill_builds(&store, 10_000).await;
        let latest = |filters: Filters, project| { let store = store.clone(); async move { ask!(store, |conn| explain::buildmaster_build(conn, &filters, project, true)) } };
        check_plan(&latest(Filters::default(), Some(1)).await, "builds_latest");
        assert!(latest(Filters::default(), None).await.join("\n").contains("builds_release"));
        let branch = Filters { variables: vec![("Branch".to_owned(), "main".to_owned())], ..Filters::default() };
        let plan = latest(branch, Some(1)).await.join("\n");
        for index in ["builds_latest", "variables_build", "variables_release", "variables_project"] {
            assert!(plan.contains(index), "{index} in {plan}");
        }
        assert!(!plan.contains("Sort") && !plan.contains("ORDER BY"), "{plan}");
    }

    /// `$BuildNumber` and `$ReleaseNumber` without an application.
    async fn a_number_that_is_alone_is_found_without_scan(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "release": "1.0", "build": 1, "status": "succeeded"})).await;
        fill(&store, 100).await;
        fill_builds(&store, 10_000).await;
        for (filters, index) in [
            (Filters { build_number: Some("r77".to_owned()), ..Filters::default() }, "builds_numbered"),
            (Filters { release_number: Some("v77".to_owned()), ..Filters::default() }, "releases_numbered"),
        ] {
            for of_release in [true, false] {
                let plan = ask!(store, |conn| explain::buildmaster_build(conn, &filters, None, of_release)).join("\n");
                let indexes = [index, "builds_release", "builds_numbered"];
                assert!(indexes.iter().any(|index| plan.contains(index)), "{plan}");
                for slow in ["SCAN", "Seq Scan"] {
                    assert!(!plan.replace("SCALAR SUBQUERY", "").contains(slow), "{slow} in {plan}");
                }
                if of_release {
                    assert!(plan.contains(index), "{index} in {plan}");
                }
            }
        }
    }
}

/// Builds of the releases of the first project, with a variable each.
async fn fill_builds(store: &Store, count: i64) {
    let time = "timestamp '2026-01-01 00:00:00'";
    let statements = [
        format!(
            "insert into builds (project_id, release_id, number, created_at, updated_at) \
             with recursive n(i) as (select 1 union all select i + 1 from n where i < {count}) \
             select 1, i % 1000 + 1, 'r' || i, {time}, {time} from n"
        ),
        "insert into variables (build_id, name, value) select id, 'Branch', 'feature/' || id from builds where number like 'r%'".to_owned(),
        "analyze".to_owned(),
    ];
    for statement in statements {
        execute(store, statement).await;
    }
}

fn check_plan(plan: &[String], index: &str) {
    let plan = plan.join("\n");
    assert!(plan.contains(index), "{plan}");
    for slow in ["SCAN", "Seq Scan on runs", "Seq Scan on projects", "Sort", "TEMP B-TREE"] {
        assert!(!plan.replace("SCALAR SUBQUERY", "").replace("SCAN CONSTANT", "").contains(slow), "{slow} in {plan}");
    }
}

/// The few rows that are left may be sorted, and small tables may be read.
fn check_is_no_scan(plan: &[String], index: &str) {
    let plan = plan.join("\n");
    assert!(plan.contains(index), "{index} in {plan}");
    for slow in ["SCAN runs", "Seq Scan on runs", "SCAN builds", "Seq Scan on builds"] {
        assert!(!plan.contains(slow), "{slow} in {plan}");
    }
}

/// Spreads the runs of the first project over a few jobs; the other projects have some, too.
async fn fill_jobs(store: &Store) {
    let time = "timestamp '2026-01-01 00:00:00'";
    let statements = [
        format!(
            "insert into jobs (project_id, name, created_at, updated_at) with recursive n(i) as (select 2 union all select i + 1 from n where i < 20) \
             select 1, 'j' || i, {time}, {time} from n"
        ),
        format!(
            "insert into jobs (project_id, name, created_at, updated_at) select id, 'unit', {time}, {time} from projects where id > 1"
        ),
        "update runs set job_id = id % 20 + 1".to_owned(),
        "analyze".to_owned(),
    ];
    for statement in statements {
        execute(store, statement).await;
    }
}

async fn check_plans(store: &Store) {
    for tenant_id in [None, Some(1)] {
        for include_failed in [false, true] {
            let cell = Cell { project_id: 1, environment_id: 1, tenant_id };
            let plan = ask!(store, |conn| explain::latest(conn, cell, include_failed)).join("\n");
            let case = format!("tenant {tenant_id:?}, include failed {include_failed}:\n{plan}");
            assert!(plan.contains("runs_latest"), "{case}");
            for slow in ["SCAN", "Seq Scan", "Sort", "TEMP B-TREE", "Filter"] {
                assert!(!plan.contains(slow), "{slow} in {case}");
            }
        }
    }
}

/// A space with many projects, environments and tenants.
async fn fill_places(store: &Store, count: i64) {
    let time = "timestamp '2026-01-01 00:00:00'";
    let numbers = format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})");
    let place = |table| {
        format!(
            "insert into {table} (space_id, name, slug, created_at, updated_at) {numbers} select 1, 'x' || i, 'x' || i, {time}, {time} from n"
        )
    };
    let statements = [
        format!(
            "insert into projects (space_id, group_id, name, title, slug, path, full_path, created_at, updated_at) {numbers} \
             select 1, 1, 'x' || i, 'x' || i, 'x' || i, 'x' || i, 'default/x' || i, {time}, {time} from n"
        ),
        place("environments"),
        place("tenants"),
        "analyze".to_owned(),
    ];
    for statement in statements {
        execute(store, statement).await;
    }
}

/// A project with a long history, most of the newest failed; then lets PostgreSQL take stock.
async fn fill(store: &Store, runs: i64) {
    let time = "timestamp '2026-01-01 00:00:00'";
    let numbers = |last| format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {last})");
    let statements = [
        format!(
            "insert into releases (project_id, version, created_at, updated_at) {} select 1, 'v' || i, {time}, {time} from n",
            numbers(2000)
        ),
        format!(
            "insert into builds (project_id, number, created_at, updated_at) {} select 1, 'b' || i, {time}, {time} from n",
            numbers(2000)
        ),
        format!(
            "insert into runs (project_id, environment_id, tenant_id, release_id, build_id, status, is_finished, is_failure, created_at, updated_at) {} \
             select 1, 1, case when i % 2 = 0 then 1 end, i % 2000 + 1, i % 2000 + 1, 'failed', (1 = 1), (i > 200), {time}, {time} from n",
            numbers(runs)
        ),
        "analyze".to_owned(),
    ];
    for statement in statements {
        execute(store, statement).await;
    }
}

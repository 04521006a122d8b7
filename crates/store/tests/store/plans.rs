//! "The latest run" is one look-up in an index: what each engine says about how it would do it.

use burgee_store::{
    Conn, Store,
    release_badge::{self, Cell},
};
use diesel::sql_query;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::support::{apply, ask, on_both_engines};

on_both_engines! {
    async fn the_latest_run_is_found_without_scan_or_sort(store) {
        apply(&store, json!({"project": "p", "environment": "Production", "tenant": "T", "release": "1.0", "build": 1, "status": "succeeded"})).await;
        fill(&store, 20_000).await;
        for tenant_id in [None, Some(1)] {
            for include_failed in [false, true] {
                let cell = Cell { project_id: 1, environment_id: 1, tenant_id };
                let plan = ask!(store, |conn| release_badge::explain(conn, cell, include_failed)).join("\n");
                let case = format!("tenant {tenant_id:?}, include failed {include_failed}:\n{plan}");
                assert!(plan.contains("runs_latest"), "{case}");
                for slow in ["SCAN", "Seq Scan", "Sort", "TEMP B-TREE", "Filter"] {
                    assert!(!plan.contains(slow), "{slow} in {case}");
                }
            }
        }
    }
}

/// Runs of two environments, tenanted and not, most of the newest failed: then lets the engine count them.
async fn fill(store: &Store, runs: i64) {
    let numbers = format!("with recursive n(i) as (select 1 union all select i + 1 from n where i < {runs}) ");
    let insert = "insert into runs (project_id, environment_id, tenant_id, release_id, build_id, status, is_finished, is_failure, created_at, updated_at) ";
    let select = "select 1, 1, case when i % 2 = 0 then 1 end, 1, 1, 'failed', (1 = 1), (i > 200), '2026-01-01 00:00:00', '2026-01-01 00:00:00' from n";
    let (sqlite, postgres) = (
        format!("{insert}{numbers}{select}"),
        format!("{insert}{numbers}{}", select.replace("'2026-01-01 00:00:00'", "timestamp '2026-01-01 00:00:00'")),
    );
    store
        .write(move |conn| {
            Box::pin(async move {
                match conn {
                    Conn::Sqlite(c) => sql_query(sqlite).execute(&mut **c).await?,
                    Conn::Postgres(c) => sql_query(postgres).execute(&mut **c).await?,
                };
                Ok(())
            })
        })
        .await
        .unwrap();
    if let Conn::Postgres(c) = &mut store.read().await.unwrap() {
        sql_query("analyze").execute(&mut **c).await.unwrap();
    }
}

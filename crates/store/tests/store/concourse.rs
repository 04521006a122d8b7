//! Jobs of a Concourse pipeline that have been taken out of it: what cannot be reported yet, and so not be tried over HTTP.

use burgee_domain::status::RunStatus::{Failed, Succeeded};
use burgee_store::concourse::{find_job, last_finished, last_finished_of_each_job};
use serde_json::json;

use crate::support::{apply, ask, execute, on_both_engines};

on_both_engines! {
    async fn a_job_that_was_taken_out_of_the_pipeline_is_no_more(store) {
        apply(&store, json!({"project": "p", "job": "unit", "status": "succeeded"})).await;
        apply(&store, json!({"project": "p", "job": "lint", "status": "failed"})).await;
        let lint = ask!(store, |conn| find_job(conn, 1, "lint")).unwrap();
        assert_eq!(ask!(store, |conn| last_finished(conn, lint)), Some(Failed));
        assert_eq!(ask!(store, |conn| last_finished_of_each_job(conn, 1)).len(), 2);
        execute(&store, "update jobs set active = false where name = 'lint'".to_owned()).await;
        assert_eq!(ask!(store, |conn| find_job(conn, 1, "lint")), None);
        assert_eq!(ask!(store, |conn| last_finished_of_each_job(conn, 1)), [Succeeded]);
    }
}

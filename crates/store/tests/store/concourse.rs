//! The last finished run of a job (`spec/dialects.md` A5): reruns, in whatever order they are reported.

use burgee_domain::status::RunStatus::{self, Canceled, Errored, Failed, Succeeded};
use burgee_store::{Store, concourse::jobs};
use serde_json::{Value, json};

use crate::support::{apply, apply_at, ask, on_both_engines};

/// Reports a run of the job `unit`.
async fn unit(store: &Store, id: &str, rerun_of: Option<&str>, status: RunStatus) {
    let report = json!({"project": "p", "job": "unit", "external_id": id, "rerun_of": rerun_of, "status": status});
    apply(store, report).await;
}

/// What the job shows.
async fn shown(store: &Store) -> Option<RunStatus> {
    let jobs = ask!(store, |conn| jobs(conn, 1, Some("unit")));
    jobs[0].last.as_ref().map(|run| run.status)
}

on_both_engines! {
    async fn the_last_rerun_of_the_last_run_counts(store) {
        unit(&store, "1", None, Failed).await;
        unit(&store, "1.1", Some("1"), Errored).await;
        assert_eq!(shown(&store).await, Some(Errored));
        unit(&store, "1.2", Some("1"), Succeeded).await;
        assert_eq!(shown(&store).await, Some(Succeeded));
    }

    async fn a_rerun_of_an_older_run_does_not_count(store) {
        unit(&store, "1", None, Failed).await;
        unit(&store, "2", None, Succeeded).await;
        unit(&store, "1.1", Some("1"), Errored).await;
        assert_eq!(shown(&store).await, Some(Succeeded));
        unit(&store, "2.1", Some("2"), Canceled).await;
        assert_eq!(shown(&store).await, Some(Canceled));
        unit(&store, "1.2", Some("1"), Failed).await;
        assert_eq!(shown(&store).await, Some(Canceled));
    }

    async fn a_rerun_that_is_not_finished_does_not_count(store) {
        unit(&store, "1", None, Failed).await;
        unit(&store, "1.1", Some("1"), RunStatus::Running).await;
        assert_eq!(shown(&store).await, Some(Failed));
        assert!(ask!(store, |conn| jobs(conn, 1, None))[0].next.is_some());
        unit(&store, "1.1", Some("1"), Succeeded).await;
        assert_eq!(shown(&store).await, Some(Succeeded));
        assert!(ask!(store, |conn| jobs(conn, 1, None))[0].next.is_none());
    }

    async fn reruns_of_reruns_repeat_the_first_run_in_whatever_order_they_are_reported(store) {
        // The digit says which it is; the answer is what was reported later of second and third.
        for (ids, shows) in [
            (["a1", "a2", "a3"], Succeeded),
            (["b3", "b2", "b1"], Errored),
            (["c2", "c3", "c1"], Succeeded),
            (["d2", "d1", "d3"], Succeeded),
            (["e3", "e1", "e2"], Errored),
        ] {
            for id in ids {
                let round = &id[..1];
                match &id[1..] {
                    "1" => unit(&store, id, None, Failed).await,
                    "2" => unit(&store, id, Some(&format!("{round}1")), Errored).await,
                    _ => unit(&store, id, Some(&format!("{round}2")), Succeeded).await,
                }
            }
            assert_eq!(shown(&store).await, Some(shows), "{ids:?}");
        }
    }

    async fn where_only_reruns_are_known_the_last_of_them_counts(store) {
        unit(&store, "7.1", Some("7"), Failed).await;
        assert_eq!(shown(&store).await, Some(Failed));
        unit(&store, "6.1", Some("6"), Succeeded).await;
        assert_eq!(shown(&store).await, Some(Succeeded));
        unit(&store, "5", None, Errored).await;
        assert_eq!(shown(&store).await, Some(Errored), "a run that repeats no other comes first");
    }

    async fn runs_do_not_repeat_each_other_in_a_circle(store) {
        unit(&store, "a", Some("b"), Failed).await;
        let circle = json!({"project": "p", "job": "unit", "external_id": "b", "rerun_of": "a", "status": "failed"});
        assert!(apply_at(&store, circle, 0).await.unwrap_err().to_string().contains("circle"));
    }

    async fn a_run_does_not_become_a_rerun_of_another(store) {
        unit(&store, "1", None, Failed).await;
        unit(&store, "2", None, Failed).await;
        unit(&store, "3", Some("1"), Failed).await;
        let other = |rerun_of: &str| json!({"project": "p", "job": "unit", "external_id": "3", "rerun_of": rerun_of, "status": "failed"});
        assert!(apply_at(&store, other("2"), 0).await.is_err());
        assert!(!apply(&store, other("1")).await.changed);
        let silent: Value = json!({"project": "p", "job": "unit", "external_id": "3", "status": "failed"});
        assert_eq!(apply(&store, silent).await.run.rerun_of.as_deref(), Some("1"));
    }

    async fn the_same_ids_in_another_pipeline_do_not_matter(store) {
        unit(&store, "1", None, Succeeded).await;
        apply(&store, json!({"project": "q", "job": "unit", "external_id": "1.1", "rerun_of": "1", "status": "failed"})).await;
        assert_eq!(shown(&store).await, Some(Succeeded));
    }
}

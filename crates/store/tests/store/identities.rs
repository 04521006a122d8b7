//! Users, sessions, tokens.

use burgee_domain::scope::Scope;
use burgee_store::{
    StoreError, projects, reports, sessions,
    tokens::{self, NewToken, TokenTarget},
    users,
};
use serde_json::json;

use crate::support::{apply, ask, at, change, on_both_engines, report};

const TOKEN: NewToken<'static> = NewToken {
    name: "ci",
    secret_hash: b"hash",
    prefix: "burgee_abcd",
    hint: "wxyz",
    scopes: &[Scope::RunsWrite],
    user_id: None,
    expires_at: None,
    targets: &[],
};

on_both_engines! {
    async fn a_username_is_taken_once(store) {
        let user = change!(store, |conn| users::create(conn, "ada", "$argon2id$", true, at(0))).unwrap();
        let again = change!(store, |conn| users::create(conn, "ada", "$argon2id$", true, at(0)));
        assert!(matches!(again, Err(StoreError::Conflict { field: "username", .. })));
        assert_eq!(ask!(store, |conn| users::find(conn, "ada")), Some(user.clone()));
        assert!(ask!(store, |conn| users::has_admin(conn)));
        assert!(change!(store, |conn| users::set_password_hash(conn, user.id, "new")).unwrap());
        assert_eq!(ask!(store, |conn| users::get(conn, user.id)).unwrap().password_hash, "new");
        assert!(!format!("{user:?}").contains("argon2"), "a hash is not logged");
        assert_eq!(ask!(store, |conn| users::list(conn)).len(), 1);
    }

    async fn a_session_ends_in_time_by_request_or_with_its_user(store) {
        let user = change!(store, |conn| users::create(conn, "ada", "x", false, at(0))).unwrap().id;
        for (secret, end) in [(b"one", 60), (b"two", 90), (b"ten", 90)] {
            change!(store, |conn| sessions::create(conn, secret, user, at(0), at(end))).unwrap();
        }
        assert_eq!(ask!(store, |conn| sessions::find(conn, b"one", at(59))).unwrap().1.username, "ada");
        assert!(ask!(store, |conn| sessions::find(conn, b"one", at(60))).is_none());
        assert!(ask!(store, |conn| sessions::find(conn, b"other", at(0))).is_none());
        assert_eq!(change!(store, |conn| sessions::purge(conn, at(60))).unwrap(), 1);
        assert!(change!(store, |conn| sessions::delete(conn, b"two")).unwrap());
        assert!(change!(store, |conn| users::delete(conn, user)).unwrap());
        assert!(ask!(store, |conn| sessions::find(conn, b"ten", at(0))).is_none());
    }

    async fn a_token_is_found_by_its_hash_until_it_is_revoked(store) {
        let expiring = NewToken { expires_at: Some(at(100)), ..TOKEN };
        let made = change!(store, |conn| tokens::create(conn, &expiring, at(0))).unwrap();
        assert_eq!(ask!(store, |conn| tokens::find(conn, b"hash")), Some(made.clone()));
        assert_eq!(ask!(store, |conn| tokens::find(conn, b"other")), None);
        assert!(made.may(Scope::RunsWrite) && !made.may(Scope::ProjectsWrite) && made.is_unlimited());
        assert!(made.is_alive(at(99)) && !made.is_alive(at(100)));
        assert!(change!(store, |conn| tokens::revoke(conn, made.id, at(10))).unwrap());
        assert!(!change!(store, |conn| tokens::revoke(conn, made.id, at(11))).unwrap());
        let listed = ask!(store, |conn| tokens::list(conn, None));
        assert_eq!((listed.len(), listed[0].revoked_at, listed[0].is_alive(at(20))), (1, Some(at(10)), false));
    }

    async fn use_is_shown_at_once_and_written_soon(store) {
        let id = change!(store, |conn| tokens::create(conn, &TOKEN, at(0))).unwrap().id;
        let before = chrono::Utc::now();
        store.note_token_use(id);
        let listed = ask!(store, |conn| tokens::list(conn, None));
        assert!(listed[0].last_used_at.is_some_and(|used| used >= before));
        store.write_token_uses().await.unwrap();
        let stored = ask!(store, |conn| tokens::find(conn, b"hash")).unwrap().last_used_at;
        assert!(stored.is_some_and(|used| used >= before - chrono::TimeDelta::milliseconds(1)), "{stored:?}");
    }

    async fn a_limited_token_covers_its_targets_and_what_is_created_in_them(store) {
        let inside = apply(&store, json!({"space": "s", "project": "group/p", "status": "running"})).await.project;
        let outside = apply(&store, json!({"project": "p", "status": "running"})).await.project;
        let targets = [TokenTarget::Group(inside.space_id), TokenTarget::Project(outside.id)];
        let token = change!(store, |conn| tokens::create(conn, &NewToken { targets: &targets, ..TOKEN }, at(0))).unwrap();
        assert_eq!(token.targets, targets);
        for (report_json, covered) in [
            (json!({"space": "s", "project": "group/p", "status": "running"}), true),
            (json!({"space": "s", "project": "new/deep/p", "status": "running"}), true),
            (json!({"project": "p", "status": "running"}), true),
            (json!({"project": "q", "status": "running"}), false),
            (json!({"space": "new", "project": "p", "status": "running"}), false),
        ] {
            let target = ask!(store, |conn| reports::peek_target(conn, &report(&report_json)));
            assert_eq!(token.covers(&target), covered, "{report_json}");
        }
    }

    async fn a_token_whose_targets_are_gone_may_touch_nothing(store) {
        let project = apply(&store, json!({"project": "p", "status": "running"})).await.project.id;
        change!(store, |conn| tokens::create(conn, &NewToken { targets: &[TokenTarget::Project(project)], ..TOKEN }, at(0))).unwrap();
        change!(store, |conn| projects::delete(conn, project)).unwrap();
        let token = ask!(store, |conn| tokens::find(conn, b"hash")).unwrap();
        assert!(token.targets.is_empty() && !token.is_unlimited());
        assert!(!token.covers(&reports::Target::default()));
    }
}

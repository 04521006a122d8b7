//! Variables as filters, with the cascade of C4: a build's own value, else its release's. (Those of projects and sensitive
//! ones are set over the native API, whose tests have them.)

use serde_json::json;

use super::shown::{build, key, says};
use crate::support::{TestServer, on_both_engines};

on_both_engines! {
    fn the_latest_build_with_the_value_counts(server: &TestServer) {
        key(server, &[]);
        let on = |build_number: u8, branch: &str, status: &str| {
            build(server, &json!({"build": build_number, "release": "1", "status": status, "variables": {"Branch": branch}}));
        };
        on(1, "main", "failed");
        on(2, "main", "succeeded");
        on(3, "feature/Größe", "warned");
        for (filters, text) in [
            ("$Branch=main", "success"),
            ("%24Branch=main", "success"),
            ("$branch=main", "success"),
            ("$ApplicationName=web&$Branch=main", "success"),
            ("$Branch=feature/Gr%C3%B6%C3%9Fe", "warning"),
            ("$Branch=feature%2FGr%C3%B6%C3%9Fe", "warning"),
            ("$Branch=Main", "unknown"),
            ("$Branch=", "unknown"),
            ("$Tag=main", "unknown"),
            ("$=main", "unknown"),
            ("$Branch=%00", "unknown"),
            ("$ApplicationName=other&$Branch=main", "unknown"),
        ] {
            assert_eq!(says(server, filters), text, "{filters}");
        }
    }

    fn all_filters_must_hold_for_one_build(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"build": 1, "variables": {"Branch": "main", "GitCommit": "a"}}));
        build(server, &json!({"build": 2, "variables": {"Branch": "other", "GitCommit": "b"}, "status": "failed"}));
        assert_eq!(says(server, "$Branch=main&$GitCommit=a"), "success");
        assert_eq!(says(server, "$Branch=main&$GitCommit=b"), "unknown");
        assert_eq!(says(server, "$Branch=other&$BuildNumber=2"), "error");
        assert_eq!(says(server, "$Branch=other&$BuildNumber=1"), "unknown");
    }

    fn a_releases_value_holds_for_its_builds_unless_they_have_their_own(server: &TestServer) {
        key(server, &[]);
        server.report(&json!({"project": "web", "release": "1", "status": "running", "variables": {"Branch": "release"}}));
        build(server, &json!({"release": "1", "build": 1}));
        assert_eq!(says(server, "$Branch=release"), "success");
        build(server, &json!({"release": "1", "build": 2, "status": "failed", "variables": {"Branch": "hotfix"}}));
        assert_eq!(says(server, "$Branch=release"), "success");
        assert_eq!(says(server, "$Branch=hotfix"), "error");
        build(server, &json!({"release": "1", "build": 1, "variables": {"Branch": "hotfix"}}));
        assert_eq!(says(server, "$Branch=release"), "unknown");
    }

    fn another_builds_or_releases_value_is_not_its_own(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"release": "1", "build": 1, "variables": {"Branch": "main"}}));
        build(server, &json!({"release": "2", "build": 1, "status": "failed"}));
        server.report(&json!({"project": "other", "build": 1, "status": "failed", "variables": {"Branch": "other"}}));
        assert_eq!(says(server, "$Branch=main"), "success");
        assert_eq!(says(server, "$ApplicationName=web&$Branch=other"), "unknown");
    }
}

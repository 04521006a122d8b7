//! Filters (C1): all of them must hold.

use serde_json::json;

use super::shown::{build, key, says};
use crate::support::{TestServer, on_both_engines};

on_both_engines! {
    fn an_application_is_found_by_name_title_or_path(server: &TestServer) {
        key(server, &[]);
        server.report(&json!({
            "project": "lines/Timetable API", "title": "Fahrplan Größe", "build": 1, "status": "succeeded", "release": "1",
        }));
        build(server, &json!({"release": "1", "status": "failed"}));
        for name in [
            "Timetable%20API",
            "Timetable+API",
            "Fahrplan%20Gr%C3%B6%C3%9Fe",
            "default/lines/timetable-api",
            "lines/timetable-api",
            "lines%2Ftimetable-api",
        ] {
            assert_eq!(says(server, &format!("$ApplicationName={name}")), "success", "{name}");
        }
        for name in ["timetable api", "Timetable", "lines", "x/lines/timetable-api", "", "%00", "%25"] {
            assert_eq!(says(server, &format!("$ApplicationName={}", name.replace(' ', "%20"))), "unknown", "{name}");
        }
    }

    fn of_several_applications_with_a_name_the_latest_build_counts(server: &TestServer) {
        key(server, &[]);
        for (space, status) in [("a", "failed"), ("b", "succeeded")] {
            server.report(&json!({"space": space, "project": "web", "release": "1", "build": 1, "status": status}));
        }
        assert_eq!(says(server, "$ApplicationName=web"), "success");
    }

    fn an_application_is_found_by_its_old_id_or_its_own(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        server.report(&json!({"project": "other", "build": 1, "status": "failed"}));
        let id = |path: &str| {
            server.api("GET", &format!("/projects/{path}")).send().expect(200).json()["id"].as_i64().unwrap()
        };
        let (web, other) = (id("default%2Fweb"), id("default%2Fother"));
        assert_eq!(says(server, &format!("$ApplicationId={web}")), "success");
        server.change_project("default/web", &json!({"aliases": {"buildmaster": "64"}}));
        assert_eq!(says(server, "$ApplicationId=64"), "success");
        server.change_project("default/web", &json!({"aliases": {"buildmaster": other.to_string()}}));
        assert_eq!(says(server, &format!("$ApplicationId={other}")), "success", "an old id wins");
        for id in ["", "0", "-1", "+1", "x", "99999999999999999999", "%00"] {
            assert_eq!(says(server, &format!("$ApplicationId={id}")), "unknown", "{id}");
        }
    }

    fn name_and_id_must_mean_the_same_application(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({}));
        server.report(&json!({"project": "other", "build": 1, "status": "failed"}));
        server.change_project("default/web", &json!({"aliases": {"buildmaster": "64"}}));
        assert_eq!(says(server, "$ApplicationId=64&$ApplicationName=web"), "success");
        assert_eq!(says(server, "$ApplicationId=64&$ApplicationName=other"), "unknown");
    }

    fn a_release_number_means_the_latest_build_of_that_release(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"release": "1.0", "build": 1, "status": "failed"}));
        build(server, &json!({"release": "1.0", "build": 2, "status": "warned"}));
        build(server, &json!({"release": "1.1", "build": 1}));
        build(server, &json!({"build": 9}));
        assert_eq!(says(server, "$ApplicationName=web&$ReleaseNumber=1.0"), "warning");
        assert_eq!(says(server, "$ReleaseNumber=1.0"), "warning");
        assert_eq!(says(server, "$ApplicationName=web&$ReleaseNumber=1"), "unknown");
        assert_eq!(says(server, "$ApplicationName=other&$ReleaseNumber=1.0"), "unknown");
    }

    fn a_build_number_means_that_build_of_the_latest_release_that_has_it(server: &TestServer) {
        key(server, &[]);
        build(server, &json!({"release": "1.0", "build": 1, "status": "failed"}));
        build(server, &json!({"release": "1.0", "build": 2, "status": "warned"}));
        build(server, &json!({"release": "1.1", "build": 1}));
        build(server, &json!({"build": 9, "status": "running"}));
        for (filters, text) in [
            ("$BuildNumber=1", "success"),
            ("$BuildNumber=2", "warning"),
            ("$BuildNumber=9", "running"),
            ("$BuildNumber=1&$ReleaseNumber=1.0", "error"),
            ("$BuildNumber=2&$ReleaseNumber=1.1", "unknown"),
            ("$BuildNumber=01", "unknown"),
        ] {
            assert_eq!(says(server, &format!("$ApplicationName=web&{filters}")), text, "{filters}");
            assert_eq!(says(server, filters), text, "{filters}");
        }
    }
}

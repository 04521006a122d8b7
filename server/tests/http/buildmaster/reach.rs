//! What a limited key reaches.

use serde_json::json;

use super::shown::{IMAGE, forbidden, key, says};
use crate::support::{TestServer, on_both_engines};

/// A build of each of three projects in two spaces; the last that is reported fails.
#[track_caller]
fn builds(server: &TestServer) {
    for (space, project, status) in
        [("default", "web", "succeeded"), ("default", "apps/api", "warned"), ("other", "web", "failed")]
    {
        server.report(&json!({"space": space, "project": project, "release": "1", "build": 1, "status": status}));
    }
}

#[track_caller]
fn out_of_reach(server: &TestServer, filters: &str) {
    forbidden(&server.get(&format!("{IMAGE}?key=badges&{filters}")));
}

on_both_engines! {
    fn an_unlimited_key_reaches_private_projects_everywhere(server: &TestServer) {
        builds(server);
        key(server, &[]);
        assert_eq!(says(server, ""), "error");
        assert_eq!(says(server, "$ApplicationName=default/web"), "success");
        assert_eq!(says(server, "$ApplicationName=other/web"), "error");
    }

    fn a_key_of_a_space_reaches_what_is_in_it(server: &TestServer) {
        builds(server);
        key(server, &["--space", "default"]);
        assert_eq!(says(server, ""), "warning", "the latest within reach");
        assert_eq!(says(server, "$ApplicationName=web"), "success", "of two with this name, the one within reach");
        assert_eq!(says(server, "$ApplicationName=api"), "warning", "at any depth");
        out_of_reach(server, "$ApplicationName=other/web");
    }

    fn a_key_of_a_project_reaches_that_project(server: &TestServer) {
        builds(server);
        key(server, &["--project", "default/web"]);
        assert_eq!(says(server, ""), "success");
        assert_eq!(says(server, "$ApplicationName=web"), "success");
        out_of_reach(server, "$ApplicationName=api");
        let api = server.api("GET", "/projects/default%2Fapps%2Fapi").send().expect(200).json()["id"].clone();
        out_of_reach(server, &format!("$ApplicationId={api}"));
    }

    fn to_a_limited_key_elsewhere_and_nowhere_are_the_same(server: &TestServer) {
        builds(server);
        key(server, &["--project", "default/web"]);
        for name in ["api", "other/web", "nothing", "other/nothing"] {
            out_of_reach(server, &format!("$ApplicationName={name}"));
        }
        assert_eq!(says(server, "$ApplicationName=web&$BuildNumber=9"), "unknown");
    }

    fn a_key_whose_project_is_gone_reaches_nothing(server: &TestServer) {
        builds(server);
        key(server, &["--project", "default/web"]);
        server.api("DELETE", "/projects/default%2Fweb").send();
        assert_eq!(says(server, ""), "unknown");
        out_of_reach(server, "$ApplicationName=api");
    }
}

//! The addresses of Concourse's own pages, to which READMEs link beside their badges.

use serde_json::json;

use super::shown::{build, expose};
use crate::support::{Setup, TestServer, on_both_engines};

const PAGE: &str = "/teams/main/pipelines/web";

on_both_engines! {
    fn a_pipelines_address_leads_to_the_projects_page(server: &TestServer) {
        build(server, "unit", "succeeded");
        expose(server);
        assert_eq!(server.get(PAGE).redirects_to(), "/main/web");
        server.get("/main/web").expect(200);
    }

    fn a_jobs_address_leads_to_its_latest_run(server: &TestServer) {
        for status in ["succeeded", "running"] {
            let run = server.report(&json!({"space": "main", "project": "web", "job": "unit:go", "status": status}));
            expose(server);
            let page = format!("/main/web/-/runs/{}", run["run"]["id"]);
            assert_eq!(server.get(&format!("{PAGE}/jobs/unit%3Ago")).redirects_to(), page);
        }
        server.get(&format!("{PAGE}/jobs/other")).expect(303);
    }

    fn an_instances_address_leads_to_its_page(server: &TestServer) {
        let run = json!({"space": "main", "project": "web", "instance_vars": {"branch": "x"}, "job": "unit", "status": "failed"});
        server.report(&run);
        server.change_project("main/web-branch-x", &json!({"visibility": "public"}));
        assert_eq!(server.get(&format!("{PAGE}?vars.branch=%22x%22")).redirects_to(), "/main/web-branch-x");
    }

    fn what_is_hidden_looks_like_what_is_missing(server: &TestServer) {
        build(server, "unit", "succeeded");
        for path in [PAGE.to_owned(), PAGE.replace("web", "none"), PAGE.replace("main", "none"), format!("{PAGE}?vars=x")] {
            let to = server.get(&path).redirects_to().to_owned();
            assert!(to.starts_with("/sign-in?return_to=%2Fteams%2F"), "{to}");
        }
    }

    fn they_stay_below_a_sub_path(setup: Setup) {
        let server = setup.below("/badges").start();
        server.get(&format!("/badges{PAGE}")).expect(303);
        let answer = server.get(&format!("/badges{PAGE}"));
        assert!(answer.redirects_to().starts_with("/badges/sign-in"), "{answer}");
    }
}

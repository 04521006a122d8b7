//! The native API's lists and look-ups.

use serde_json::{Value, json};

use crate::support::{TestServer, on_both_engines};

/// Reads a list to its end in pages of `limit`; one member of each item.
fn read(server: &TestServer, path: &str, limit: usize, member: &str) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let separator = if path.contains('?') { '&' } else { '?' };
        let page = server.api("GET", &format!("{path}{separator}limit={limit}{after}")).send().expect(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        found.extend(items.iter().map(|item| item[member].clone()));
        match &page["next_after"] {
            Value::Null => return found,
            next => after = format!("&after={next}"),
        }
    }
}

on_both_engines! {
    fn runs_are_listed_newest_first_page_by_page(server: &TestServer) {
        let batch: Value = (1..=7).map(|n| json!({"project": "a", "build": n, "status": "succeeded"})).collect();
        server.api("POST", "/runs").json(&batch).send().expect(200);
        let builds: Vec<Value> = ["7", "6", "5", "4", "3", "2", "1"].map(Value::from).to_vec();
        for limit in [1, 3, 7, 200] {
            assert_eq!(read(server, "/runs", limit, "build"), builds, "{limit}");
        }
        let last = server.api("GET", "/runs?limit=7").send().json();
        assert_eq!(last.get("next_after"), None, "the last page says that it is the last");
    }

    fn runs_are_found_by_project_environment_and_tenant(server: &TestServer) {
        for (project, environment, tenant) in [
            ("a", "Production", None),
            ("a", "Staging", None),
            ("a", "Production", Some("Line 7")),
            ("b", "Production", None),
        ] {
            server.report(
                &json!({"project": project, "environment": environment, "tenant": tenant, "status": "succeeded"}),
            );
        }
        for (query, found) in [
            ("", 4),
            ("?project=default%2Fa", 3),
            ("?project=default%2Fa&environment=production", 2),
            ("?project=default%2Fa&environment=Production&tenant=line-7", 1),
            ("?project=default%2Fb&tenant=Tenants-1", 0),
        ] {
            // The name's slug, since identifiers in URLs are slugs and ids.
            let query = query.replace("environment=Production", "environment=production");
            assert_eq!(read(server, &format!("/runs{query}"), 50, "id").len(), found, "{query}");
        }
    }

    fn a_filter_that_means_nothing_is_told(server: &TestServer) {
        server.report(&json!({"project": "a", "status": "succeeded"}));
        server.api("GET", "/runs?environment=production").send().problem(400);
        server.api("GET", "/runs?project=default%2Fa&environment=nowhere").send().problem(404);
        server.api("GET", "/runs?project=default%2Fnothing").send().problem(404);
    }

    fn projects_are_listed_and_found_by_name_and_place(server: &TestServer) {
        for (space, project) in
            [("default", "Web Shop"), ("default", "lines/Timetable API"), ("harbour", "lines/Web Cam")]
        {
            server.report(&json!({"space": space, "project": project, "status": "succeeded"}));
        }
        let paths = |query: &str| read(server, &format!("/projects{query}"), 2, "path");
        assert_eq!(paths(""), ["default/web-shop", "default/lines/timetable-api", "harbour/lines/web-cam"]);
        assert_eq!(paths("?q=web"), ["default/web-shop", "harbour/lines/web-cam"]);
        assert_eq!(paths("?q=WEB%20SHOP"), ["default/web-shop"]);
        assert_eq!(paths("?group=default"), ["default/web-shop", "default/lines/timetable-api"]);
        assert_eq!(paths("?group=default%2Flines"), ["default/lines/timetable-api"]);
        assert_eq!(paths("?q=%25"), Vec::<Value>::new(), "a percent sign is no wildcard");
        assert_eq!(paths("?q=_"), Vec::<Value>::new(), "an underscore neither");
    }

    fn environments_and_tenants_are_listed_page_by_page(server: &TestServer) {
        for n in 1..=3 {
            server.report(&json!({
                "project": "a", "environment": format!("E{n}"), "tenant": format!("T{n}"), "status": "succeeded",
            }));
        }
        assert_eq!(read(server, "/environments", 2, "name"), ["E1", "E2", "E3"]);
        assert_eq!(read(server, "/tenants?space=default", 2, "slug"), ["t1", "t2", "t3"]);
        assert_eq!(
            read(server, "/environments?space=Spaces-1", 2, "octopus_id"),
            ["Environments-1", "Environments-2", "Environments-3"]
        );
        server.api("GET", "/environments?space=nowhere").send().problem(404);
    }

    fn releases_are_listed_newest_first_page_by_page(server: &TestServer) {
        for version in ["1.0", "1.1", "1.1", "2.0"] {
            server.report(&json!({"project": "a", "release": version, "status": "succeeded"}));
        }
        assert_eq!(read(server, "/projects/default%2Fa/releases", 2, "version"), ["2.0", "1.1", "1.0"]);
        server.api("GET", "/projects/default%2Fnothing/releases").send().problem(404);
    }

    fn there_is_a_default_space_from_the_start(server: &TestServer) {
        let spaces = server.api("GET", "/spaces").send().expect(200).json();
        assert_eq!(spaces["items"].as_array().unwrap().len(), 1);
        for (member, value) in [("name", "Default"), ("slug", "default"), ("octopus_id", "Spaces-1")] {
            assert_eq!(spaces["items"][0][member], value);
        }
        for id in ["1", "Spaces-1", "spaces-1", "default"] {
            assert_eq!(
                server.api("GET", &format!("/spaces/{id}")).send().expect(200).json(),
                spaces["items"][0],
                "{id}"
            );
        }
    }

    fn a_run_is_found_by_its_id(server: &TestServer) {
        let reported = server.report(&json!({"project": "a", "status": "succeeded"}));
        let path = format!("/runs/{}", reported["run"]["id"]);
        assert_eq!(server.api("GET", &path).send().expect(200).json(), reported["run"]);
        server.api("GET", "/runs/999999").send().problem(404);
    }

    fn what_is_no_page_of_a_list_is_told(server: &TestServer) {
        for query in ["limit=0", "limit=201", "limit=x", "limit=-1", "after=x"] {
            for list in ["runs", "projects", "environments", "tenants"] {
                server.api("GET", &format!("/{list}?{query}")).send().problem(400);
            }
        }
    }
}

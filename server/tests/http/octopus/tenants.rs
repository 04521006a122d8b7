//! `tenantId`: a tenant's deployments, or without it the untenanted ones only.

use serde_json::json;

use crate::support::{Badge, TestServer, badge_path, on_both_engines, published};

/// On top of 1.2.3 for nobody in particular: 2.0 for Line 7, 3.0 for Line 8.
fn tenanted(server: &TestServer) {
    published(server);
    for (tenant, release) in [("Line 7", "2.0"), ("Line 8", "3.0")] {
        server.report(&json!({
            "project": "Web Shop", "environment": "Production", "tenant": tenant, "release": release,
            "status": "succeeded",
        }));
    }
}

fn badge(server: &TestServer, query: &str) -> Badge {
    Badge::at(server, &badge_path(&format!("latest_release?{query}")))
}

on_both_engines! {
    fn without_a_tenant_only_untenanted_deployments_count(server: &TestServer) {
        tenanted(server);
        for query in ["", "tenantId="] {
            assert_eq!(badge(server, query).message, "1.2.3", "{query}");
        }
    }

    fn a_tenant_is_named_by_id_slug_or_alias(server: &TestServer) {
        tenanted(server);
        server.api("PATCH", "/tenants/1").json(&json!({"aliases": {"octopus": "Tenants-120"}})).send().expect(200);
        for tenant in ["Tenants-1", "tenants-1", "line-7", "Tenants-120"] {
            assert_eq!(badge(server, &format!("tenantId={tenant}")).message, "2.0", "{tenant}");
        }
        assert_eq!(badge(server, "TENANTID=Tenants-2").message, "3.0");
    }

    fn the_label_may_be_the_tenants_name(server: &TestServer) {
        tenanted(server);
        assert_eq!(badge(server, "tenantId=line-7&label=tenant").label, "Line 7");
        assert_eq!(badge(server, "tenantId=line-7").label, "Production");
    }

    fn a_tenant_to_whom_nothing_was_deployed_is_no_deployment(server: &TestServer) {
        tenanted(server);
        server.api("POST", "/tenants").json(&json!({"name": "Line 9"})).send().expect(201);
        assert_eq!(badge(server, "tenantId=line-9").message, "no deployment");
    }

    fn failures_for_a_tenant_are_passed_over_as_well(server: &TestServer) {
        tenanted(server);
        server.report(&json!({
            "project": "Web Shop", "environment": "Production", "tenant": "Line 7", "release": "2.1",
            "status": "failed",
        }));
        assert_eq!(badge(server, "tenantId=line-7").message, "2.0");
        assert_eq!(badge(server, "tenantId=line-7&includeFailed=true").message, "2.1");
    }

    fn the_snippet_of_a_tenanted_run_names_the_tenant(server: &TestServer) {
        tenanted(server);
        let reported = server.report(&json!({
            "project": "Web Shop", "environment": "Production", "tenant": "Line 7", "release": "2.2",
            "status": "succeeded",
        }));
        let snippets = reported["badges"].as_array().unwrap();
        let url = snippets.iter().find(|snippet| snippet["id"] == "url").unwrap()["text"].as_str().unwrap();
        assert!(url.contains("?tenantId=line-7"), "{url}");
        assert_eq!(Badge::at(server, url.strip_prefix(&server.url("")).unwrap()).message, "2.2");
    }
}

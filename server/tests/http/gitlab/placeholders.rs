//! What placeholders become (B8), and how a URL looks afterwards (B9).

use serde_json::json;

use super::{
    source::{Kind, Source},
    world::{COMMIT, IMAGE, PUBLIC_GROUP, PUBLIC_PROJECT, World},
};
use crate::support::{Setup, TestServer, on_both_engines};

/// The eleven.
pub(super) const NAMES: [&str; 11] = [
    "project_path",
    "project_title",
    "project_name",
    "project_id",
    "project_namespace",
    "group_name",
    "gitlab_server",
    "gitlab_pages_domain",
    "default_branch",
    "commit_sha",
    "latest_tag",
];

/// What a text in a query becomes there.
#[track_caller]
fn becomes(source: &Source<'_>, text: &str) -> String {
    let rendered = source.rendered(&format!("http://example.com/?q={text}"));
    rendered.strip_prefix("http://example.com/?q=").unwrap().to_owned()
}

on_both_engines! {
    fn each_placeholder_becomes_its_value(setup: Setup) {
        let setup = setup.below("").with("BURGEE_PUBLIC_URL", "https://badges.example.org");
        let server = setup.with("BURGEE_GITLAB_PAGES_DOMAIN", "pages.example.org").start();
        let world = World::of(&server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        let id = project.id.to_string();
        let values = [
            PUBLIC_PROJECT,
            "Timetable%20API",
            "timetable-api",
            &id,
            PUBLIC_GROUP,
            PUBLIC_GROUP,
            "badges.example.org",
            "pages.example.org",
            "main",
            COMMIT,
            "v1.2.0",
        ];
        for (name, value) in NAMES.iter().zip(values) {
            assert_eq!(becomes(&project, &format!("%{{{name}}}")), value, "{name}");
        }
    }

    fn the_server_is_the_public_urls_host_and_nothing_else_of_it(setup: Setup) {
        let server = setup.below("").with("BURGEE_PUBLIC_URL", "https://badges.example.org:8443/tools").start();
        let world = World::of(&server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        assert_eq!(becomes(&project, "%{gitlab_server}"), "badges.example.org");
    }

    fn path_query_and_fragment_are_replaced_in_link_and_image(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        let url = "http://example.com/%{project_name}?ref=%{default_branch}#%{latest_tag}";
        let badge = project.add_with(&[("link_url", url), ("image_url", url)]);
        let rendered = "http://example.com/timetable-api?ref=main#v1.2.0";
        assert_eq!((&badge["link_url"], &badge["image_url"]), (&json!(url), &json!(url)), "given back as they came");
        assert_eq!(badge["rendered_link_url"], rendered);
        assert_eq!(badge["rendered_image_url"], rendered);
    }

    fn percent_encoded_and_half_encoded_ones_are_replaced(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        for text in
            ["%{default_branch}", "%25%7Bdefault_branch%7D", "%{default_branch%7D", "%25%7Bdefault_branch}"]
        {
            assert_eq!(becomes(&project, text), "main", "{text}");
        }
    }

    fn derived_what_is_unknown_or_misspelt_stays_escaped(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        for (text, escaped) in [
            ("%{foo}", "%25%7Bfoo%7D"),
            ("%{}", "%25%7B%7D"),
            ("%{Default_Branch}", "%25%7BDefault_Branch%7D"),
            ("%{ default_branch }", "%25%7B%20default_branch%20%7D"),
            ("%{default_branch", "%25%7Bdefault_branch"),
            ("%25%7bdefault_branch%7d", "%2525%257bdefault_branch%257d"),
            ("{default_branch}", "%7Bdefault_branch%7D"),
        ] {
            assert_eq!(becomes(&project, text), escaped, "{text}");
        }
    }

    fn what_has_no_value_yet_stays(server: &TestServer) {
        let world = World::of(server);
        let project = world.project("depot/empty");
        for name in ["default_branch", "commit_sha", "latest_tag"] {
            assert_eq!(becomes(&project, &format!("%{{{name}}}")), format!("%25%7B{name}%7D"));
        }
    }

    fn what_is_inserted_is_not_looked_at_again(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        server.change_project(PUBLIC_PROJECT, &json!({"title": "%{project_id}"}));
        assert_eq!(becomes(&project, "%{project_title}"), "%25%7Bproject_id%7D");
    }

    fn doubled_and_nested_ones_are_replaced_once(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        assert_eq!(becomes(&project, "%{default_branch}%{default_branch}"), "mainmain");
        assert_eq!(becomes(&project, "%{%{default_branch}}"), "%25%7Bmain%7D");
    }

    fn a_value_is_inserted_raw_and_escaped_with_the_whole(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        server.change_project(PUBLIC_PROJECT, &json!({"title": "Größe & \"50 %\"/<b>"}));
        let escaped = "Gr%C3%B6%C3%9Fe%20&%20%2250%20%25%22/%3Cb%3E";
        assert_eq!(becomes(&project, "%{project_title}"), escaped);
    }

    fn derived_what_is_encoded_already_is_encoded_once_more(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        let legal = "a-._~!$&'()*+,;=:@/?";
        for (text, escaped) in [("a%20b", "a%2520b"), ("a b", "a%20b"), ("[1]", "%5B1%5D"), (legal, legal)] {
            assert_eq!(becomes(&project, text), escaped, "{text}");
        }
    }

    fn reports_keep_the_values_current(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        let url = "http://example.com/%{commit_sha}/%{latest_tag}";
        project.add_with(&[("link_url", url), ("image_url", IMAGE)]);
        server.report(&json!({
            "project": "lines/timetable-api", "status": "succeeded", "commit_sha": "c0ffee", "latest_tag": "v2",
        }));
        let listed = world.anonymous().each(&project.badges(), "rendered_link_url");
        assert_eq!(listed, ["http://example.com/c0ffee/v2"]);
    }
}

//! `?title=` (A3). A title's side is as wide as its text.

use super::shown::{JOB, PASSING, Shown, at, build, exposed};
use crate::support::{TestServer, on_both_engines};

#[track_caller]
fn titled(server: &TestServer, query: &str) -> Shown {
    let shown = at(server, &format!("{JOB}?{query}"));
    shown.is(PASSING);
    shown
}

#[track_caller]
fn passing(server: &TestServer) {
    exposed(server);
    build(server, "unit", "succeeded");
}

on_both_engines! {
    fn a_title_replaces_build(server: &TestServer) { // 10, 13 to 16
        passing(server);
        let mut width = 0.0;
        for (query, title) in [
            ("title=test", "test"),
            ("title=%24custom", "$custom"),
            ("title=integration", "integration"),
            ("title=production-deployment", "production-deployment"),
            ("title=very-long-deployment-name", "very-long-deployment-name"),
        ] {
            let shown = titled(server, query);
            assert_eq!(shown.title, title);
            assert!(shown.width > width, "{title} is wider than what was before it");
            width = shown.width;
        }
        assert!(width >= 100.0, "three digits");
    }

    fn no_title_and_an_empty_one_are_build(server: &TestServer) { // 11, 12, 17
        passing(server);
        let plain = at(server, JOB);
        assert_eq!((plain.title.as_str(), plain.width), ("build", 88.0));
        for query in ["title=", "title", "other=x", "title=%20"] {
            assert_eq!(titled(server, query).svg, plain.svg, "{query}");
        }
    }

    fn a_title_leaves_the_other_side_as_wide_as_it_was(server: &TestServer) { // 18
        passing(server);
        assert!(titled(server, "title=custom").svg.contains("width=\"51\""));
    }

    fn the_first_title_counts(server: &TestServer) { // A3
        passing(server);
        assert_eq!(titled(server, "title=one&title=two").title, "one");
    }

    fn any_text_can_be_a_title(server: &TestServer) {
        passing(server);
        for (query, title) in [
            ("title=R%26D", "R&D"),
            ("title=Gr%C3%B6%C3%9Fe+%E2%9C%93", "Größe ✓"),
            ("title=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
            ("title=%22%27%3E", "\"'>"),
        ] {
            let shown = titled(server, query);
            assert_eq!(shown.title, title);
            assert!(!shown.svg.contains("<script"), "{}", shown.svg);
        }
    }
}

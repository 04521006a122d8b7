//! The header `Link` (B11): where the other pages are.

use url::{Url, form_urlencoded::parse};

use super::{
    pagination::{five, names, numbers, page},
    world::World,
};
use crate::support::{Answer, Setup, TestServer, on_both_engines};

/// Address and relation of every link.
#[track_caller]
pub(super) fn links(answer: &Answer) -> Vec<(String, String)> {
    let parts = answer.header("link").split(", ").map(|link| link.split_once("; ").unwrap());
    parts
        .map(|(url, rel)| {
            let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>'));
            let rel = rel.strip_prefix("rel=\"").and_then(|rel| rel.strip_suffix('"'));
            (url.unwrap().to_owned(), rel.unwrap().to_owned())
        })
        .collect()
}

on_both_engines! {
    fn links_lead_to_prev_next_first_and_last_in_this_order(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let url = server.url(&format!("/api/v4{}?id={}", project.badges(), project.id));
        let link = |page: u8, rel: &str| format!("<{url}&page={page}&per_page=2>; rel=\"{rel}\"");
        for (query, expected) in [
            ("per_page=2", vec![link(2, "next"), link(1, "first"), link(3, "last")]),
            ("per_page=2&page=2", vec![link(1, "prev"), link(3, "next"), link(1, "first"), link(3, "last")]),
            ("page=3&per_page=2", vec![link(2, "prev"), link(1, "first"), link(3, "last")]),
        ] {
            assert_eq!(page(&project, query).header("link"), expected.join(", "), "{query}");
        }
    }

    fn links_name_page_and_per_page_even_if_nobody_asked(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let url = server.url(&format!("/api/v4{}?id={}&page=1&per_page=20", project.badges(), project.id));
        assert_eq!(page(&project, "").header("link"), format!("<{url}>; rel=\"first\", <{url}>; rel=\"last\""));
    }

    fn links_keep_the_name_filter(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        project.add("3");
        let answer = page(&project, "per_page=1&name=3");
        let url = server.url(&format!("/api/v4{}?id={}&name=3", project.badges(), project.id));
        let link = |page: u8, rel: &str| format!("<{url}&page={page}&per_page=1>; rel=\"{rel}\"");
        assert_eq!(answer.header("link"), [link(2, "next"), link(1, "first"), link(2, "last")].join(", "));
        assert_eq!(numbers(&answer), ["1", "1", "2", "", "2", "2"], "only what the filter finds is counted");
    }

    fn links_carry_a_strange_name_whole(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let name = "a & b=\"c\"; rel=<\u{fc}>, %2F";
        project.add(name);
        project.add(name);
        let query = super::caller::query(&[("name", name), ("per_page", "1")]);
        let (next, _) = links(&page(&project, &query)).remove(0);
        let next: Url = next.parse().unwrap();
        assert!(parse(next.query().unwrap().as_bytes()).any(|(key, value)| key == "name" && value == name), "{next}");
        let keys: Vec<_> = next.query_pairs().map(|(key, _)| key.into_owned()).collect();
        assert_eq!(keys, ["id", "name", "page", "per_page"], "sorted by key");
        assert_eq!(names(&server.get(&format!("{}?{}", next.path(), next.query().unwrap()))), [name]);
    }

    fn links_name_the_id_as_it_was_asked_for(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let answer = world.anonymous().get(&format!("{}/badges?per_page=5", project.by_path())).expect(200);
        let path = "default%2Flines%2Ffive";
        let url = server.url(&format!("/api/v4/projects/{path}/badges?id={path}&page=1&per_page=5"));
        assert_eq!(answer.header("link"), format!("<{url}>; rel=\"first\", <{url}>; rel=\"last\""));
    }

    fn links_use_the_public_url(setup: Setup) {
        let server = setup.below("").with("BURGEE_PUBLIC_URL", "https://badges.example.org/tools").start();
        let world = World::of(&server);
        let project = five(&world);
        let path = format!("/tools/api/v4{}", project.badges());
        for path in [format!("{path}?per_page=2"), format!("{}?per_page=2", &path["/tools".len()..])] {
            let answer = server.call("GET", &path).header("Host", "evil.example").send().expect(200);
            for (url, _) in links(&answer) {
                assert!(url.starts_with(&format!("https://badges.example.org/tools/api/v4{}?id=", project.badges())));
            }
        }
    }

    fn following_next_sees_every_badge_once(server: &TestServer) {
        let world = World::of(server);
        let project = five(&world);
        let (mut seen, mut next) = (Vec::new(), Some(format!("{}?per_page=2", project.badges())));
        while let Some(path) = next.take() {
            let answer = world.anonymous().get(&path).expect(200);
            seen.extend(names(&answer));
            let link = links(&answer).into_iter().find(|(_, rel)| rel == "next");
            next = link.map(|(url, _)| url.strip_prefix(&server.url("/api/v4")).unwrap().to_owned());
            assert!(seen.len() <= 5, "{seen:?}");
        }
        assert_eq!(seen, ["1", "2", "3", "4", "5"]);
    }
}

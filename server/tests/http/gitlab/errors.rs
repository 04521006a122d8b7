//! The errors of B6 that no other file is about, and what every answer has in common. The texts are in `refusals`.

use super::{
    refusals::{
        BADGE_ID_INVALID, BOTH_MISSING, CHANGED_SINCE, EXPIRED, FORBIDDEN, IMAGE_MISSING, LINK_MISSING, NO_BADGE,
        NO_ROUTE, OLD_API, UNAUTHORIZED, WRONG_METHOD,
    },
    source::{Kind, for_project_and_group},
    world::{LINK, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

for_project_and_group! {
    fn a_badge_id_that_is_no_number_is_400(source: &Source) {
        for id in ["x", "1x", "1.5", "first", "0x1", "1%2F2"] {
            let badge = format!("{}/{id}", source.badges());
            source.maintainer().get(&badge).refused(BADGE_ID_INVALID);
            source.maintainer().put(&badge, &URLS).refused(BADGE_ID_INVALID);
            source.maintainer().delete(&badge).refused(BADGE_ID_INVALID);
        }
    }

    fn a_badge_id_that_no_badge_can_have_is_an_error_of_the_caller(source: &Source) {
        for id in ["9223372036854775808", "99999999999999999999999", "-99999999999999999999999"] {
            let status = source.maintainer().get(&format!("{}/{id}", source.badges())).status;
            assert!(matches!(status, 400 | 404), "{id}: {status}");
        }
    }

    fn one_bad_url_is_named_alone(source: &Source) {
        let badge = [("link_url", "javascript:alert(1)"), URLS[1]];
        let body = r#"{"message":{"link_url":["is blocked: Only allowed schemes are http, https"]}}"#;
        source.maintainer().post(&source.badges(), &badge).says(400, body);
        let badge = [URLS[0], ("image_url", "javascript:alert(1)")];
        let body = r#"{"message":{"image_url":["is blocked: Only allowed schemes are http, https"]}}"#;
        source.maintainer().post(&source.badges(), &badge).says(400, body);
        source.maintainer().put(&source.badge(source.first), &badge).says(400, body);
        source.maintainer().get(&source.render(&badge)).says(400, body);
    }

    fn two_bad_urls_are_named_together(source: &Source) {
        let badge = [("link_url", ""), ("image_url", "ftp://example.com")];
        let body = r#"{"message":{"link_url":["must be a valid URL"],"#.to_owned()
            + r#""image_url":["is blocked: Only allowed schemes are http, https"]}}"#;
        source.maintainer().post(&source.badges(), &badge).says(400, &body);
    }

    fn a_wrong_method_is_405(source: &Source) {
        let maintainer = source.maintainer();
        let (badges, badge) = (source.badges(), source.badge(source.first));
        for (method, path) in [("PATCH", &badge), ("POST", &badge), ("PUT", &badges), ("DELETE", &badges)] {
            maintainer.call(method, path).send().refused(WRONG_METHOD);
        }
        assert_eq!(source.names()[0], "first");
    }

    fn every_answer_forbids_frames_and_guesses(source: &Source) {
        let maintainer = source.maintainer();
        for answer in [
            maintainer.get(&source.badges()),
            maintainer.get(&source.badge(source.first)),
            maintainer.post(&source.badges(), &URLS),
            maintainer.post(&source.badges(), &[]),
            maintainer.get(&source.badge(99_999)),
            source.stranger().delete(&source.badge(source.first)),
            source.world.anonymous().delete(&source.badge(source.first)),
            maintainer.get("/nothing"),
            maintainer.delete(&source.badge(source.first)),
        ] {
            assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN", "{answer}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{answer}");
        }
    }

    fn every_refusal_is_exactly_that_of_gitlab(source: &Source) {
        let (world, maintainer) = (source.world, source.maintainer());
        let badge = source.badge(source.first);
        let old = maintainer.call("DELETE", &badge).header("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT");
        let expired = world.with_token(&world.token(&["--expires-in", "0"]));
        for (answer, refusal) in [
            (maintainer.post(&source.badges(), &[]), BOTH_MISSING),
            (maintainer.post(&source.badges(), &[("link_url", LINK)]), IMAGE_MISSING),
            (maintainer.post(&source.badges(), &[("image_url", LINK)]), LINK_MISSING),
            (world.with_token("wrong").get(&badge), UNAUTHORIZED),
            (expired.get(&badge), EXPIRED),
            (source.developer().delete(&badge), FORBIDDEN),
            (maintainer.get("/projects/99999/badges"), Kind::Project.not_found()),
            (maintainer.get("/groups/99999/badges"), Kind::Group.not_found()),
            (maintainer.get(&source.badge(99_999)), NO_BADGE),
            (old.send(), CHANGED_SINCE),
        ] {
            answer.refused(refusal);
        }
    }
}

on_both_engines! {
    fn no_such_route_is_404(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, super::world::PUBLIC_PROJECT);
        for path in [
            "/nothing".to_owned(),
            format!("{}/nothing", project.url()),
            format!("{}/1/more", project.badges()),
            "/projects/default/lines/timetable-api/badges".to_owned(),
            "/users/1/badges".to_owned(),
            "/badges".to_owned(),
            "/".to_owned(),
        ] {
            world.administrator().get(&path).refused(NO_ROUTE);
            world.anonymous().get(&path).refused(NO_ROUTE);
        }
    }

    fn api_v3_is_gone(server: &TestServer) {
        for path in ["/api/v3/projects", "/api/v3/projects/1/badges"] {
            server.get(path).refused(OLD_API);
            server.call("POST", path).form(&URLS).send().refused(OLD_API);
        }
    }
}

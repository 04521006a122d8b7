//! Adding badges: who may (B12, 12–16), and what is wanted (B12, 17–19; B1).

use super::{
    caller::Caller,
    refusals::{BOTH_MISSING, FORBIDDEN, IMAGE_MISSING, LINK_MISSING},
    source::{Source, for_project_and_group},
    world::{IMAGE, LINK, URLS},
};

const BADGE: [(&str, &str); 3] = [("name", "Build"), URLS[0], URLS[1]];

/// Somebody may not add a badge, and none is added.
#[track_caller]
fn may_not(source: &Source<'_>, caller: &Caller<'_>) {
    let before = source.names();
    caller.post(&source.badges(), &BADGE).refused(FORBIDDEN);
    assert_eq!(source.names(), before);
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().post(&hidden.badges(), &BADGE).refused(hidden.kind.not_found());
        assert_eq!(hidden.names(), ["hidden"]);
    }

    fn an_access_requester_may_not(source: &Source) {
        may_not(source, &source.access_requester());
    }

    fn a_stranger_may_not(source: &Source) {
        may_not(source, &source.stranger());
    }

    fn a_developer_may_not(source: &Source) {
        may_not(source, &source.developer());
    }

    fn a_maintainer_adds_one(source: &Source) {
        let before = source.names().len();
        let answer = source.maintainer().post(&source.badges(), &BADGE).expect(201);
        let badge = answer.json();
        let expected = [("name", "Build"), ("link_url", LINK), ("image_url", IMAGE), ("kind", source.kind.as_str())];
        for (member, value) in expected {
            assert_eq!(badge[member], value, "{member}");
        }
        assert_eq!(source.names().len(), before + 1);
        let kept = source.stranger().get(&source.badge(badge["id"].as_i64().unwrap())).expect(200);
        assert_eq!(kept.text(), answer.text(), "the answer is the badge as it is kept");
    }

    fn without_image_url_is_400(source: &Source) {
        source.maintainer().post(&source.badges(), &[("name", "Build"), URLS[0]]).refused(IMAGE_MISSING);
    }

    fn without_link_url_is_400(source: &Source) {
        source.maintainer().post(&source.badges(), &[("name", "Build"), URLS[1]]).refused(LINK_MISSING);
    }

    fn without_either_names_both(source: &Source) {
        source.maintainer().post(&source.badges(), &[("name", "Build")]).refused(BOTH_MISSING);
        source.maintainer().post(&source.badges(), &[]).refused(BOTH_MISSING);
    }

    fn invalid_urls_are_400_and_nothing_is_added(source: &Source) {
        let before = source.names();
        let badge = [("link_url", "whatever"), ("image_url", "whatever")];
        let answer = source.maintainer().post(&source.badges(), &badge).expect(400);
        let message = answer.json()["message"].clone();
        assert!(message["link_url"].is_array() && message["image_url"].is_array(), "{answer}");
        assert_eq!(source.names(), before);
    }

    fn a_name_is_not_needed(source: &Source) {
        let answer = source.maintainer().post(&source.badges(), &URLS).expect(201);
        assert!(answer.json()["name"].is_null(), "{answer}");
    }

    fn the_same_badge_twice_is_two_badges(source: &Source) {
        let add = || source.maintainer().post(&source.badges(), &BADGE).expect(201).json()["id"].clone();
        assert_ne!(add(), add());
    }

    fn unknown_parameters_are_ignored(source: &Source) {
        let badge = [URLS[0], URLS[1], ("position", "0"), ("kind", "other"), ("id", "77"), ("group_id", "1")];
        let answer = source.maintainer().post(&source.badges(), &badge).expect(201);
        assert_eq!(answer.json()["kind"], source.kind.as_str());
        assert_ne!(answer.json()["id"], 77);
    }

    fn unconfirmed_a_name_has_at_most_255_characters(source: &Source) {
        let name = "ü".repeat(255);
        let answer = source.maintainer().post(&source.badges(), &[("name", &name), URLS[0], URLS[1]]).expect(201);
        assert_eq!(answer.json()["name"], name);
        let answer = source.maintainer().post(&source.badges(), &[("name", &"ü".repeat(256)), URLS[0], URLS[1]]);
        answer.says(400, r#"{"message":{"name":["is too long (maximum is 255 characters)"]}}"#);
    }
}

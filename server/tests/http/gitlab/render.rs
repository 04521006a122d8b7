//! Previewing badges: who may (B12, 33–36), and what comes back (37–40; B2). What becomes of placeholders is in
//! `placeholders`.

use super::{
    caller::Caller,
    refusals::{FORBIDDEN, IMAGE_MISSING, LINK_MISSING},
    source::{Source, for_project_and_group},
    world::{IMAGE, LINK, URLS},
};

#[track_caller]
fn may_not(source: &Source<'_>, caller: &Caller<'_>) {
    caller.get(&source.render(&URLS)).refused(FORBIDDEN);
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().get(&hidden.render(&URLS)).refused(hidden.kind.not_found());
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

    fn a_maintainer_gets_exactly_five_keys(source: &Source) {
        let body = format!(r#"{{"name":null,"link_url":"{LINK}","image_url":"{IMAGE}","#)
            + &format!(r#""rendered_link_url":"{LINK}","rendered_image_url":"{IMAGE}"}}"#);
        source.maintainer().get(&source.render(&URLS)).says(200, &body);
    }

    fn without_image_url_is_400(source: &Source) {
        source.maintainer().get(&source.render(&URLS[..1])).refused(IMAGE_MISSING);
    }

    fn without_link_url_is_400(source: &Source) {
        source.maintainer().get(&source.render(&URLS[1..])).refused(LINK_MISSING);
    }

    fn invalid_urls_are_400(source: &Source) {
        let preview = source.render(&[("link_url", "whatever"), ("image_url", "whatever")]);
        let answer = source.maintainer().get(&preview).expect(400);
        let message = answer.json()["message"].clone();
        assert!(message["link_url"].is_array() && message["image_url"].is_array(), "{answer}");
    }

    fn nothing_is_kept(source: &Source) {
        let before = source.names();
        source.maintainer().get(&source.render(&URLS)).expect(200);
        assert_eq!(source.names(), before);
    }
}

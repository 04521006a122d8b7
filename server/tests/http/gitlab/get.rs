//! Getting one badge: who may (B12, 7–11), what it is (B2), and where it is found (B3).

use super::{
    caller::Caller,
    refusals::NO_BADGE,
    source::{Kind, Source, for_project_and_group},
    world::{IMAGE, LINK, PUBLIC_GROUP, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

/// Somebody gets the first badge, which is exactly this, in this order and with nothing else.
#[track_caller]
fn gets(source: &Source<'_>, caller: &Caller<'_>) {
    let (id, kind) = (source.first, source.kind.as_str());
    let body = format!(r#"{{"name":"first","link_url":"{LINK}","image_url":"{IMAGE}","rendered_link_url":"{LINK}","#)
        + &format!(r#""rendered_image_url":"{IMAGE}","id":{id},"kind":"{kind}"}}"#);
    caller.get(&source.badge(id)).says(200, &body);
}

for_project_and_group! {
    fn private_and_a_stranger_is_404(source: &Source) {
        let hidden = source.private();
        hidden.stranger().get(&hidden.badge(hidden.first)).refused(hidden.kind.not_found());
        hidden.world.anonymous().get(&hidden.badge(hidden.first)).refused(hidden.kind.not_found());
    }

    fn a_maintainer_gets_it(source: &Source) {
        gets(source, &source.maintainer());
    }

    fn a_developer_gets_it(source: &Source) {
        gets(source, &source.developer());
    }

    fn an_access_requester_gets_it(source: &Source) {
        gets(source, &source.access_requester());
    }

    fn a_stranger_gets_what_is_public(source: &Source) {
        gets(source, &source.stranger());
    }

    fn anonymous_gets_what_is_public(source: &Source) {
        gets(source, &source.world.anonymous());
    }

    fn a_badge_without_a_name_has_null_for_one(source: &Source) {
        let id = source.add_with(&URLS)["id"].as_i64().unwrap();
        let answer = source.stranger().get(&source.badge(id)).expect(200);
        assert!(answer.text().starts_with(r#"{"name":null,"link_url":"#), "{answer}");
    }

    fn a_badge_of_another_is_not_found_here(source: &Source) {
        let hidden = source.private();
        source.world.administrator().get(&source.badge(hidden.first)).refused(NO_BADGE);
    }

    fn an_unknown_id_is_404(source: &Source) {
        for id in [99_999, 0, -1] {
            source.stranger().get(&source.badge(id)).refused(NO_BADGE);
        }
    }
}

on_both_engines! {
    fn a_group_badge_is_listed_by_a_project_but_not_found_there(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let inherited = world.administrator().list(&project.badges())[1]["id"].as_i64().unwrap();
        world.administrator().get(&project.badge(inherited)).refused(NO_BADGE);
        world.administrator().get(&world.source(Kind::Group, PUBLIC_GROUP).badge(inherited)).expect(200);
    }

    fn a_project_badge_is_not_found_through_its_group(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let group = world.source(Kind::Group, PUBLIC_GROUP);
        world.administrator().get(&group.badge(project.first)).refused(NO_BADGE);
    }
}

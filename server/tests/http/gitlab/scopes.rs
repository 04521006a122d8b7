//! What the scopes of a token allow (B4), and tokens that are limited to a project or space.

use super::{
    refusals::{FORBIDDEN, NO_PROJECT, SCOPE_TOO_SMALL_TO_CHANGE, SCOPE_TOO_SMALL_TO_READ},
    source::{Kind, Source, for_project_and_group},
    world::{PRIVATE_PROJECT, PUBLIC_GROUP, PUBLIC_PROJECT, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

for_project_and_group! {
    fn api_is_enough_for_all(source: &Source) {
        let maintainer = source.maintainer();
        maintainer.get(&source.badges()).expect(200);
        maintainer.get(&source.render(&URLS)).expect(200);
        maintainer.post(&source.badges(), &URLS).expect(201);
        maintainer.put(&source.badge(source.first), &URLS).expect(200);
        maintainer.delete(&source.badge(source.first)).expect(204);
    }

    fn read_api_is_enough_to_read(source: &Source) {
        let hidden = source.private();
        let _known = hidden.maintainer();
        let token = source.world.server.create_token(&["--user", keeper(&hidden), "--scope", "read_api"]);
        let reader = source.world.with_token(&token);
        for path in [hidden.badges(), hidden.badge(hidden.first), hidden.render(&URLS)] {
            reader.get(&path).expect(200);
            reader.call("HEAD", &path).send().expect(200);
        }
    }

    fn read_api_is_too_small_to_change(source: &Source) {
        let _known = source.maintainer();
        let token = source.world.server.create_token(&["--user", keeper(source), "--scope", "read_api"]);
        let reader = source.world.with_token(&token);
        let badge = source.badge(source.first);
        reader.post(&source.badges(), &URLS).refused(SCOPE_TOO_SMALL_TO_CHANGE);
        reader.put(&badge, &[("name", "Changed")]).refused(SCOPE_TOO_SMALL_TO_CHANGE);
        reader.delete(&badge).refused(SCOPE_TOO_SMALL_TO_CHANGE);
        assert_eq!(source.names()[0], "first");
    }

    fn other_scopes_are_too_small_for_anything(source: &Source) {
        let reporter = source.world.with_token(source.world.server.token());
        reporter.get(&source.badges()).refused(SCOPE_TOO_SMALL_TO_READ);
        reporter.get(&source.render(&URLS)).refused(SCOPE_TOO_SMALL_TO_READ);
        reporter.post(&source.badges(), &URLS).refused(SCOPE_TOO_SMALL_TO_CHANGE);
        reporter.delete(&source.badge(source.first)).refused(SCOPE_TOO_SMALL_TO_CHANGE);
    }
}

/// The name of the user who is [`Source::maintainer`].
const fn keeper(source: &Source<'_>) -> &'static str {
    match source.kind {
        Kind::Project => "maintainer",
        Kind::Group => "owner",
    }
}

on_both_engines! {
    fn the_scopes_of_the_gitlab_api_are_no_use_elsewhere(server: &TestServer) {
        let world = World::of(server);
        let path = format!("/api/burgee/v1/projects/{}", PRIVATE_PROJECT.replace('/', "%2F"));
        let user = world.user("ada");
        world.source(Kind::Project, PRIVATE_PROJECT).grant("ada", "owner");
        server.call("DELETE", &path).bearer(user.token()).send().problem(403);
    }

    fn a_token_for_a_project_acts_there(server: &TestServer) {
        let world = World::of(server);
        let project = world.private(Kind::Project);
        project.grant("ada", "maintainer");
        let ada = world.with_token(&world.token(&["--user", "ada", "--project", PRIVATE_PROJECT]));
        ada.get(&project.badges()).expect(200);
        ada.post(&project.badges(), &URLS).expect(201);
    }

    fn elsewhere_a_token_for_a_project_is_like_a_stranger(server: &TestServer) {
        let world = World::of(server);
        let (public, private) = (world.public(Kind::Project), world.private(Kind::Project));
        world.project("depot/other").grant("ada", "maintainer");
        for source in [&public, &private, &world.source(Kind::Group, PUBLIC_GROUP)] {
            source.grant("ada", "owner");
        }
        let ada = world.with_token(&world.token(&["--user", "ada", "--project", "default/depot/other"]));
        ada.get(&private.badges()).refused(NO_PROJECT);
        ada.post(&private.badges(), &URLS).refused(NO_PROJECT);
        ada.get(&public.badges()).expect(200);
        ada.post(&public.badges(), &URLS).refused(FORBIDDEN);
        ada.get(&public.render(&URLS)).refused(FORBIDDEN);
        ada.post(&world.source(Kind::Group, PUBLIC_GROUP).badges(), &URLS).refused(FORBIDDEN);
    }

    fn an_administrators_token_for_a_project_is_no_administrator_elsewhere(server: &TestServer) {
        let world = World::of(server);
        let (public, private) = (world.public(Kind::Project), world.private(Kind::Project));
        let limited = world.with_token(&world.token(&["--project", PUBLIC_PROJECT]));
        limited.post(&public.badges(), &URLS).expect(201);
        limited.get(&private.badges()).refused(NO_PROJECT);
        limited.post(&world.source(Kind::Group, PUBLIC_GROUP).badges(), &URLS).refused(FORBIDDEN);
    }

    fn a_token_for_a_space_is_like_a_stranger_in_another(server: &TestServer) {
        let world = World::of(server);
        let private = world.private(Kind::Project);
        server.report(&serde_json::json!({"space": "harbour", "project": "ferry", "status": "succeeded"}));
        let ferry = world.source(Kind::Project, "harbour/ferry");
        let limited = world.with_token(&world.token(&["--space", "harbour"]));
        limited.post(&ferry.badges(), &URLS).expect(201);
        limited.get(&private.badges()).refused(NO_PROJECT);
        limited.post(&world.public(Kind::Project).badges(), &URLS).refused(FORBIDDEN);
    }
}

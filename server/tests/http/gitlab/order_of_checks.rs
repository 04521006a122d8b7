//! Which check comes first (B5), so which of several things that are wrong is told. Derived from GitLab's source, not
//! observed.

use super::{
    refusals::{
        BADGE_ID_INVALID, BOTH_MISSING, EXPIRED, FORBIDDEN, IMAGE_MISSING, NO_BADGE, SCOPE_TOO_SMALL_TO_CHANGE,
        UNAUTHORIZED,
    },
    source::{Source, for_project_and_group},
    world::URLS,
};

const BAD_URLS: [(&str, &str); 2] = [("link_url", "whatever"), ("image_url", "whatever")];

/// Below `/api/v4`, a project or group that is not there.
fn nothing(source: &Source<'_>) -> String {
    format!("/{}s/99999/badges", source.kind.as_str())
}

for_project_and_group! {
    fn anonymous_is_401_before_its_change_is_looked_at(source: &Source) {
        let anonymous = source.world.anonymous();
        for badges in [source.badges(), source.private().badges(), nothing(source)] {
            anonymous.post(&badges, &[]).refused(UNAUTHORIZED);
            anonymous.post(&badges, &URLS).refused(UNAUTHORIZED);
            anonymous.put(&format!("{badges}/x"), &BAD_URLS).refused(UNAUTHORIZED);
            anonymous.delete(&format!("{badges}/x")).refused(UNAUTHORIZED);
            anonymous.delete(&format!("{badges}/99999")).refused(UNAUTHORIZED);
        }
    }

    fn a_token_that_is_no_good_comes_before_parameters(source: &Source) {
        let expired = source.world.with_token(&source.world.token(&["--expires-in", "0"]));
        expired.post(&source.badges(), &[]).refused(EXPIRED);
        expired.delete(&format!("{}/x", source.badges())).refused(EXPIRED);
        let scopeless = source.world.with_token(source.world.server.token());
        scopeless.post(&source.badges(), &[]).refused(SCOPE_TOO_SMALL_TO_CHANGE);
    }

    fn parameters_come_before_the_source(source: &Source) {
        let stranger = source.stranger();
        for badges in [source.private().badges(), nothing(source)] {
            stranger.post(&badges, &[]).refused(BOTH_MISSING);
            stranger.post(&badges, &URLS[..1]).refused(IMAGE_MISSING);
            stranger.get(&format!("{badges}/render")).refused(BOTH_MISSING);
            stranger.get(&format!("{badges}/x")).refused(BADGE_ID_INVALID);
            stranger.put(&format!("{badges}/x"), &[]).refused(BADGE_ID_INVALID);
            stranger.delete(&format!("{badges}/x")).refused(BADGE_ID_INVALID);
            stranger.get(&format!("{badges}?page=x")).says(400, r#"{"error":"page is invalid"}"#);
        }
    }

    fn parameters_come_before_the_role(source: &Source) {
        for caller in [source.stranger(), source.developer()] {
            caller.post(&source.badges(), &[]).refused(BOTH_MISSING);
            caller.put(&format!("{}/x", source.badges()), &[]).refused(BADGE_ID_INVALID);
            caller.get(&format!("{}/render", source.badges())).refused(BOTH_MISSING);
        }
    }

    fn anonymous_previews_are_400_without_parameters_and_401_with_them(source: &Source) {
        let anonymous = source.world.anonymous();
        anonymous.get(&format!("{}/render", source.badges())).refused(BOTH_MISSING);
        anonymous.get(&source.render(&URLS)).refused(UNAUTHORIZED);
        anonymous.get(&source.render(&BAD_URLS)).refused(UNAUTHORIZED);
    }

    fn anonymous_previews_of_what_is_private_are_404(source: &Source) {
        let hidden = source.private();
        source.world.anonymous().get(&hidden.render(&URLS)).refused(hidden.kind.not_found());
    }

    fn the_source_comes_before_the_badge(source: &Source) {
        let hidden = source.private();
        for id in [hidden.first, 99_999] {
            hidden.stranger().put(&hidden.badge(id), &URLS).refused(hidden.kind.not_found());
            hidden.stranger().delete(&hidden.badge(id)).refused(hidden.kind.not_found());
        }
    }

    fn the_role_comes_before_the_badge(source: &Source) {
        for caller in [source.stranger(), source.developer()] {
            caller.put(&source.badge(99_999), &URLS).refused(FORBIDDEN);
            caller.delete(&source.badge(99_999)).refused(FORBIDDEN);
        }
    }

    fn the_role_comes_before_the_urls(source: &Source) {
        source.developer().post(&source.badges(), &BAD_URLS).refused(FORBIDDEN);
        source.developer().put(&source.badge(source.first), &BAD_URLS).refused(FORBIDDEN);
        source.developer().get(&source.render(&BAD_URLS)).refused(FORBIDDEN);
    }

    fn the_badge_comes_before_the_urls(source: &Source) {
        source.maintainer().put(&source.badge(99_999), &BAD_URLS).refused(NO_BADGE);
    }
}

//! Access requests: asking for a role, and what comes of it.

use serde_json::json;

use super::{
    refusals::{FORBIDDEN, UNAUTHORIZED},
    source::{Source, for_project_and_group},
    world::URLS,
};

fn requests(source: &Source<'_>) -> String {
    format!("{}/access_requests", source.url())
}

/// The request of the access requester.
fn request(source: &Source<'_>) -> String {
    format!("{}/{}", requests(source), source.world.user_id("access-requester"))
}

for_project_and_group! {
    fn who_asks_is_listed_for_the_maintainer(source: &Source) {
        let requester = source.access_requester();
        let listed = source.maintainer().list(&requests(source));
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert_eq!(listed[0]["id"], source.world.user_id("access-requester"));
        assert_eq!(listed[0]["username"], "access-requester");
        requester.get(&requests(source)).refused(FORBIDDEN);
        source.developer().get(&requests(source)).refused(FORBIDDEN);
        source.world.anonymous().get(&requests(source)).expect(401);
    }

    fn a_request_is_no_role(source: &Source) {
        let requester = source.access_requester();
        requester.post(&source.badges(), &URLS).refused(FORBIDDEN);
        let members = source.world.administrator().each(&format!("{}/members", source.url()), "username");
        assert!(!members.contains(&json!("access-requester")), "{members:?}");
    }

    fn approved_it_is_a_developers_role(source: &Source) {
        let _requester = source.access_requester();
        let approved = source.maintainer().put(&format!("{}/approve", request(source)), &[]).expect(201).json();
        assert_eq!(approved["access_level"], 30);
        assert_eq!(source.maintainer().list(&requests(source)), [""; 0]);
        let members = source.world.administrator().each(&format!("{}/members", source.url()), "username");
        assert!(members.contains(&json!("access-requester")), "{members:?}");
    }

    fn approved_it_is_the_role_that_was_named(source: &Source) {
        let requester = source.access_requester();
        let role = if source.kind == super::source::Kind::Project { "40" } else { "50" };
        let approve = format!("{}/approve", request(source));
        source.maintainer().put(&approve, &[("access_level", role)]).expect(201);
        requester.post(&source.badges(), &URLS).expect(201);
    }

    fn nobody_approves_an_own_request(source: &Source) {
        let requester = source.access_requester();
        requester.put(&format!("{}/approve", request(source)), &[]).refused(FORBIDDEN);
        source.developer().put(&format!("{}/approve", request(source)), &[]).refused(FORBIDDEN);
        requester.post(&source.badges(), &URLS).refused(FORBIDDEN);
    }

    fn denied_it_is_gone(source: &Source) {
        let _requester = source.access_requester();
        source.stranger().delete(&request(source)).refused(FORBIDDEN);
        source.maintainer().delete(&request(source)).expect(204);
        assert_eq!(source.maintainer().list(&requests(source)), [""; 0]);
        source.maintainer().delete(&request(source)).expect(404);
        source.maintainer().put(&format!("{}/approve", request(source)), &[]).expect(404);
    }

    fn who_asked_may_withdraw(source: &Source) {
        let requester = source.access_requester();
        requester.delete(&request(source)).expect(204);
        assert_eq!(source.maintainer().list(&requests(source)), [""; 0]);
    }

    fn anonymous_cannot_ask(source: &Source) {
        source.world.anonymous().post(&requests(source), &[]).refused(UNAUTHORIZED);
    }

    fn nobody_asks_for_what_is_private(source: &Source) {
        let hidden = source.private();
        hidden.stranger().post(&requests(&hidden), &[]).refused(hidden.kind.not_found());
        assert_eq!(hidden.maintainer().list(&requests(&hidden)), [""; 0]);
    }
}

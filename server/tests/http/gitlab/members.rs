//! Members of projects and groups through the API.

use serde_json::{Value, json};

use super::{
    refusals::{FORBIDDEN, UNAUTHORIZED},
    source::{Kind, Source, for_project_and_group},
    world::{PUBLIC_PROJECT, URLS, World},
};
use crate::support::{TestServer, on_both_engines};

fn members(source: &Source<'_>) -> String {
    format!("{}/members", source.url())
}

/// Who is listed, with access level, by name.
#[track_caller]
fn listed(source: &Source<'_>, path: &str) -> Vec<(String, Value)> {
    let members = source.world.administrator().list(path);
    let mut listed: Vec<_> = members
        .iter()
        .map(|member| (member["username"].as_str().unwrap().to_owned(), member["access_level"].clone()))
        .collect();
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    listed
}

/// Somebody who may give roles here.
fn owner<'w>(source: &Source<'w>) -> super::caller::Caller<'w> {
    source.member("owner")
}

for_project_and_group! {
    fn a_member_is_added_by_number_or_name(source: &Source) {
        let owner = owner(source);
        let (ada, bob) = (source.world.user_id("ada"), source.world.user_id("bob"));
        let by_number = [("user_id", ada.to_string()), ("access_level", "30".to_owned())];
        let by_number = by_number.each_ref().map(|(name, value)| (*name, value.as_str()));
        let added = owner.post(&members(source), &by_number).expect(201).json();
        assert_eq!((&added["id"], &added["access_level"]), (&json!(ada), &json!(30)));
        assert_eq!((&added["username"], &added["state"]), (&json!("ada"), &json!("active")));
        let added = owner.post(&members(source), &[("username", "bob"), ("access_level", "10")]).expect(201).json();
        assert_eq!(added["id"], bob);
        let expected = [("ada".to_owned(), json!(30)), ("bob".to_owned(), json!(10)), ("owner".to_owned(), json!(50))];
        assert_eq!(listed(source, &members(source)), expected);
    }

    fn json_is_taken_too(source: &Source) {
        let ada = source.world.user_id("ada");
        let call = owner(source).call("POST", &members(source));
        let added = call.json(&json!({"user_id": ada, "access_level": 20})).send().expect(201).json();
        assert_eq!(added["access_level"], 20);
    }

    fn a_member_may_do_at_once_what_the_role_allows(source: &Source) {
        let ada = source.world.user("ada");
        ada.post(&source.badges(), &URLS).refused(FORBIDDEN);
        let member = [("username", "ada"), ("access_level", "50")];
        owner(source).post(&members(source), &member).expect(201);
        ada.post(&source.badges(), &URLS).expect(201);
    }

    fn a_role_is_changed_and_taken_away(source: &Source) {
        source.grant("ada", "owner");
        let (ada, owner) = (source.world.user("ada"), owner(source));
        let member = format!("{}/{}", members(source), source.world.user_id("ada"));
        assert_eq!(owner.get(&member).expect(200).json()["access_level"], 50);
        let changed = owner.put(&member, &[("access_level", "30")]).expect(200).json();
        assert_eq!(changed["access_level"], 30);
        ada.post(&source.badges(), &URLS).refused(FORBIDDEN);
        assert!(owner.delete(&member).expect(204).body.is_empty());
        owner.get(&member).expect(404);
        owner.delete(&member).expect(404);
        assert_eq!(listed(source, &members(source)).len(), 1);
    }

    fn who_is_a_member_already_is_a_conflict(source: &Source) {
        source.grant("ada", "guest");
        let member = [("username", "ada"), ("access_level", "50")];
        owner(source).post(&members(source), &member).expect(409);
        assert_eq!(listed(source, &members(source))[0], ("ada".to_owned(), json!(10)));
    }

    fn a_user_or_level_that_there_is_not_is_an_error_of_the_caller(source: &Source) {
        source.world.user("ada");
        let add = |user: &str, level: &str| {
            owner(source).post(&members(source), &[("username", user), ("access_level", level)]).status
        };
        assert_eq!(add("nobody", "30"), 404);
        for level in ["15", "x", "", "-30", "60", "300"] {
            assert_eq!(add("ada", level), 400, "{level:?}");
        }
        let answer = owner(source).post(&members(source), &[("username", "ada")]);
        answer.says(400, r#"{"error":"access_level is missing"}"#);
        assert_eq!(listed(source, &members(source)).len(), 1);
    }

    fn only_who_manages_changes_members(source: &Source) {
        let ada = source.world.user_id("ada").to_string();
        let member = [("user_id", ada.as_str()), ("access_level", "10")];
        for caller in [source.developer(), source.stranger()] {
            caller.post(&members(source), &member).refused(FORBIDDEN);
        }
        let path = format!("{}/{}", members(source), source.world.user_id("developer"));
        source.stranger().delete(&path).refused(FORBIDDEN);
        source.developer().put(&path, &[("access_level", "50")]).refused(FORBIDDEN);
        source.world.anonymous().post(&members(source), &member).refused(UNAUTHORIZED);
        assert_eq!(listed(source, &members(source)), [("developer".to_owned(), json!(30))]);
    }

    fn nobody_sees_the_members_of_what_is_private(source: &Source) {
        let hidden = source.private();
        let _member = hidden.developer();
        for path in [members(&hidden), format!("{}/all", members(&hidden))] {
            hidden.stranger().get(&path).refused(hidden.kind.not_found());
            source.world.anonymous().get(&path).refused(hidden.kind.not_found());
        }
        let member = [("username", "stranger"), ("access_level", "10")];
        hidden.stranger().post(&members(&hidden), &member).refused(hidden.kind.not_found());
    }
}

on_both_engines! {
    fn all_members_are_those_of_the_groups_above_as_well(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        project.grant("ada", "developer");
        world.source(Kind::Group, "default/lines").grant("bob", "maintainer");
        world.source(Kind::Group, "default").grant("eve", "owner");
        world.source(Kind::Group, "default/depot").grant("joe", "owner");
        let all = [("ada".to_owned(), json!(30)), ("bob".to_owned(), json!(40)), ("eve".to_owned(), json!(50))];
        assert_eq!(listed(&project, &members(&project)), all[..1]);
        assert_eq!(listed(&project, &format!("{}/all", members(&project))), all);
    }

    fn who_is_a_member_twice_is_listed_once_with_the_greater_role(server: &TestServer) {
        let world = World::of(server);
        let project = world.source(Kind::Project, PUBLIC_PROJECT);
        project.grant("ada", "guest");
        world.source(Kind::Group, "default").grant("ada", "maintainer");
        let all = listed(&project, &format!("{}/all", members(&project)));
        assert_eq!(all, [("ada".to_owned(), json!(40))]);
    }

    fn nobody_gives_a_greater_role_than_the_own_one(server: &TestServer) {
        let world = World::of(server);
        let project = world.public(Kind::Project);
        let maintainer = project.member("maintainer");
        world.user("ada");
        let add = |level: &str| maintainer.post(&members(&project), &[("username", "ada"), ("access_level", level)]);
        add("50").refused(FORBIDDEN);
        add("40").expect(201);
        let own = format!("{}/{}", members(&project), world.user_id("maintainer"));
        maintainer.put(&own, &[("access_level", "50")]).refused(FORBIDDEN);
    }
}

//! What somebody may see and change: roles, inherited downwards; administrators; the limits of tokens.

use burgee_domain::role::Role;
use burgee_store::{
    Store,
    access::{Person, Subject},
    groups, members,
    members::MemberOf,
    projects::{self, Filter, Project},
    tokens::TokenTarget,
    users,
};
use serde_json::json;

use crate::support::{apply, ask, at, change, on_both_engines};

/// `default/a/b/p`, `default/a/q` and `default/r`, and the user 1.
async fn world(store: &Store) -> [Project; 3] {
    change!(store, |conn| users::create(conn, "ada", "", false, at(0))).unwrap();
    let mut made = Vec::new();
    for path in ["a/b/p", "a/q", "r"] {
        made.push(apply(store, json!({"project": path, "status": "running"})).await.project);
    }
    made.try_into().unwrap()
}

async fn give(store: &Store, place: MemberOf, role: Role) {
    change!(store, |conn| members::set(conn, place, 1, role, at(0))).unwrap();
}

async fn role(store: &Store, subject: &Subject, project: &Project) -> Option<Role> {
    ask!(store, |conn| subject.role_in_project(conn, project))
}

async fn seen(store: &Store, subject: &Subject) -> Vec<String> {
    let reach = ask!(store, |conn| subject.reach(conn));
    let filter = Filter { reach: Some(&reach), ..Filter::default() };
    ask!(store, |conn| projects::page(conn, &filter, 0, 10)).into_iter().map(|project| project.full_path).collect()
}

const ADA: Subject = Subject::new(Person::User(1));

on_both_engines! {
    async fn a_role_in_a_group_holds_for_everything_below_and_the_greatest_counts(store) {
        let [p, q, r] = world(&store).await;
        let a = ask!(store, |conn| groups::find_by_path(conn, "default/a")).unwrap();
        give(&store, MemberOf::Group(a.id), Role::Developer).await;
        give(&store, MemberOf::Project(p.id), Role::Guest).await;
        give(&store, MemberOf::Project(q.id), Role::Owner).await;
        assert_eq!(role(&store, &ADA, &p).await, Some(Role::Developer));
        assert_eq!(role(&store, &ADA, &q).await, Some(Role::Owner));
        assert_eq!(role(&store, &ADA, &r).await, None);
        assert_eq!(seen(&store, &ADA).await, ["default/a/b/p", "default/a/q"]);
        assert_eq!(role(&store, &Subject::NOBODY, &p).await, None);
        assert_eq!(seen(&store, &Subject::NOBODY).await, Vec::<String>::new());
        let admin = Subject::new(Person::Administrator);
        assert_eq!(role(&store, &admin, &r).await, Some(Role::Owner));
        assert_eq!(seen(&store, &admin).await.len(), 3);
    }

    async fn a_group_is_seen_for_the_way_down_and_is_not_the_members(store) {
        let [p, ..] = world(&store).await;
        give(&store, MemberOf::Project(p.id), Role::Maintainer).await;
        let group = ask!(store, |conn| groups::find_by_path(conn, "default/a")).unwrap();
        assert!(ask!(store, |conn| ADA.sees_group(conn, &group)));
        assert_eq!(ask!(store, |conn| ADA.role_in_group(conn, &group)), None);
        assert_eq!(seen(&store, &ADA).await, ["default/a/b/p"]);
        assert!(!ask!(store, |conn| Subject::NOBODY.sees_group(conn, &group)));
    }

    async fn outside_of_its_limits_a_token_is_a_strangers(store) {
        let [p, q, r] = world(&store).await;
        let b = ask!(store, |conn| groups::find_by_path(conn, "default/a/b")).unwrap();
        let limited = |person| Subject { person, limits: Some(vec![TokenTarget::Group(b.id), TokenTarget::Project(r.id)]) };
        let admin = limited(Person::Administrator);
        assert_eq!(role(&store, &admin, &p).await, Some(Role::Owner));
        assert_eq!(role(&store, &admin, &q).await, None);
        assert_eq!(seen(&store, &admin).await, ["default/a/b/p", "default/r"]);
        give(&store, MemberOf::Project(p.id), Role::Reporter).await;
        give(&store, MemberOf::Project(q.id), Role::Owner).await;
        let ada = limited(Person::User(1));
        assert_eq!(role(&store, &ada, &p).await, Some(Role::Reporter));
        assert_eq!(role(&store, &ada, &q).await, None);
        assert_eq!(seen(&store, &ada).await, ["default/a/b/p"]);
        let nowhere = Subject { person: Person::Administrator, limits: Some(vec![]) };
        assert_eq!(seen(&store, &nowhere).await, Vec::<String>::new(), "its targets are gone");
    }

    async fn a_request_is_no_role_until_it_is_granted(store) {
        let [p, ..] = world(&store).await;
        let place = MemberOf::Project(p.id);
        assert!(change!(store, |conn| members::request(conn, place, 1, at(5))).unwrap());
        assert!(!change!(store, |conn| members::request(conn, place, 1, at(6))).unwrap(), "once is enough");
        assert_eq!(role(&store, &ADA, &p).await, None);
        assert_eq!(ask!(store, |conn| members::list(conn, place)), []);
        assert_eq!(ask!(store, |conn| members::requests(conn, place))[0].requested_at, Some(at(5)));
        assert!(!change!(store, |conn| members::set(conn, place, 1, Role::Maintainer, at(7))).unwrap());
        assert_eq!(role(&store, &ADA, &p).await, Some(Role::Maintainer));
        assert_eq!(ask!(store, |conn| members::requests(conn, place)), []);
        assert!(change!(store, |conn| members::remove(conn, place, 1)).unwrap());
        assert_eq!(role(&store, &ADA, &p).await, None);
    }
}

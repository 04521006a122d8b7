//! What badges belong to: a project or a group, and who may do what there.

use serde_json::Value;

use super::{
    caller::{Caller, query},
    refusals::{NO_GROUP, NO_PROJECT, Refusal},
    world::{URLS, World},
};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Project,
    Group,
}

impl Kind {
    /// As `kind` in a badge, and on the command line.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Group => "group",
        }
    }

    /// What is said when it is not there, or not for the caller.
    pub(super) const fn not_found(self) -> Refusal {
        match self {
            Self::Project => NO_PROJECT,
            Self::Group => NO_GROUP,
        }
    }
}

/// A project or group.
pub(super) struct Source<'w> {
    pub(super) world: &'w World<'w>,
    pub(super) kind: Kind,
    pub(super) path: String,
    pub(super) id: i64,
    /// The id of the badge that it had first, 0 without any.
    pub(super) first: i64,
}

impl<'w> Source<'w> {
    #[track_caller]
    pub(super) fn new(world: &'w World<'w>, kind: Kind, path: &str) -> Self {
        let mut source = Self { world, kind, path: path.to_owned(), id: 0, first: 0 };
        source.id = world.administrator().get(&source.by_path()).expect(200).json()["id"].as_i64().unwrap();
        source
    }

    /// The private one of the same kind.
    #[track_caller]
    pub(super) fn private(&self) -> Self {
        self.world.private(self.kind)
    }

    /// Below `/api/v4`, by its id.
    pub(super) fn url(&self) -> String {
        format!("/{}s/{}", self.kind.as_str(), self.id)
    }

    /// Below `/api/v4`, by its URL-encoded path.
    pub(super) fn by_path(&self) -> String {
        format!("/{}s/{}", self.kind.as_str(), self.path.replace('/', "%2F"))
    }

    pub(super) fn badges(&self) -> String {
        format!("{}/badges", self.url())
    }

    pub(super) fn badge(&self, id: i64) -> String {
        format!("{}/{id}", self.badges())
    }

    /// Where badges are previewed, with these parameters.
    pub(super) fn render(&self, params: &[(&str, &str)]) -> String {
        format!("{}/render?{}", self.badges(), query(params))
    }

    /// The administrator adds a badge; its id.
    #[track_caller]
    pub(super) fn add(&self, name: &str) -> i64 {
        self.add_with(&[("name", name), URLS[0], URLS[1]])["id"].as_i64().unwrap()
    }

    /// The administrator adds a badge like this; the badge.
    #[track_caller]
    pub(super) fn add_with(&self, fields: &[(&str, &str)]) -> Value {
        self.world.administrator().post(&self.badges(), fields).expect(201).json()
    }

    /// The names in its list, as the administrator sees it.
    #[track_caller]
    pub(super) fn names(&self) -> Vec<Value> {
        self.world.administrator().each(&self.badges(), "name")
    }

    /// What a preview makes of a link, for its maintainer.
    #[track_caller]
    pub(super) fn rendered(&self, link: &str) -> String {
        let preview = self.render(&[("link_url", link), URLS[1]]);
        let answer = self.maintainer().get(&preview).expect(200);
        answer.json()["rendered_link_url"].as_str().unwrap().to_owned()
    }

    /// Gives somebody a role here.
    #[track_caller]
    pub(super) fn grant(&self, user: &str, role: &str) {
        let _exists = self.world.user(user);
        let place = format!("--{}", self.kind.as_str());
        self.world.server.run(&["member", "set", "--user", user, "--role", role, &place, &self.path]).good();
    }

    /// Takes somebody's role here away.
    #[track_caller]
    pub(super) fn dismiss(&self, user: &str) {
        let place = format!("--{}", self.kind.as_str());
        self.world.server.run(&["member", "remove", "--user", user, &place, &self.path]).good();
    }

    /// Somebody who has this role here, and is called after it.
    #[track_caller]
    pub(super) fn member(&self, role: &str) -> Caller<'w> {
        if self.world.is_new_member(role, &self.url()) {
            self.grant(role, role);
        }
        self.world.user(role)
    }

    /// Who looks after it. Of a group that is its owner; GitLab's own tests call both so.
    #[track_caller]
    pub(super) fn maintainer(&self) -> Caller<'w> {
        self.member(if self.kind == Kind::Project { "maintainer" } else { "owner" })
    }

    #[track_caller]
    pub(super) fn developer(&self) -> Caller<'w> {
        self.member("developer")
    }

    /// Somebody who has asked for a role, and has none yet.
    #[track_caller]
    pub(super) fn access_requester(&self) -> Caller<'w> {
        let requester = self.world.user("access-requester");
        requester.post(&format!("{}/access_requests", self.url()), &[]).expect(201);
        requester
    }

    pub(super) fn stranger(&self) -> Caller<'w> {
        self.world.stranger()
    }
}

/// Makes `name::project` and `name::group`, on both engines, of a test that takes a public source; see
/// [`World::public`].
macro_rules! for_project_and_group {
    () => {};
    (fn $name:ident($source:ident: &Source) $body:block $($rest:tt)*) => {
        fn $name($source: &crate::gitlab::source::Source<'_>) $body

        mod $name {
            use crate::{
                gitlab::{source::Kind, world::World},
                support::{TestServer, on_both_engines},
            };

            on_both_engines! {
                fn project(server: &TestServer) {
                    super::$name(&World::of(server).public(Kind::Project));
                }

                fn group(server: &TestServer) {
                    super::$name(&World::of(server).public(Kind::Group));
                }
            }
        }

        for_project_and_group! { $($rest)* }
    };
}
pub(super) use for_project_and_group;

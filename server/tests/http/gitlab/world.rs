//! Where the GitLab tests take place: a public and a private project, each in a group below the space, and the people
//! there, made with the commands and calls that a real administrator uses.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use serde_json::{Value, json};

use super::{
    caller::Caller,
    source::{Kind, Source},
};
use crate::support::TestServer;

/// Where a badge leads.
pub(super) const LINK: &str = "https://ci.example.org/lines";
/// Its image.
pub(super) const IMAGE: &str = "https://img.example.org/build.svg";
/// Both, as required parameters.
pub(super) const URLS: [(&str, &str); 2] = [("link_url", LINK), ("image_url", IMAGE)];

/// The public project, titled `Timetable API`; its default branch is `main`, its latest tag `v1.2.0`.
pub(super) const PUBLIC_PROJECT: &str = "default/lines/timetable-api";
/// What it was last reported at.
pub(super) const COMMIT: &str = "2be7ddb704c7b6b83732fdd5b9f09d5a397b5f8f";
/// The public group that the public project is in.
pub(super) const PUBLIC_GROUP: &str = "default/lines";
/// The private project.
pub(super) const PRIVATE_PROJECT: &str = "default/depot/rosters";
/// The private group that the private project is in.
pub(super) const PRIVATE_GROUP: &str = "default/depot";

/// A server with two projects, and everybody who has been called so far.
pub(super) struct World<'a> {
    pub(super) server: &'a TestServer,
    /// Tokens by user name; the administrator's is under no name.
    tokens: RefCell<BTreeMap<String, String>>,
    /// Who is a member of what already.
    members: RefCell<BTreeSet<(String, String)>>,
}

impl<'a> World<'a> {
    #[track_caller]
    pub(super) fn of(server: &'a TestServer) -> Self {
        let world = Self { server, tokens: RefCell::default(), members: RefCell::default() };
        server.report(&json!({
            "project": "lines/timetable-api", "status": "succeeded", "title": "Timetable API",
            "default_branch": "main", "commit_sha": COMMIT, "latest_tag": "v1.2.0",
        }));
        world.project("depot/rosters");
        server.change_project(PUBLIC_PROJECT, &json!({"visibility": "public"}));
        world.change_group(PUBLIC_GROUP, &json!({"visibility": "public"}));
        world
    }

    /// A new project of the default space, private, with its groups.
    #[track_caller]
    pub(super) fn project(&self, path: &str) -> Source<'_> {
        self.server.report(&json!({"project": path, "status": "succeeded"}));
        self.source(Kind::Project, &format!("default/{path}"))
    }

    /// A project or group that is there, with the badges that it has.
    #[track_caller]
    pub(super) fn source(&self, kind: Kind, path: &str) -> Source<'_> {
        Source::new(self, kind, path)
    }

    /// The public project or group, with the badges `first` and `second`; between them, the project inherits one.
    #[track_caller]
    pub(super) fn public(&self, kind: Kind) -> Source<'_> {
        let (path, inherits) = match kind {
            Kind::Project => (PUBLIC_PROJECT, true),
            Kind::Group => (PUBLIC_GROUP, false),
        };
        let mut source = self.source(kind, path);
        source.first = source.add("first");
        if inherits {
            self.source(Kind::Group, PUBLIC_GROUP).add("inherited");
        }
        source.add("second");
        source
    }

    /// The private project or group, with one badge.
    #[track_caller]
    pub(super) fn private(&self, kind: Kind) -> Source<'_> {
        let mut source = self.source(kind, if kind == Kind::Project { PRIVATE_PROJECT } else { PRIVATE_GROUP });
        source.first = source.add("hidden");
        source
    }

    #[track_caller]
    pub(super) fn change_group(&self, path: &str, change: &Value) {
        let path = format!("/groups/{}", path.replace('/', "%2F"));
        self.server.api("PATCH", &path).json(change).send().expect(200);
    }

    pub(super) const fn anonymous(&self) -> Caller<'a> {
        Caller::anonymous(self.server)
    }

    /// Somebody with this token.
    pub(super) fn with_token(&self, token: &str) -> Caller<'a> {
        Caller::with_token(self.server, token.to_owned())
    }

    /// The one who may do everything.
    pub(super) fn administrator(&self) -> Caller<'a> {
        self.known("", || self.token(&[]))
    }

    /// A user of this name, without any role as long as nobody gives one.
    pub(super) fn user(&self, name: &str) -> Caller<'a> {
        self.known(name, || {
            self.server.run(&["user", "create", name]).good();
            self.token(&["--user", name])
        })
    }

    /// A user to whom nobody has given a role.
    pub(super) fn stranger(&self) -> Caller<'a> {
        self.user("stranger")
    }

    /// Whether somebody becomes a member of a place for the first time.
    pub(super) fn is_new_member(&self, user: &str, place: &str) -> bool {
        self.members.borrow_mut().insert((user.to_owned(), place.to_owned()))
    }

    /// The id of a user.
    #[track_caller]
    pub(super) fn user_id(&self, name: &str) -> i64 {
        self.user(name).get("/user").expect(200).json()["id"].as_i64().unwrap()
    }

    /// A new token with the scope `api` and these arguments.
    pub(super) fn token(&self, arguments: &[&str]) -> String {
        self.server.create_token(&[&["--scope", "api"], arguments].concat())
    }

    fn known(&self, name: &str, make: impl FnOnce() -> String) -> Caller<'a> {
        let known = self.tokens.borrow().get(name).cloned();
        let token = known.unwrap_or_else(make);
        self.tokens.borrow_mut().insert(name.to_owned(), token.clone());
        Caller::with_token(self.server, token)
    }
}

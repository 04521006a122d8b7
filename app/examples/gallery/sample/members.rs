//! Who may do what in the harbour.

use burgee_app::pages::{
    PlaceHead,
    members::{AccessRequest, InheritedMember, MemberForm, MemberLine, MembersPage},
};
use burgee_domain::role::Role;

use super::{DAY, HOUR, ago, lines, place, web_shop};

pub(crate) fn page() -> MembersPage {
    let member = |user_id, name: &str, role| MemberLine { user_id, name: name.to_owned(), role };
    let inherited =
        |name: &str, role| InheritedMember { name: name.to_owned(), role, from: place("Harbour", "harbour") };
    let request = |user_id, name: &str, at| AccessRequest { user_id, name: name.to_owned(), requested_at: ago(at) };
    MembersPage {
        head: PlaceHead::Project(web_shop()),
        direct: vec![
            member(1, "admin", Role::Owner),
            member(2, "ada", Role::Maintainer),
            member(3, "grace.of.the.very.long.user.name.with.many.parts", Role::Developer),
        ],
        inherited: vec![inherited("linus", Role::Owner), inherited("edsger", Role::Reporter)],
        requests: vec![request(7, "barbara", 3 * DAY), request(8, "ken", HOUR)],
        form: MemberForm::default(),
        errors: vec![],
        done: None,
        problem: None,
        removing: None,
    }
}

pub(crate) fn of_group() -> MembersPage {
    MembersPage { head: PlaceHead::Group(lines()), direct: vec![], requests: vec![], ..page() }
}

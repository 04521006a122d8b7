//! Who may do what in a project or group.

use burgee_domain::role::Role;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    components::{
        field::{TextField, describedby, hint_and_error},
        notice,
        place::{Place, PlaceHead, Tab},
        role, run as run_view,
    },
    document::{Content, render as render_document},
    form::{FieldError, error_of},
    site::Site,
};

/// What the members page shows. Without the right to change it is the lists only, without requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersPage {
    /// The project or group.
    pub head: PlaceHead,
    /// Who has a role here.
    pub direct: Vec<MemberLine>,
    /// Who has a role in a group above.
    pub inherited: Vec<InheritedMember>,
    /// Who asks for a role here, the oldest first.
    pub requests: Vec<AccessRequest>,
    /// What stands in the form for a new member; after a failure, what was typed.
    pub form: MemberForm,
    /// What is wrong with that, by field: `username`, `role`.
    pub errors: Vec<FieldError>,
    /// What has just been done: "ada is now a maintainer."
    pub done: Option<String>,
    /// What has just not been done, and why, where no field is to blame: "A group needs an owner."
    pub problem: Option<String>,
    /// The `user_id` of the direct member who is to be removed, once that is confirmed.
    pub removing: Option<i64>,
}

/// Somebody with a role here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberLine {
    /// What forms name the account by.
    pub user_id: i64,
    /// The account's name.
    pub name: String,
    /// The role.
    pub role: Role,
}

/// Somebody with a role in a group above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InheritedMember {
    /// The account's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The group.
    pub from: Place,
}

/// Somebody who asks for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    /// What forms name the account by.
    pub user_id: i64,
    /// The account's name.
    pub name: String,
    /// Since when.
    pub requested_at: DateTime<Utc>,
}

/// The fields of the form for a new member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberForm {
    /// The account's name.
    pub username: String,
    /// The role.
    pub role: Role,
}

impl Default for MemberForm {
    fn default() -> Self {
        Self { username: String::new(), role: role::USUAL }
    }
}

/// `GET /{full_path}/-/members`, with `?remove={user_id}`; and `POST` there: field `action` with `add` (`username`,
/// `role`), `change` (`user_id`, `role`), `remove` (`user_id`), `approve` (`user_id`, `role`) or `deny` (`user_id`).
#[must_use]
pub fn render(site: &Site, page: MembersPage) -> String {
    render_document(site, || Content {
        title: format!("Members · {}", page.head.name()),
        islands: false,
        nav: true,
        main: main(site, page),
    })
}

fn main(site: &Site, page: MembersPage) -> AnyView {
    let MembersPage { head, direct, inherited, requests, form, errors, done, problem, removing } = page;
    let may_change = head.may_change();
    let address = head.page(site, "members");
    let lede = match head {
        PlaceHead::Project(_) => "Who sees this project while it is private, and who may change it.",
        PlaceHead::Group(_) => "A role here holds for everything in the group.",
    };
    view! {
        {head.header(site, Tab::Members)}
        <div class="head">
            <h1>"Members"</h1>
            <p class="lede">{lede}</p>
        </div>
        {done.map(|done| notice::success(&done))}
        {problem.map(|problem| notice::failure(&problem))}
        {(!errors.is_empty()).then(|| notice::failure("Nobody was added. Please correct the marked fields."))}
        <div class:columns=may_change>
            <div class="stack">
                {(may_change && !requests.is_empty()).then(|| request_list(site, &address, requests))}
                {members(site, &head, &address, direct, removing)}
                {(!inherited.is_empty()).then(|| inherited_list(site, inherited))}
            </div>
            {may_change.then(|| add(address.clone(), form, &errors))}
        </div>
    }
    .into_any()
}

fn members(site: &Site, head: &PlaceHead, address: &str, direct: Vec<MemberLine>, removing: Option<i64>) -> AnyView {
    let may_change = head.may_change();
    let shown = if direct.is_empty() {
        let text = match head {
            PlaceHead::Project(_) => "Nobody has a role in this project alone.",
            PlaceHead::Group(_) => "Nobody has a role in this group alone.",
        };
        view! { <p class="card pad hint">{text}" Administrators may change it all the same."</p> }.into_any()
    } else {
        let line = |member: MemberLine| {
            if !may_change {
                fixed(site, &member.name, member.role, None)
            } else if removing == Some(member.user_id) {
                confirm_removal(site, head, address, &member)
            } else {
                changeable(site, address, &member)
            }
        };
        view! {
            <ul class="card lines" aria-labelledby="direct">
                {direct.into_iter().map(line).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="stack-s">
            <h2 id="direct">"Direct members"</h2>
            {shown}
        </section>
    }
    .into_any()
}

/// A name, and whether it is the visitor's own.
fn name(site: &Site, name: &str) -> AnyView {
    let is_viewer = site.viewer.as_ref().is_some_and(|viewer| viewer.name == name);
    view! {
        <p class="line-name">
            <bdi>{name.to_owned()}</bdi>
            {is_viewer.then(|| view! { <span class="hint">" you"</span> })}
        </p>
    }
    .into_any()
}

/// A role that cannot be changed here.
fn fixed(site: &Site, who: &str, role: Role, from: Option<AnyView>) -> AnyView {
    view! {
        <li class="line">
            <div class="line-text">{name(site, who)} {from}</div>
            <p class="role-word">{role.title()}</p>
        </li>
    }
    .into_any()
}

fn changeable(site: &Site, address: &str, member: &MemberLine) -> AnyView {
    let of = format!(" {}", member.name);
    view! {
        <li class="line">
            <div class="line-text">{name(site, &member.name)}</div>
            <form class="role-form" method="post" action=address.to_owned()>
                <input type="hidden" name="user_id" value=member.user_id.to_string() />
                <select name="role" aria-label=format!("Role of {}", member.name)>
                    {role::options(member.role)}
                </select>
                <button name="action" value="change">
                    "Save" <span class="visually-hidden">{format!(" the role of{of}")}</span>
                </button>
            </form>
            <a class="button danger" href=format!("{address}?remove={}", member.user_id)>
                "Remove"
                <span class="visually-hidden">{of}</span>
            </a>
        </li>
    }
    .into_any()
}

fn confirm_removal(site: &Site, head: &PlaceHead, address: &str, member: &MemberLine) -> AnyView {
    let question = format!("Take this role away from {}?", member.name);
    let consequence = format!("What the account may do in this {} then depends on the groups above it.", head.kind());
    view! {
        <li class="line removing">
            <div class="line-text">{name(site, &member.name)}</div>
            <p class="role-word">{member.role.title()}</p>
            <form class="confirm" method="post" action=address.to_owned() aria-label="Remove the member">
                <input type="hidden" name="user_id" value=member.user_id.to_string() />
                <p>
                    <b>
                        <bdi>{question}</bdi>
                    </b>
                    " "
                    {consequence}
                </p>
                <div class="actions">
                    <button class="danger solid" name="action" value="remove">
                        "Remove"
                    </button>
                    <a class="button" href=address.to_owned() autofocus>
                        "Keep"
                    </a>
                </div>
            </form>
        </li>
    }
    .into_any()
}

fn inherited_list(site: &Site, inherited: Vec<InheritedMember>) -> AnyView {
    let line = |member: InheritedMember| {
        let href = format!("{}/-/members", site.place(&member.from.full_path));
        let from = view! {
            <p class="hint">
                "from "
                <a href=href title=member.from.full_path.clone()>
                    <bdi>{member.from.name.clone()}</bdi>
                </a>
            </p>
        };
        fixed(site, &member.name, member.role, Some(from.into_any()))
    };
    view! {
        <section class="stack-s">
            <h2 id="inherited">"Inherited members"</h2>
            <ul class="card lines" aria-labelledby="inherited">
                {inherited.into_iter().map(line).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn request_list(site: &Site, address: &str, requests: Vec<AccessRequest>) -> AnyView {
    let line = |request: AccessRequest| {
        let of = format!(" the request of {}", request.name);
        view! {
            <li class="line">
                <div class="line-text">
                    {name(site, &request.name)}
                    <p class="hint">"asked " {run_view::time(request.requested_at, site)}</p>
                </div>
                <form class="role-form" method="post" action=address.to_owned()>
                    <input type="hidden" name="user_id" value=request.user_id.to_string() />
                    <select name="role" aria-label=format!("Role for {}", request.name)>
                        {role::options(role::USUAL)}
                    </select>
                    <button name="action" value="approve">
                        "Approve" <span class="visually-hidden">{of.clone()}</span>
                    </button>
                    <button class="danger" name="action" value="deny">
                        "Deny" <span class="visually-hidden">{of}</span>
                    </button>
                </form>
            </li>
        }
    };
    view! {
        <section class="stack-s">
            <h2 id="requests">"Access requests" <span class="count">{requests.len()}</span></h2>
            <ul class="card lines waiting" aria-labelledby="requests">
                {requests.into_iter().map(line).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

fn add(address: String, form: MemberForm, errors: &[FieldError]) -> AnyView {
    let username = TextField {
        value: form.username,
        hint: Some("As the person signs in here."),
        autofocus: !errors.is_empty(),
        ..TextField::new("username", "User name")
    };
    let error = error_of(errors, "role");
    let about = describedby("role", true, error.is_some());
    view! {
        <form class="card pad stack" method="post" action=address aria-labelledby="new-member">
            <h2 id="new-member">"Add a member"</h2>
            {username.view(errors)}
            <div class="field">
                <label for="role">"Role"</label>
                <select id="role" name="role" aria-invalid=error.is_some().then_some("true") aria-describedby=about>
                    {role::options(form.role)}
                </select>
                {hint_and_error("role", None, error)}
                <div id="role-hint">{role::meanings()}</div>
            </div>
            <div class="actions">
                <button class="primary" name="action" value="add">
                    "Add"
                </button>
            </div>
        </form>
    }
    .into_any()
}

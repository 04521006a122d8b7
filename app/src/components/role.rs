//! The choice of a role.

use burgee_domain::role::Role;
use leptos::prelude::*;

/// The role that a choice begins with.
pub(crate) const USUAL: Role = Role::Developer;

/// The options of a `<select>`.
pub(crate) fn options(chosen: Role) -> AnyView {
    let option = |role: Role| {
        view! {
            <option value=role.as_str() selected=role == chosen>
                {role.title()}
            </option>
        }
    };
    Role::ALL.map(option).into_any()
}

/// What the roles mean, those that mean the same together.
pub(crate) fn meanings() -> AnyView {
    let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for role in Role::ALL {
        match groups.last_mut() {
            Some((meaning, titles)) if *meaning == role.meaning() => titles.push(role.title()),
            _ => groups.push((role.meaning(), vec![role.title()])),
        }
    }
    let group = |(meaning, titles): (&'static str, Vec<&'static str>)| {
        view! {
            <div>
                <dt>{titles.join(", ")}</dt>
                <dd>{meaning}</dd>
            </div>
        }
    };
    view! { <dl class="meanings">{groups.into_iter().map(group).collect_view()}</dl> }.into_any()
}

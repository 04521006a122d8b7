//! What there is to know about one thing: a list of names and what they are.

use leptos::prelude::*;

/// A name, and what it is.
pub(crate) type Fact = (&'static str, AnyView);

/// The list, in a sheet of its own.
pub(crate) fn card(facts: Vec<Fact>) -> AnyView {
    let fact = |(name, value): Fact| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! { <dl class="card fact-list">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}

/// A name that somebody gave, which may run in either direction.
pub(crate) fn name(text: &str) -> AnyView {
    view! { <bdi>{text.to_owned()}</bdi> }.into_any()
}

/// The same as a link to one of Burgee's pages.
pub(crate) fn link(text: &str, href: String) -> AnyView {
    view! {
        <a href=href>
            <bdi>{text.to_owned()}</bdi>
        </a>
    }
    .into_any()
}

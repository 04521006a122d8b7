//! Named values, and where each comes from.

use leptos::prelude::*;

/// A value that holds for what a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableLine {
    /// The name.
    pub name: String,
    /// The value; `None` if it is sensitive, so that it is not even here.
    pub value: Option<String>,
    /// Whose it is: "run", "build", "release", "project".
    pub from: &'static str,
}

/// Longer values are folded, in characters.
const FOLDED_FROM: usize = 240;

/// The table of them, if there are any.
pub(crate) fn section(variables: &[VariableLine]) -> Option<AnyView> {
    if variables.is_empty() {
        return None;
    }
    let row = |variable: &VariableLine| {
        view! {
            <tr>
                <th scope="row" class="variable-name">
                    <bdi>{variable.name.clone()}</bdi>
                </th>
                <td class="variable-value">{value(variable.value.as_deref())}</td>
                <td class="variable-from">{variable.from}</td>
            </tr>
        }
    };
    Some(
        view! {
            <section class="stack-s">
                <h2 id="variables">"Variables"</h2>
                <div class="card scroll" role="region" aria-labelledby="variables" tabindex="0">
                    <table class="variables">
                        <caption class="visually-hidden">"Variables that hold here, and whose they are"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th>
                                <th scope="col">"Value"</th>
                                <th scope="col">"Set on"</th>
                            </tr>
                        </thead>
                        <tbody>{variables.iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any(),
    )
}

fn value(value: Option<&str>) -> AnyView {
    match value {
        None => view! { <span class="hint">"hidden"</span> }.into_any(),
        Some("") => view! { <span class="hint">"empty"</span> }.into_any(),
        Some(text) if text.chars().nth(FOLDED_FROM).is_some() => {
            let beginning: String = text.chars().take(FOLDED_FROM / 4).collect();
            view! {
                <details>
                    <summary>
                        <code>
                            <bdi>{beginning}</bdi>
                        </code>
                        " …"
                    </summary>
                    <code class="whole">
                        <bdi>{text.to_owned()}</bdi>
                    </code>
                </details>
            }
            .into_any()
        }
        Some(text) => view! {
            <code class="whole">
                <bdi>{text.to_owned()}</bdi>
            </code>
        }
        .into_any(),
    }
}

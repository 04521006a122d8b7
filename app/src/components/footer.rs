//! The line at the bottom.

use leptos::prelude::*;

use crate::site::Site;

/// Name and version.
pub(crate) fn footer(site: &Site) -> AnyView {
    view! {
        <footer class="foot">
            <p>{format!("Burgee {}", site.version)}</p>
        </footer>
    }
    .into_any()
}

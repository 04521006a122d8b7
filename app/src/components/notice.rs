//! Boxes that tell the visitor something: that it worked, that it did not, that there is nothing yet.

use leptos::prelude::*;

use super::icon;
use crate::run::Tone;

/// Something worked; announced politely.
pub(crate) fn success(message: &str) -> AnyView {
    notice(Tone::Ok, "status", icon::status(Tone::Ok), message.to_owned().into_any())
}

/// Something did not work; announced at once.
pub(crate) fn failure(message: &str) -> AnyView {
    notice(Tone::Bad, "alert", icon::status(Tone::Bad), message.to_owned().into_any())
}

/// Something to know before going on.
pub(crate) fn remark(message: impl IntoAny) -> AnyView {
    notice(Tone::Busy, "status", icon::info(), message.into_any())
}

fn notice(tone: Tone, role: &'static str, icon: AnyView, message: AnyView) -> AnyView {
    view! {
        <div class=format!("notice {}", tone.class()) role=role>
            {icon}
            <p>{message}</p>
        </div>
    }
    .into_any()
}

/// Where a list would be: what is missing, and what to do about it.
pub(crate) fn empty(heading: &'static str, text: &str, action: Option<AnyView>) -> AnyView {
    view! {
        <section class="card empty">
            <h2>{heading}</h2>
            <p>{text.to_owned()}</p>
            {action}
        </section>
    }
    .into_any()
}

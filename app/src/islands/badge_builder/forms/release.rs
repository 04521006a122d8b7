//! Environment, label, and the folded rest.

use burgee_domain::{
    badge::Style,
    release_badge::{LabelSource, Options},
};
use leptos::prelude::*;

use super::form;
use crate::islands::badge_builder::{
    Parts,
    fields::{Choice, bound, select, styles},
    release::{ReleaseChosen, ReleaseData},
};

pub(in crate::islands::badge_builder) fn view(parts: Parts<ReleaseData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let (environments, first) = data.with_value(|data| (data.environments.clone(), data.chosen.clone()));
    let environment = bound(chosen, |c: &ReleaseChosen| c.environment.clone(), |c, id| c.environment = id);
    let style =
        bound(chosen, |c: &ReleaseChosen| c.options.style.to_string(), |c, style| c.options.style = style_of(&style));
    let sample = Callback::new(move |style: Style| {
        let mut chosen = chosen.get();
        chosen.options.style = style;
        data.with_value(|data| Some(data.badge(&chosen).svg()))
    });
    let controls = view! {
        {select(
            "environment",
            "environment",
            "Environment",
            "",
            Signal::stored(environments),
            environment,
        )}
        <LabelChoice chosen=chosen />
        <details class="fold" open=is_advanced(&first.options)>
            <summary>"Advanced"</summary>
            <div class="stack">
                <FailureSwitch chosen=chosen /> {styles(style, sample)}
                <TenantChoice data=data chosen=chosen />
            </div>
        </details>
    };
    form(parts, &[], controls)
}

pub(super) fn style_of(text: &str) -> Style {
    text.parse().unwrap_or_default()
}

/// Whether something that the fold hides has been chosen.
fn is_advanced(options: &Options) -> bool {
    options.include_failed || options.style != Style::default() || options.tenant.is_some()
}

#[component]
fn LabelChoice(chosen: RwSignal<ReleaseChosen>) -> impl IntoView {
    let has_tenant = Memo::new(move |_| chosen.with(|c| c.options.tenant.is_some()));
    let radio = move |source: LabelSource, text: &'static str| {
        let first = chosen.with_untracked(|c| c.options.label == source);
        view! {
            <label>
                <input
                    type="radio"
                    name="label"
                    value=source.as_str()
                    id=format!("label-{}", source.as_str())
                    checked=first
                    prop:checked=move || chosen.with(|c| c.options.label == source)
                    on:change=move |_| chosen.update(|c| c.options.label = source)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <fieldset aria-describedby="label-hint">
            <legend>"Label"</legend>
            <div class="seg">
                {radio(LabelSource::Environment, "Environment")} {radio(LabelSource::Project, "Project")}
                {radio(LabelSource::Release, "Release")}
                {move || has_tenant.get().then(|| radio(LabelSource::Tenant, "Tenant name"))}
            </div>
            <p class="hint" id="label-hint">
                "The text on the left side of the badge."
            </p>
        </fieldset>
    }
}

#[component]
fn FailureSwitch(chosen: RwSignal<ReleaseChosen>) -> impl IntoView {
    let first = chosen.with_untracked(|c| c.options.include_failed);
    view! {
        <div class="switch">
            <input
                type="checkbox"
                role="switch"
                id="includeFailed"
                name="includeFailed"
                value="true"
                aria-describedby="includeFailed-hint"
                checked=first
                prop:checked=move || chosen.with(|c| c.options.include_failed)
                on:change=move |event| chosen.update(|c| c.options.include_failed = event_target_checked(&event))
            />
            <div>
                <label for="includeFailed">"Include failed releases"</label>
                <p class="hint" id="includeFailed-hint">
                    "Show the latest release even if it failed, was canceled or timed out."
                </p>
            </div>
        </div>
    }
}

#[component]
fn TenantChoice(data: StoredValue<ReleaseData>, chosen: RwSignal<ReleaseChosen>) -> impl IntoView {
    let none = Choice::new("", "None: untenanted deployments");
    let tenants = data.with_value(|data| std::iter::once(none).chain(data.tenants.clone()).collect::<Vec<_>>());
    let tenant = bound(
        chosen,
        |c: &ReleaseChosen| c.options.tenant.clone().unwrap_or_default(),
        |c, id| {
            c.options.tenant = Some(id).filter(|id| !id.is_empty());
            if c.options.tenant.is_none() && c.options.label == LabelSource::Tenant {
                c.options.label = LabelSource::default();
            }
        },
    );
    select("tenantId", "tenantId", "Tenant", "", Signal::stored(tenants), tenant)
}

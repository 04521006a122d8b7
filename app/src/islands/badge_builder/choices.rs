//! The builder's form.

use burgee_domain::{
    badge::Style,
    release_badge::{LabelSource, Options},
};
use leptos::prelude::*;

use super::{
    data::{BuilderData, Choice, Chosen},
    preview::data_url,
};

/// Environment, label, and the folded rest.
#[component]
pub(crate) fn Choices(data: StoredValue<BuilderData>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let (environments, first) = data.with_value(|data| (data.environments.clone(), data.chosen.clone()));
    let selected = first.environment.clone();
    view! {
        <form class="card pad stack" method="get" autocomplete="off" aria-label="What the badge shows">
            <div class="field">
                <label for="environment">"Environment"</label>
                <select
                    id="environment"
                    name="environment"
                    prop:value=move || chosen.with(|c| c.environment.clone())
                    on:change=move |event| chosen.update(|c| c.environment = event_target_value(&event))
                >
                    {options(environments, &selected)}
                </select>
            </div>
            <LabelChoice chosen=chosen />
            <details class="fold" open=is_advanced(&first.options)>
                <summary>"Advanced"</summary>
                <div class="stack">
                    <FailureSwitch chosen=chosen />
                    <StyleChoice data=data chosen=chosen />
                    <TenantChoice data=data chosen=chosen />
                </div>
            </details>
            <button class="primary without-script">"Show"</button>
        </form>
    }
}

/// Whether something that the fold hides has been chosen.
fn is_advanced(options: &Options) -> bool {
    options.include_failed || options.style != Style::default() || options.tenant.is_some()
}

fn options(choices: Vec<Choice>, selected: &str) -> impl IntoView + use<> {
    let option = |Choice { id, name }| {
        let is_selected = id == selected;
        view! {
            <option value=id selected=is_selected>
                {name}
            </option>
        }
    };
    choices.into_iter().map(option).collect_view()
}

#[component]
fn LabelChoice(chosen: RwSignal<Chosen>) -> impl IntoView {
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
fn FailureSwitch(chosen: RwSignal<Chosen>) -> impl IntoView {
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

/// Every style with a sample: this very badge in it.
#[component]
fn StyleChoice(data: StoredValue<BuilderData>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let radio = move |style: Style| {
        let first = chosen.with_untracked(|c| c.options.style == style);
        let sample = move || {
            let mut chosen = chosen.get();
            chosen.options.style = style;
            data.with_value(|data| data_url(&data.badge(&chosen).svg()))
        };
        view! {
            <label>
                <input
                    type="radio"
                    name="style"
                    value=style.as_str()
                    id=format!("style-{style}")
                    checked=first
                    prop:checked=move || chosen.with(|c| c.options.style == style)
                    on:change=move |_| chosen.update(|c| c.options.style = style)
                />
                <span>{style.as_str()}</span>
                <img alt="" src=sample />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>"Style"</legend>
            <div class="samples">{Style::ALL.map(radio)}</div>
        </fieldset>
    }
}

#[component]
fn TenantChoice(data: StoredValue<BuilderData>, chosen: RwSignal<Chosen>) -> impl IntoView {
    let tenants = data.with_value(|data| data.tenants.clone());
    let first = chosen.with_untracked(|c| c.options.tenant.clone().unwrap_or_default());
    let choose = move |id: String| {
        chosen.update(|c| {
            c.options.tenant = Some(id).filter(|id| !id.is_empty());
            if c.options.tenant.is_none() && c.options.label == LabelSource::Tenant {
                c.options.label = LabelSource::default();
            }
        });
    };
    view! {
        <div class="field">
            <label for="tenantId">"Tenant"</label>
            <select
                id="tenantId"
                name="tenantId"
                prop:value=move || chosen.with(|c| c.options.tenant.clone().unwrap_or_default())
                on:change=move |event| choose(event_target_value(&event))
            >
                <option value="" selected=first.is_empty()>
                    "None: untenanted deployments"
                </option>
                {options(tenants, &first)}
            </select>
        </div>
    }
}

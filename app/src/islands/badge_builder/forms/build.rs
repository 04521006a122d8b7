//! Release, build and variables, the link's page, and the folded look.

use burgee_domain::{badge::Style, buildmaster_badge::Page};
use leptos::prelude::*;

use super::{form, release::style_of};
use crate::islands::badge_builder::{
    Kind, Parts,
    build::{BuildChosen, BuildData, VARIABLES},
    fields::{Bound, Choice, Line, bound, derived, options, segments, select, styles},
};

pub(in crate::islands::badge_builder) fn view(parts: Parts<BuildData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let first = chosen.get_untracked();
    let key = data.with_value(|data| data.key.clone().unwrap_or_default());
    let style = bound(chosen, |c: &BuildChosen| c.style.to_string(), |c, style| c.style = style_of(&style));
    let label = bound(chosen, |c: &BuildChosen| c.label.clone(), |c, label| c.label = label);
    let page = bound(chosen, |c: &BuildChosen| c.page.clone(), |c, page| c.page = page);
    let sample = Callback::new(move |style: Style| {
        let mut chosen = chosen.get();
        chosen.style = style;
        data.with_value(|data| data.draw(&chosen).badge.map(|badge| badge.svg()))
    });
    let pages = Page::ALL.map(|page| (page.as_str(), page_name(page))).to_vec();
    let text = Line {
        name: "label",
        label: "Label",
        hint: "The text on the left side of the badge.",
        placeholder: "build",
        max: None,
    };
    let controls = view! {
        {release(parts)}
        {build(parts)}
        {variables(parts)}
        {segments("page", "A click leads to", "The page of the very build that the badge shows.", pages, page)}
        <details class="fold" open=!first.label.is_empty() || first.style != Style::default()>
            <summary>"Look"</summary>
            <div class="stack">{text.view(label)} {styles(style, sample)}</div>
        </details>
    };
    form(parts, &[("tab", BuildData::NAME), ("key", &key)], controls)
}

const fn page_name(page: Page) -> &'static str {
    match page {
        Page::Build => "Build",
        Page::Release => "Release",
        Page::Application => "Application",
        Page::Execution => "Execution",
    }
}

fn release(parts: Parts<BuildData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let choices = derived(move || {
        let known = data.with_value(|data| data.releases.clone());
        with_chosen("The latest", &known, chosen.with(|c| c.filters.release.clone()))
    });
    let release = bound(
        chosen,
        |c: &BuildChosen| c.filters.release.clone().unwrap_or_default(),
        |c, version| {
            // A number means another build in another release.
            c.filters.build = None;
            c.filters.release = Some(version).filter(|version| !version.is_empty());
        },
    );
    select("release", "$ReleaseNumber", "Release", "", choices, release)
}

fn build(parts: Parts<BuildData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let choices = derived(move || {
        let filters = chosen.with(|c| c.filters.clone());
        let mut known = data.with_value(|data| {
            data.builds_of(filters.release.as_deref()).map(|build| build.number.clone()).collect::<Vec<_>>()
        });
        let mut seen = std::collections::BTreeSet::new();
        known.retain(|number| seen.insert(number.clone()));
        with_chosen("The latest", &known, filters.build)
    });
    let build = bound(
        chosen,
        |c: &BuildChosen| c.filters.build.clone().unwrap_or_default(),
        |c, number| c.filters.build = Some(number).filter(|number| !number.is_empty()),
    );
    select("build", "$BuildNumber", "Build", "", choices, build)
}

/// What is known, after a choice of nothing in particular, and what is chosen even if it is too old to be known.
fn with_chosen(none: &str, known: &[String], chosen: Option<String>) -> Vec<Choice> {
    let older = chosen.filter(|chosen| !known.contains(chosen));
    std::iter::once(Choice::new("", none)).chain(known.iter().chain(&older).map(|name| Choice::plain(name))).collect()
}

/// A row for each variable that is chosen, and one more.
fn variables(parts: Parts<BuildData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let is_empty =
        data.with_value(|data| data.variables.is_empty()) && chosen.with_untracked(|c| c.filters.variables.is_empty());
    if is_empty {
        return ().into_any();
    }
    let rows = (0..VARIABLES).map(move |row| variable(parts, row)).collect_view();
    view! {
        <fieldset aria-describedby="variables-hint" class="variables">
            <legend>"Variables"</legend>
            {rows}
            <p class="hint" id="variables-hint">
                "Only builds with these values. Sensitive variables are never offered."
            </p>
        </fieldset>
    }
    .into_any()
}

fn variable(parts: Parts<BuildData>, row: usize) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let at = move |c: &BuildChosen| c.filters.variables.get(row).cloned();
    let is_absent = move || chosen.with(|c| c.filters.variables.len() < row);
    let names = derived(move || {
        let taken = chosen.with(|c| c.filters.variables.clone());
        let own = taken.get(row).map(|(name, _)| name.clone());
        let known = data.with_value(|data| data.variables.iter().map(|known| known.name.clone()).collect::<Vec<_>>());
        let free = known.into_iter().filter(|name| Some(name) == own.as_ref() || !taken.iter().any(|(t, _)| t == name));
        with_chosen("Any", &free.collect::<Vec<_>>(), own)
    });
    let name = bound(
        chosen,
        move |c: &BuildChosen| at(c).map(|(name, _)| name).unwrap_or_default(),
        move |c, name| {
            let first = data.with_value(|data| {
                let known = data.variables.iter().find(|known| known.name == name)?;
                known.values.first().cloned()
            });
            let rows = &mut c.filters.variables;
            match (first, row < rows.len()) {
                (Some(value), true) => rows[row] = (name, value),
                (Some(value), false) => rows.push((name, value)),
                (None, true) => drop(rows.remove(row)),
                (None, false) => {}
            }
        },
    );
    let values = derived(move || {
        let Some((name, value)) = chosen.with(at) else { return Vec::new() };
        let known = data.with_value(|data| data.variables.iter().find(|known| known.name == name).cloned());
        let known = known.map(|known| known.values).unwrap_or_default();
        with_chosen("", &known, Some(value)).split_off(1)
    });
    let value = bound(
        chosen,
        move |c: &BuildChosen| at(c).map(|(_, value)| value).unwrap_or_default(),
        move |c, value| {
            if let Some(chosen) = c.filters.variables.get_mut(row) {
                chosen.1 = value;
            }
        },
    );
    view! {
        <div class="variable" hidden=is_absent>
            {bare(format!("variable-{row}"), "variable", format!("Variable {}", row + 1), names, name)}
            <span aria-hidden="true" hidden=move || values.with(Vec::is_empty)>"="</span>
            <div hidden=move || values.with(Vec::is_empty)>
                {bare(format!("value-{row}"), "value", format!("Value {}", row + 1), values, value)}
            </div>
        </div>
    }
    .into_any()
}

/// A `<select>` whose label is only heard.
fn bare(id: String, name: &'static str, label: String, choices: Signal<Vec<Choice>>, bound: Bound) -> AnyView {
    view! {
        <select id=id name=name aria-label=label on:change=move |event| bound.set.run(event_target_value(&event))>
            {options(choices, bound.value)}
        </select>
    }
    .into_any()
}

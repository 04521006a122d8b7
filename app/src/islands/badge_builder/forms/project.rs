//! Which badge, which branch, and the folded look.

use burgee_domain::{badge::Style, gitlab::status_badge::KEY_WIDTH_MAX};
use leptos::prelude::*;

use super::{form, release::style_of};
use crate::islands::badge_builder::{
    Kind, Parts,
    fields::{Choice, Line, bound, segments, select, styles},
    project::{ProjectBadge, ProjectChosen, ProjectData, THRESHOLDS},
};

pub(in crate::islands::badge_builder) fn view(parts: Parts<ProjectData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let badge = bound(
        chosen,
        |c: &ProjectChosen| c.badge.as_str().to_owned(),
        |c, name| c.badge = ProjectBadge::ALL.into_iter().find(|badge| badge.as_str() == name).unwrap_or_default(),
    );
    let is_release = move || chosen.with(|c| c.badge == ProjectBadge::Release);
    let branches: Vec<_> =
        data.with_value(|data| data.branches.iter().map(|branch| Choice::plain(&branch.name)).collect());
    let branch = bound(chosen, |c: &ProjectChosen| c.branch.clone(), |c, name| c.branch = name);
    let badges = vec![("pipeline", "Pipeline"), ("coverage", "Coverage"), ("release", "Release")];
    let controls = view! {
        {segments(
            "badge",
            "Badge",
            "How the latest pipeline of a branch is, how much its tests cover, or the latest release.",
            badges,
            badge,
        )}
        <div hidden=is_release>{select("ref", "ref", "Branch", "", Signal::stored(branches), branch)}</div>
        {coverage(parts)}
        {look(parts)}
    };
    form(parts, &[("tab", ProjectData::NAME)], controls)
}

/// What only the coverage has.
fn coverage(parts: Parts<ProjectData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let is_other = move || chosen.with(|c| c.badge != ProjectBadge::Coverage);
    let all = Choice::new("", "Any job");
    let jobs: Vec<_> = data.with_value(|data| {
        std::iter::once(all).chain(data.coverage_jobs().iter().map(|name| Choice::plain(name))).collect()
    });
    let job = bound(chosen, |c: &ProjectChosen| c.job.clone(), |c, name| c.job = name);
    let labels = ["Good from", "Acceptable from", "Medium from"];
    let threshold = move |place: usize| {
        let (name, default) = THRESHOLDS[place];
        let line = Line { name, label: labels[place], hint: "", placeholder: default, max: Some(100) };
        line.view(bound(
            chosen,
            move |c: &ProjectChosen| c.thresholds[place].clone(),
            move |c, number| c.thresholds[place] = number,
        ))
    };
    view! {
        <div class="stack" hidden=is_other>
            {select("coverage-job", "job", "Job", "", Signal::stored(jobs), job)}
            <fieldset>
                <legend>"Colours, in percent"</legend>
                <div class="thresholds">{(0..THRESHOLDS.len()).map(threshold).collect_view()}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn look(parts: Parts<ProjectData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let first = chosen.get_untracked();
    let is_open = first.style != Style::default() || !first.key_text.is_empty() || !first.key_width.is_empty();
    let key_text = bound(chosen, |c: &ProjectChosen| c.key_text.clone(), |c, text| c.key_text = text);
    let key_width = bound(chosen, |c: &ProjectChosen| c.key_width.clone(), |c, width| c.key_width = width);
    let style = bound(chosen, |c: &ProjectChosen| c.style.to_string(), |c, style| c.style = style_of(&style));
    let sample = Callback::new(move |style: Style| {
        let mut chosen = chosen.get();
        chosen.style = style;
        data.with_value(|data| data.draw(&chosen).badge.map(|badge| badge.svg()))
    });
    let text = Line {
        name: "key_text",
        label: "Label",
        hint: "The text on the left side of the badge, at most 64 characters.",
        placeholder: "the badge’s own",
        max: None,
    };
    let width = Line {
        name: "key_width",
        label: "Label’s width",
        hint: "In pixels.",
        placeholder: "as wide as the text",
        max: Some(KEY_WIDTH_MAX),
    };
    view! {
        <details class="fold" open=is_open>
            <summary>"Look"</summary>
            <div class="stack">{text.view(key_text)} {width.view(key_width)} {styles(style, sample)}</div>
        </details>
    }
    .into_any()
}

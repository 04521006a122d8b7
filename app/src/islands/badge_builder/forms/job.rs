//! The job, and the title.

use burgee_domain::status::RunStatus;
use leptos::prelude::*;

use super::form;
use crate::islands::badge_builder::{
    Kind, Parts,
    fields::{Choice, Line, bound, select},
    job::{JobChosen, JobData},
};

pub(in crate::islands::badge_builder) fn view(parts: Parts<JobData>) -> AnyView {
    let Parts { data, chosen, .. } = parts;
    let (token, jobs) = data.with_value(|data| {
        let job = |job: &crate::islands::badge_builder::JobNow| {
            let end = job.last.map_or("nothing finished", RunStatus::words);
            Choice::new(&job.name, format!("{} ({end})", job.name))
        };
        let whole = Choice::new("", "The whole pipeline");
        let jobs: Vec<_> = std::iter::once(whole).chain(data.jobs.iter().map(job)).collect();
        (data.token.clone().unwrap_or_default(), jobs)
    });
    let job = bound(
        chosen,
        |c: &JobChosen| c.job.clone().unwrap_or_default(),
        |c, name| c.job = Some(name).filter(|name| !name.is_empty()),
    );
    let title = bound(chosen, |c: &JobChosen| c.title.clone(), |c, title| c.title = title);
    let text = Line {
        name: "title",
        label: "Title",
        hint: "The text on the left side of the badge.",
        placeholder: "build",
        max: None,
    };
    let controls = view! {
        {select(
            "job",
            "job",
            "Job or pipeline",
            "A badge waits for the end: it shows the last build that has finished. A pipeline is as its worst job.",
            Signal::stored(jobs),
            job,
        )}
        {text.view(title)}
    };
    form(parts, &[("tab", JobData::NAME), ("token", &token)], controls)
}

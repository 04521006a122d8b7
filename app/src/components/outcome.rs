//! How something went, large, and the moments that it went through.

use burgee_domain::{ago, status::RunStatus};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{icon, run as run_view};
use crate::{run::Tone, site::Site};

/// What is told.
pub(crate) struct Outcome {
    /// How it is, or how it ended.
    pub(crate) status: RunStatus,
    /// When it was created.
    pub(crate) queued_at: Option<DateTime<Utc>>,
    /// When it began.
    pub(crate) started_at: Option<DateTime<Utc>>,
    /// When it ended, if it has.
    pub(crate) finished_at: Option<DateTime<Utc>>,
    /// When it was last reported: all that is known of some.
    pub(crate) reported_at: DateTime<Utc>,
}

/// A moment, and how long it was from there to the next.
struct Moment {
    name: &'static str,
    at: DateTime<Utc>,
    then: Option<String>,
}

impl Outcome {
    /// The status with its time, and the way there.
    pub(crate) fn view(&self, site: &Site) -> AnyView {
        let tone = Tone::of(self.status);
        view! {
            <section class=format!("card outcome {}", tone.class()) aria-label="Status">
                <div class="outcome-status">
                    {icon::status(tone)}
                    <div>
                        <p class="outcome-word">{self.status.words()}</p>
                        <p class="hint">{self.summary(site)}</p>
                    </div>
                </div>
                <ol class="moments">{self.moments(site.now).into_iter().map(Moment::view).collect_view()}</ol>
            </section>
        }
        .into_any()
    }

    /// "4 min 50 s, finished 2 days ago"
    fn summary(&self, site: &Site) -> AnyView {
        let (word, at) = match (self.ended(), self.started_at) {
            (Some(at), _) => ("finished ", at),
            (None, Some(at)) => ("started ", at),
            (None, None) => ("reported ", self.reported_at),
        };
        let took = self.started_at.map(|started| self.ended().unwrap_or(site.now) - started);
        let took = took.filter(|_| self.ended().is_some() || !self.status.is_finished());
        let took = took.map(|took| {
            let so_far = if self.ended().is_some() { "" } else { " so far" };
            format!("{}{so_far}, ", ago::duration(took))
        });
        view! { {took} {word} {run_view::time(at, site)} }.into_any()
    }

    /// Its end, once it has one: a time of the end that was reported too early says nothing.
    fn ended(&self) -> Option<DateTime<Utc>> {
        self.finished_at.filter(|_| self.status.is_finished())
    }

    fn moments(&self, now: DateTime<Utc>) -> Vec<Moment> {
        let known = [("Queued", self.queued_at), ("Started", self.started_at), ("Finished", self.ended())];
        let mut moments: Vec<Moment> =
            known.into_iter().filter_map(|(name, at)| Some(Moment { name, at: at?, then: None })).collect();
        for index in 0..moments.len() {
            let until = moments.get(index + 1).map(|next| next.at);
            let until = until.or_else(|| Some(now).filter(|_| !self.status.is_finished()));
            let verb = if moments.get(index).is_some_and(|moment| moment.name == "Queued") { "waited" } else { "ran" };
            if let (Some(moment), Some(until)) = (moments.get_mut(index), until) {
                moment.then = Some(format!("{verb} {}", ago::duration(until - moment.at)));
            }
        }
        if moments.is_empty() {
            moments.push(Moment { name: "Reported", at: self.reported_at, then: None });
        }
        moments
    }
}

impl Moment {
    fn view(self) -> AnyView {
        let (day, time) = (self.at.format("%Y-%m-%d").to_string(), self.at.format("%H:%M:%S").to_string());
        view! {
            <li>
                <span class="moment-name">{self.name}</span>
                <time datetime=self.at.format("%Y-%m-%dT%H:%M:%SZ").to_string()>
                    <b>{time}</b>
                    " UTC "
                    <span class="sub">{day}</span>
                </time>
                {self.then.map(|then| view! { <span class="sub">{then}</span> })}
            </li>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn told(status: RunStatus, seconds: [Option<i64>; 3]) -> Vec<(&'static str, Option<String>)> {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let at = |seconds: Option<i64>| seconds.map(|seconds| now - TimeDelta::seconds(seconds));
        let [queued_at, started_at, finished_at] = seconds.map(at);
        let outcome = Outcome { status, queued_at, started_at, finished_at, reported_at: now };
        outcome.moments(now).into_iter().map(|moment| (moment.name, moment.then)).collect()
    }

    #[test]
    fn each_moment_says_how_long_it_was_to_the_next() {
        let all = told(RunStatus::Failed, [Some(200), Some(190), Some(60)]);
        assert_eq!(
            all,
            [("Queued", Some("waited 10 s".into())), ("Started", Some("ran 2 min 10 s".into())), ("Finished", None)]
        );
        assert_eq!(told(RunStatus::Running, [None, Some(40), None]), [("Started", Some("ran 40 s".into()))]);
        assert_eq!(told(RunStatus::Pending, [Some(40), None, None]), [("Queued", Some("waited 40 s".into()))]);
        assert_eq!(told(RunStatus::Succeeded, [None, Some(40), None]), [("Started", None)], "how long is not known");
        assert_eq!(told(RunStatus::Succeeded, [None, None, None]), [("Reported", None)]);
        assert_eq!(told(RunStatus::Running, [None, Some(40), Some(10)]), [("Started", Some("ran 40 s".into()))]);
    }
}

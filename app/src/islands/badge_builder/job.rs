//! The tab *Job / pipeline*: how a job, or the worst job of a pipeline, ended last, in the addresses of Concourse's badges.

use burgee_domain::{
    concourse_badge::{DEFAULT_TITLE, Options, Outcome},
    status::RunStatus,
    url_text::encode_segment,
};
use serde::{Deserialize, Serialize};

use super::{
    Legend,
    drawn::{Drawn, Home, Kind, Linked, parameter, query},
};

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNow {
    /// The name.
    pub name: String,
    /// How its last finished run ended.
    pub last: Option<RunStatus>,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobChosen {
    /// The job; none for the whole pipeline.
    pub job: Option<String>,
    /// What stands on the left; empty for "build".
    pub title: String,
}

/// What is known for the tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobData {
    /// The project.
    pub home: Home,
    /// The team's name, as addresses have it.
    pub team: String,
    /// The pipeline's name, likewise.
    pub pipeline: String,
    /// The query string that names the instance of the pipeline, with its `?`; empty for none.
    pub instance: String,
    /// The badge token, which has been found to show badges and nothing else.
    pub token: Option<String>,
    /// The jobs that can be chosen.
    pub jobs: Vec<JobNow>,
    /// How the last finished runs of all of the pipeline's jobs ended, each way once.
    pub ends: Vec<RunStatus>,
    /// What is chosen at first. Fill it with [`JobData::choose`].
    pub chosen: JobChosen,
}

impl JobData {
    /// Takes over what the query string says: `job` and `title`. A job that there is not falls back to the pipeline and is
    /// told in the sentences that come back.
    pub fn choose<K: AsRef<str>, V: AsRef<str>>(&mut self, pairs: &[(K, V)]) -> Vec<String> {
        let asked = pairs.iter().find(|(name, _)| name.as_ref() == "job").map(|(_, name)| name.as_ref());
        let asked = asked.filter(|name| !name.is_empty());
        let job = asked.filter(|asked| self.jobs.iter().any(|job| job.name == *asked));
        let title = parameter(pairs, "title").unwrap_or_default().to_owned();
        let notice = asked.filter(|_| job.is_none()).map(|name| format!("There is no job \"{name}\" here."));
        self.chosen = JobChosen { job: job.map(ToOwned::to_owned), title };
        notice.into_iter().collect()
    }

    fn outcome(&self, chosen: &JobChosen) -> Option<Outcome> {
        match &chosen.job {
            Some(name) => self.jobs.iter().find(|job| job.name == *name)?.last.and_then(Outcome::of),
            None => Outcome::worst(self.ends.iter().copied()),
        }
    }

    /// The address of pipeline or job, below `/teams`.
    fn place(&self, chosen: &JobChosen) -> String {
        let job = chosen.job.as_deref().map(|job| format!("/jobs/{}", encode_segment(job))).unwrap_or_default();
        format!("/teams/{}/pipelines/{}{job}", encode_segment(&self.team), encode_segment(&self.pipeline))
    }
}

impl Kind for JobData {
    type Chosen = JobChosen;
    const NAME: &'static str = "job";

    fn chosen(&self) -> &JobChosen {
        &self.chosen
    }

    fn draw(&self, chosen: &JobChosen) -> Drawn {
        let title = chosen.title.trim();
        let title = if title == DEFAULT_TITLE { "" } else { title };
        let outcome = self.outcome(chosen);
        let badge = Options::parse(&[("title", title)]).unwrap_or_default().draw(outcome);
        let token = self.token.as_deref().unwrap_or_default();
        let job = chosen.job.as_deref().unwrap_or_default();
        let separator = if self.instance.is_empty() { '?' } else { '&' };
        let place = self.place(chosen);
        let options = query(separator, [("title", title), ("token", token)]);
        let linked = Linked {
            alt: badge.label().to_owned(),
            image_url: self.home.url(&format!("/api/v1{place}/badge{}{options}", self.instance)),
            link_url: self.home.url(&format!("{place}{}", self.instance)),
            badge: Some(badge),
        };
        let words = match (outcome, &chosen.job) {
            (None, _) => "Nothing has finished yet",
            (Some(_), Some(_)) => "The job’s last finished build",
            (Some(Outcome::Succeeded), None) => "Every job’s last finished build went well",
            (Some(_), None) => "The worst of the jobs’ last finished builds",
        };
        let own = [("job", job), ("title", title), ("token", token)];
        linked.drawn(words.to_owned(), format!("?tab=job{}", query('&', own)))
    }

    fn legend(&self) -> Legend {
        &[
            ("ok", "passing"),
            ("bad", "failing"),
            ("errored", "errored"),
            ("aborted", "aborted"),
            ("none", "unknown: nothing finished"),
        ]
    }
}

//! What a Concourse badge shows, and a pipeline to show it of.

use roxmltree::Document;
use serde_json::{Value, json};

use crate::support::{Answer, TestServer};

/// A job of the pipeline that [`exposed`] makes.
pub(super) const JOB: &str = "/api/v1/teams/main/pipelines/web/jobs/unit/badge";
/// The pipeline.
pub(super) const PIPELINE: &str = "/api/v1/teams/main/pipelines/web/badge";

pub(super) const PASSING: (&str, &str, f64) = ("passing", "#44cc11", 88.0);
pub(super) const FAILING: (&str, &str, f64) = ("failing", "#e05d44", 80.0);
pub(super) const UNKNOWN: (&str, &str, f64) = ("unknown", "#9f9f9f", 98.0);
pub(super) const ABORTED: (&str, &str, f64) = ("aborted", "#8f4b2d", 90.0);
pub(super) const ERRORED: (&str, &str, f64) = ("errored", "#fe7d37", 88.0);

/// A badge that everybody may see.
#[track_caller]
pub(super) fn at(server: &TestServer, path: &str) -> Shown {
    Shown::of(&server.get(path).expect(200))
}

/// What a badge shows.
pub(super) struct Shown {
    pub(super) title: String,
    pub(super) svg: String,
    pub(super) width: f64,
    text: String,
}

impl Shown {
    #[track_caller]
    pub(super) fn of(answer: &Answer) -> Self {
        let svg = answer.text();
        let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        let root = document.root_element();
        let name = root.children().find(|node| node.tag_name().name() == "title").unwrap().text().unwrap();
        let (title, text) = name.rsplit_once(": ").unwrap();
        let width = root.attribute("width").unwrap().parse().unwrap();
        Self { title: title.to_owned(), text: text.to_owned(), width, svg: svg.to_owned() }
    }

    /// Holds the badge against text, colour and, with the title `build`, total width.
    #[track_caller]
    pub(super) fn is(&self, (text, color, width): (&str, &str, f64)) {
        assert_eq!(self.text, text);
        assert!(self.svg.contains(&format!("fill=\"{color}\"")), "{color}: {}", self.svg);
        if self.title == "build" {
            assert_eq!(self.width, width, "{text}");
        }
    }
}

/// Reports a build of the pipeline `web` of the team `main`.
#[track_caller]
pub(super) fn build(server: &TestServer, job: &str, status: &str) {
    report(server, &json!({"job": job, "status": status}));
}

/// Reports a run of the pipeline `web` of the team `main`, with these members besides.
#[track_caller]
pub(super) fn report(server: &TestServer, more: &Value) {
    let mut run = json!({"space": "main", "project": "web"});
    run.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    server.report(&run);
}

/// Exposes the pipeline.
#[track_caller]
pub(super) fn expose(server: &TestServer) {
    server.change_project("main/web", &json!({"visibility": "public"}));
}

/// Makes the pipeline with a job that has no finished build, and exposes it.
#[track_caller]
pub(super) fn exposed(server: &TestServer) {
    build(server, "unit", "pending");
    expose(server);
}

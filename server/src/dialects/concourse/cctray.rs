//! `GET …/cc.xml`: the state of every job, in the format that build monitors read (A7). A team's feed is Concourse's; one
//! of the whole instance is Burgee's own.

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, Response, header},
};
use burgee_domain::{concourse_badge::Outcome, text::xml_safe, url_text::encode_segment};
use burgee_store::{
    Dependencies,
    concourse::{self, Finished, Job, Pipeline},
};
use chrono::SecondsFormat;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, Event},
};

use super::{
    access,
    refusal::{Refusal, refuse},
};
use crate::{auth::subject::Viewer, cache::cacheable::Cacheable, state::App, web::peer::Peer};

/// The route of [`of_team`].
pub(crate) const TEAM_ROUTE: &str = "/api/v1/teams/{team}/cc.xml";
/// The route of [`of_instance`].
pub(crate) const INSTANCE_ROUTE: &str = "/api/v1/cc.xml";
/// The same, where build monitors look by themselves.
pub(crate) const INSTANCE_SHORT_ROUTE: &str = "/cc.xml";

/// `GET|HEAD` of a team's feed.
pub(crate) async fn of_team(
    State(app): State<App>,
    team: Result<Path<String>, PathRejection>,
    peer: Peer,
    request: HeaderMap,
) -> Response<Body> {
    answer(feed(&app, Whose::Team(team.ok().map(|Path(name)| name)), &peer, &request).await)
}

/// `GET|HEAD` of everybody's feed; projects are named with their team.
pub(crate) async fn of_instance(State(app): State<App>, peer: Peer, request: HeaderMap) -> Response<Body> {
    answer(feed(&app, Whose::Instance, &peer, &request).await)
}

/// Whose jobs are in a feed.
enum Whose {
    /// Those of the team with this name; invalid UTF-8 is nobody's name.
    Team(Option<String>),
    /// All.
    Instance,
}

async fn feed(app: &App, whose: Whose, peer: &Peer, request: &HeaderMap) -> Result<(Vec<u8>, Viewer), Refusal> {
    app.store
        .read(async |conn| {
            let team = match &whose {
                Whose::Team(None) => return Err(Refusal::NotFound),
                Whose::Team(Some(name)) => Some(concourse::find_team(conn, name).await?.ok_or(Refusal::NotFound)?),
                Whose::Instance => None,
            };
            let reader = access::reader(conn, request).await?;
            let reach = reader.subject.reach(conn).await?;
            let mut pipelines = concourse::pipelines(conn, team.as_ref()).await?;
            pipelines.retain(|pipeline| access::is_exposed(&pipeline.project) || reach.covers(&pipeline.project));
            let ids: Vec<i64> = pipelines.iter().map(|pipeline| pipeline.project.id).collect();
            let jobs = concourse::jobs_of(conn, &ids).await?;
            let mut lines = Vec::new();
            for job in &jobs {
                let pipeline = pipelines.iter().find(|pipeline| pipeline.project.id == job.pipeline_id);
                if let (Some(pipeline), Some(last)) = (pipeline, &job.last) {
                    lines.push(Line { pipeline, job, last });
                }
            }
            Ok((write(&lines, team.is_none(), &peer.public.to_string()), reader))
        })
        .await
}

/// A job that has finished before, with its pipeline.
struct Line<'a> {
    pipeline: &'a Pipeline,
    job: &'a Job,
    last: &'a Finished,
}

impl Line<'_> {
    fn activity(&self) -> &'static str {
        if self.job.next.is_some() { "Building" } else { "Sleeping" }
    }

    fn status(&self) -> &'static str {
        match Outcome::of(self.last.status) {
            Some(Outcome::Succeeded) => "Success",
            Some(Outcome::Failed) => "Failure",
            Some(Outcome::Errored | Outcome::Aborted) | None => "Exception",
        }
    }

    /// What the build is called: by its number, or else as the reporting tool calls it.
    fn label(&self) -> String {
        let name = self.last.build.as_ref().or(self.last.external_id.as_ref());
        name.cloned().unwrap_or_else(|| self.last.id.to_string())
    }

    fn name(&self, with_team: bool) -> String {
        let name = format!("{}/{}", self.pipeline.project.name, self.job.name);
        if with_team { format!("{}/{name}", self.pipeline.team) } else { name }
    }

    /// The job's address as Concourse has it, which leads to its page here.
    fn url(&self, public: &str) -> String {
        let [team, pipeline, job] =
            [&self.pipeline.team, &self.pipeline.project.name, &self.job.name].map(|name| encode_segment(name));
        let query = self.pipeline.project.instance_vars.query();
        format!("{public}/teams/{team}/pipelines/{pipeline}/jobs/{job}{query}")
    }
}

fn write(lines: &[Line<'_>], with_team: bool, public: &str) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let mut put = |event: Event<'_>| {
        // Writing into memory does not fail.
        let _ = writer.write_event(event);
    };
    put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    put(Event::Start(BytesStart::new("Projects")));
    for line in lines {
        let mut project = BytesStart::new("Project");
        for (name, value) in [
            ("activity", line.activity().to_owned()),
            ("lastBuildLabel", line.label()),
            ("lastBuildStatus", line.status().to_owned()),
            ("lastBuildTime", line.last.ended_at().to_rfc3339_opts(SecondsFormat::Secs, true)),
            ("name", line.name(with_team)),
            ("webUrl", line.url(public)),
        ] {
            project.push_attribute((name, xml_safe(&value).as_str()));
        }
        put(Event::Empty(project));
    }
    put(Event::End(BytesEnd::new("Projects")));
    writer.into_inner()
}

fn answer(feed: Result<(Vec<u8>, Viewer), Refusal>) -> Response<Body> {
    match feed {
        Ok((xml, reader)) => {
            let mut response = Response::new(Body::from(xml));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
            headers.insert(header::VARY, HeaderValue::from_static("Authorization, Cookie, PRIVATE-TOKEN"));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            let cacheable = Cacheable::for_everyone(Dependencies::on_everything()).by_credential().by_host();
            cacheable.given_to(&reader).attach(response)
        }
        Err(refusal) => {
            let mut response = refuse(&refusal);
            if matches!(refusal, Refusal::NotAuthorized) {
                // So that a build monitor asks for user name and password.
                let basic = HeaderValue::from_static("Basic realm=\"Burgee\", charset=\"UTF-8\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
            }
            response
        }
    }
}

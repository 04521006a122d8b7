//! What the Badge Builder's tabs make of an address, and what they draw.
#![cfg(feature = "ssr")]

use burgee_app::islands::badge_builder::{
    BranchNow, BuildChosen, BuildData, BuildLine, Drawn, Home, JobChosen, JobCoverage, JobData, JobNow, Kind,
    ProjectChosen, ProjectData, Variable,
};
use burgee_domain::status::RunStatus::{self, Canceled, Failed, Running, Succeeded, Warned};

fn home() -> Home {
    Home { public_url: "https://b.example/x".to_owned(), full_path: "harbour/web shop".to_owned() }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn says(drawn: &Drawn) -> String {
    drawn.badge.as_ref().map_or("?".to_owned(), |badge| format!("{}: {}", badge.label(), badge.message()))
}

fn snippet<'a>(drawn: &'a Drawn, id: &str) -> &'a str {
    drawn.snippets.iter().find(|snippet| snippet.id == id).map_or("", |snippet| &snippet.text)
}

fn build(number: &str, release: Option<usize>, branch: Option<usize>, status: RunStatus) -> BuildLine {
    BuildLine {
        number: number.to_owned(),
        release,
        rejected: false,
        canceled: false,
        values: vec![branch],
        status: Some(status),
    }
}

/// Releases 2 (canceled) and 1, and a build of none.
fn builds() -> BuildData {
    BuildData {
        home: home(),
        id: None,
        key: Some("badges".to_owned()),
        releases: texts(&["2", "1"]),
        variables: vec![Variable { name: "Branch".to_owned(), values: texts(&["main", "fix"]) }],
        all_variables: true,
        builds: vec![
            BuildLine { canceled: true, ..build("5", Some(0), Some(0), Running) },
            BuildLine { rejected: true, ..build("4", Some(1), Some(0), Failed) },
            build("3", Some(1), Some(1), Warned),
            build("2", Some(1), Some(0), Succeeded),
            build("1", None, Some(0), Failed),
        ],
        all_builds: true,
        answer: None,
        chosen: BuildChosen::default(),
    }
}

fn draw(mut data: BuildData, query: &[(&str, &str)]) -> (Drawn, Vec<String>) {
    let notices = data.choose(query);
    (data.draw(&data.chosen), notices)
}

#[test]
fn the_latest_build_is_the_first_that_is_neither_rejected_nor_of_a_canceled_release() {
    for (query, says_so) in [
        (&[][..], "build: warning"),
        (&[("$Branch", "main")], "build: success"),
        (&[("$branch", "fix")], "build: warning"),
        (&[("$ReleaseNumber", "2")], "build: running"),
        (&[("$ReleaseNumber", "1"), ("$BuildNumber", "4")], "build: error"),
        (&[("$BuildNumber", "5")], "build: unknown"),
        (&[("$BuildNumber", "1")], "build: error"),
        (&[("$ReleaseNumber", "2"), ("$Branch", "fix")], "build: unknown"),
        (&[("label", "tests"), ("style", "plastic")], "tests: warning"),
    ] {
        let (drawn, notices) = draw(builds(), query);
        assert_eq!((says(&drawn).as_str(), notices.len()), (says_so, 0), "{query:?} {notices:?}");
    }
}

#[test]
fn image_and_link_ask_for_the_same_build_and_the_address_brings_it_back() {
    let query = [("$ReleaseNumber", "1"), ("$Branch", "fix"), ("page", "release"), ("label", "a&b")];
    let (drawn, _) = draw(builds(), &query);
    let filters = "key=badges&%24ApplicationName=harbour/web%20shop&%24ReleaseNumber=1&%24Branch=fix";
    assert_eq!(snippet(&drawn, "url"), format!("https://b.example/x/api/ci-badges/image?{filters}&label=a%26b"));
    let link = format!("https://b.example/x/api/ci-badges/link?{filters}&page=release");
    assert!(snippet(&drawn, "markdown").ends_with(&format!("]({link})")), "{drawn:?}");
    assert_eq!(drawn.query, "?tab=build&%24ReleaseNumber=1&%24Branch=fix&label=a%26b&page=release&key=badges");
    assert_eq!(drawn.list, None, "an ampersand in a value cannot stand in a list, which encodes for itself");
    let (drawn, _) = draw(builds(), &[("$Branch", "fix")]);
    let image =
        "%2Fapi%2Fci-badges%2Fimage%3Fkey%3Dbadges%26%24ApplicationName%3Dharbour%2Fweb%20shop%26%24Branch%3Dfix";
    assert!(drawn.list.as_ref().is_some_and(|list| list.ends_with(image)), "{:?}", drawn.list);
}

#[test]
fn without_a_key_there_is_a_preview_and_nothing_to_paste() {
    let (drawn, _) = draw(BuildData { key: None, ..builds() }, &[]);
    assert_eq!((says(&drawn).as_str(), drawn.snippets.len()), ("build: warning", 0));
    assert!(!drawn.query.contains("key"));
}

#[test]
fn what_may_be_older_than_all_that_is_known_only_the_server_can_tell() {
    let partly = || BuildData { all_builds: false, all_variables: false, ..builds() };
    for query in [("$ReleaseNumber", "0.9"), ("$BuildNumber", "77"), ("$Commit", "c0ffee"), ("$Branch", "old")] {
        let mut data = partly();
        assert_eq!(data.choose(&[query]), Vec::<String>::new(), "it may be there");
        assert_eq!(data.draw(&data.chosen).badge, None, "{query:?}");
        data.answer = Some((data.chosen.filters.clone(), Some(Canceled)));
        assert_eq!(says(&data.draw(&data.chosen)), "build: error", "the server has said so");
        assert_eq!(says(&data.draw(&BuildChosen::default())), "build: warning", "about that choice, and no other");
    }
    let (drawn, _) = draw(partly(), &[("$Branch", "main")]);
    assert_eq!(says(&drawn), "build: success", "the first that matches is the latest, whatever is older");
}

#[test]
fn what_no_build_has_falls_back_and_is_told() {
    for (query, sentence) in [
        (("$ReleaseNumber", "9"), "There is no release \"9\" with a build here."),
        (("$BuildNumber", "9"), "There is no build \"9\" here."),
        (("$Branch", "moon"), "No build here has the variable Branch with the value \"moon\"."),
        (("$Colour", "red"), "No build here has the variable Colour with the value \"red\"."),
        (("style", "flatt"), "did you mean \"flat\"?"),
        (("page", "moon"), "The page \"moon\" is not one of"),
    ] {
        let (drawn, notices) = draw(builds(), &[query]);
        assert!(notices.len() == 1 && notices[0].contains(sentence), "{notices:?}");
        assert_eq!(drawn.query, "?tab=build&key=badges");
    }
    let (_, notices) = draw(builds(), &[("$Branch", "main"), ("$branch", "fix")]);
    assert!(notices[0].contains("more than once"), "{notices:?}");
}

#[test]
fn the_forms_own_fields_mean_variables() {
    let (drawn, notices) =
        draw(builds(), &[("variable", "Branch"), ("value", "fix"), ("variable", ""), ("value", "x")]);
    assert_eq!((says(&drawn).as_str(), notices.len()), ("build: warning", 0));
    assert!(drawn.query.contains("%24Branch=fix"), "{}", drawn.query);
    let (drawn, _) = draw(builds(), &[("variable", "Branch"), ("value", "")]);
    assert!(drawn.query.contains("%24Branch=main"), "a name alone means the newest build's value: {}", drawn.query);
}

#[test]
fn a_path_that_others_are_called_by_is_joined_by_the_id() {
    let (drawn, _) = draw(BuildData { id: Some(7), ..builds() }, &[]);
    assert!(snippet(&drawn, "url").contains("%24ApplicationId=7"), "{drawn:?}");
}

fn jobs() -> JobData {
    let job = |name: &str, last| JobNow { name: name.to_owned(), last };
    JobData {
        home: home(),
        team: "harbour".to_owned(),
        pipeline: "Web Shop: all".to_owned(),
        instance: String::new(),
        token: None,
        jobs: vec![job("unit", Some(Succeeded)), job("deploy/prod", Some(Canceled)), job("new", None)],
        ends: vec![Succeeded, Canceled],
        chosen: JobChosen::default(),
    }
}

#[test]
fn a_pipeline_is_as_its_worst_job_and_a_job_as_it_ended() {
    for (query, says_so, place) in [
        (&[][..], "build: aborted", ""),
        (&[("job", "unit")], "build: passing", "/jobs/unit"),
        (&[("job", "deploy/prod"), ("title", "to prod")], "to prod: aborted", "/jobs/deploy%2Fprod"),
        (&[("job", "new")], "build: unknown", "/jobs/new"),
    ] {
        let mut data = jobs();
        assert_eq!(data.choose(query), Vec::<String>::new());
        let drawn = data.draw(&data.chosen);
        assert_eq!(says(&drawn), says_so);
        let place = format!("/teams/harbour/pipelines/Web%20Shop%3A%20all{place}");
        assert!(snippet(&drawn, "url").starts_with(&format!("https://b.example/x/api/v1{place}/badge")), "{drawn:?}");
        assert!(snippet(&drawn, "markdown").ends_with(&format!("](https://b.example/x{place})")), "{drawn:?}");
    }
    let mut data = jobs();
    assert_eq!(data.choose(&[("job", "Unit")]), ["There is no job \"Unit\" here."]);
    assert_eq!(data.draw(&data.chosen).query, "?tab=job");
}

#[test]
fn instance_and_token_stand_in_the_images_address() {
    let data = JobData { instance: "?vars.go=%221.24%22".to_owned(), token: Some("t0k".to_owned()), ..jobs() };
    let drawn = data.draw(&JobChosen { job: None, title: "a b".to_owned() });
    assert!(snippet(&drawn, "url").ends_with("/badge?vars.go=%221.24%22&title=a%20b&token=t0k"), "{drawn:?}");
    assert!(snippet(&drawn, "markdown").ends_with("/pipelines/Web%20Shop%3A%20all?vars.go=%221.24%22)"), "{drawn:?}");
}

fn project() -> ProjectData {
    let branch = |name: &str, pipeline, coverage| BranchNow { name: name.to_owned(), pipeline, coverage };
    ProjectData {
        home: home(),
        branches: vec![branch("main", vec![Succeeded], Some(87.5)), branch("fix/a", vec![Running], None)],
        coverage: vec![JobCoverage { branch: "main".to_owned(), job: "unit".to_owned(), percent: Some(91.0) }],
        all_coverage: true,
        release: Some("1.4".to_owned()),
        chosen: ProjectChosen::default(),
    }
}

#[test]
fn each_project_badge_shows_its_branch() {
    for (query, says_so, address) in [
        (&[][..], "pipeline: passed", "badges/main/pipeline.svg"),
        (&[("ref", "fix/a")], "pipeline: running", "badges/fix/a/pipeline.svg"),
        (&[("badge", "coverage")], "coverage: 87.50%", "badges/main/coverage.svg"),
        (&[("badge", "coverage"), ("ref", "fix/a")], "coverage: unknown", "badges/fix/a/coverage.svg"),
        (
            &[("badge", "coverage"), ("job", "unit"), ("min_good", "80")],
            "coverage: 91.00%",
            "badges/main/coverage.svg?job=unit&min_good=80",
        ),
        (
            &[("badge", "release"), ("key_text", "Latest & best"), ("key_width", "120"), ("style", "flat-square")],
            "Latest & best: 1.4",
            "-/badges/release.svg?style=flat-square&key_text=Latest%20%26%20best&key_width=120",
        ),
    ] {
        let mut data = project();
        assert_eq!(data.choose(query), Vec::<String>::new());
        let drawn = data.draw(&data.chosen);
        assert_eq!(says(&drawn), says_so);
        assert_eq!(snippet(&drawn, "url"), format!("https://b.example/x/harbour/web%20shop/{address}"));
        assert!(snippet(&drawn, "markdown").ends_with("](https://b.example/x/harbour/web%20shop)"), "{drawn:?}");
    }
}

#[test]
fn project_options_that_cannot_be_fall_back_and_are_told() {
    let long = "x".repeat(65);
    for (query, sentence) in [
        (("badge", "moon"), "There is no badge \"moon\": it is pipeline, coverage or release."),
        (("ref", "moon"), "No run has named a branch \"moon\" here."),
        (("style", "round"), "There is no style \"round\"."),
        (("key_width", "513"), "key_width is a number from 1 to 512."),
        (("min_good", "x"), "min_good is a number from 1 to 100."),
        (("job", "moon"), "No job \"moon\" has told its coverage here."),
        (("key_text", long.as_str()), "key_text has at most 64 characters."),
    ] {
        let mut data = project();
        assert_eq!(data.choose(&[query]), [sentence]);
    }
}

#[test]
fn coverage_of_a_job_that_is_not_known_here_only_the_server_can_tell() {
    let mut data = ProjectData { all_coverage: false, ..project() };
    data.choose(&[("badge", "coverage"), ("ref", "fix/a"), ("job", "unit")]);
    assert_eq!(data.draw(&data.chosen).badge, None);
}

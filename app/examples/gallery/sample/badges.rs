//! Badges of the harbour.

use burgee_app::pages::{
    BadgeLine, GroupHead, Place, ProjectHead,
    badges::{BadgeForm, BadgesOf, BadgesPage, Preset},
};
use burgee_domain::gitlab::{
    badge_url::render,
    placeholder::{Placeholder, Values},
};

use super::{lines, place, web_shop};

const SERVER: &str = "https://badges.example.org";

pub(crate) fn values() -> Values {
    use Placeholder::{
        CommitSha, DefaultBranch, GitlabPagesDomain, GitlabServer, GroupName, ProjectId, ProjectName, ProjectNamespace,
        ProjectPath, ProjectTitle,
    };
    let values = [
        (ProjectPath, "harbour/web-shop"),
        (ProjectTitle, "Web Shop"),
        (ProjectName, "web-shop"),
        (ProjectId, "7"),
        (ProjectNamespace, "harbour"),
        (GroupName, "harbour"),
        (GitlabServer, "badges.example.org"),
        (GitlabPagesDomain, "pages.example.org"),
        (DefaultBranch, "main"),
        (CommitSha, "1f0c2e9ad51b77c3f0a4d3c7c1a9e6b2d8f40e11"),
    ];
    Values::new(values.map(|(placeholder, value)| (placeholder, Some(value.to_owned()))))
}

fn badge(id: i64, name: Option<&str>, link: &str, image: &str) -> BadgeLine {
    BadgeLine {
        id,
        name: name.map(str::to_owned),
        link_url: link.to_owned(),
        image_url: image.to_owned(),
        rendered_link_url: render(link, Some(&values())),
        rendered_image_url: render(image, Some(&values())),
        from: None,
    }
}

pub(crate) fn own() -> Vec<BadgeLine> {
    vec![
        badge(
            1,
            Some("Release in Production"),
            "https://badges.example.org/%{project_path}",
            "https://badges.example.org/api/harbour/projects/web-shop/badge/production/latest_release",
        ),
        badge(
            2,
            Some("Pipeline"),
            "https://badges.example.org/%{project_path}",
            "https://badges.example.org/%{project_path}/badges/%{default_branch}/pipeline.svg",
        ),
        badge(3, None, "https://docs.example.com/web-shop", "https://broken.example.com/docs/%{project_name}.svg"),
    ]
}

pub(crate) fn inherited() -> Vec<BadgeLine> {
    vec![BadgeLine {
        from: Some(place("Harbour", "harbour")),
        ..badge(
            9,
            Some("Licence"),
            "https://example.com/licence",
            "https://img.shields.io/badge/licence-MIT-blue?logo=%{project_name}",
        )
    }]
}

/// As a project's page shows them.
pub(crate) fn both() -> Vec<BadgeLine> {
    [own(), inherited()].concat()
}

fn presets() -> Vec<Preset> {
    let preset = |id: &str, name: &str, path: &str| Preset {
        id: id.to_owned(),
        name: name.to_owned(),
        badge_name: name.to_owned(),
        link_url: format!("{SERVER}/%{{project_path}}"),
        image_url: format!("{SERVER}{path}"),
    };
    vec![
        preset(
            "release-production",
            "Release in Production",
            "/api/harbour/projects/web-shop/badge/production/latest_release",
        ),
        preset("release-staging", "Release in Staging", "/api/harbour/projects/web-shop/badge/staging/latest_release"),
        preset("pipeline", "Pipeline", "/%{project_path}/badges/%{default_branch}/pipeline.svg"),
        preset("coverage", "Coverage", "/%{project_path}/badges/%{default_branch}/coverage.svg"),
        preset("job-unit", "Job unit", "/api/v1/teams/harbour/pipelines/web-shop/jobs/unit/badge"),
        preset("build", "Latest build", "/api/ci-badges/image?project=web-shop"),
    ]
}

fn project_badges(own: Vec<BadgeLine>, inherited: Vec<BadgeLine>) -> BadgesPage {
    BadgesPage {
        of: BadgesOf::Project { head: web_shop(), inherited },
        own,
        form: BadgeForm::default(),
        errors: vec![],
        done: None,
        removing: None,
        values: Some(values()),
        presets: presets(),
        allowed_hosts: vec![SERVER.to_owned(), "https://img.shields.io".to_owned()],
        preview: false,
    }
}

pub(crate) fn page() -> BadgesPage {
    project_badges(own(), inherited())
}

pub(crate) fn empty() -> BadgesPage {
    project_badges(vec![], vec![])
}

/// For somebody who may not change them.
pub(crate) fn for_readers(page: BadgesPage) -> BadgesPage {
    let of = match page.of {
        BadgesOf::Project { head, inherited } => {
            BadgesOf::Project { head: ProjectHead { may_change: false, ..head }, inherited }
        }
        BadgesOf::Group { head, inheriting, total } => {
            BadgesOf::Group { head: GroupHead { may_change: false, ..head }, inheriting, total }
        }
    };
    BadgesPage { of, ..page }
}

pub(crate) fn form(id: Option<i64>, name: &str, link_url: &str, image_url: &str) -> BadgeForm {
    BadgeForm { id, name: name.to_owned(), link_url: link_url.to_owned(), image_url: image_url.to_owned() }
}

/// What a form holds that is about a badge of the list.
pub(crate) fn editing() -> BadgesPage {
    let own = own();
    let badge = &own[1];
    let form = form(Some(badge.id), badge.name.as_deref().unwrap_or_default(), &badge.link_url, &badge.image_url);
    BadgesPage { form, ..page() }
}

pub(crate) fn group(inheriting: &[(&str, &str)], total: u64) -> BadgesPage {
    let inheriting: Vec<Place> = inheriting.iter().map(|(name, path)| place(name, path)).collect();
    BadgesPage {
        of: BadgesOf::Group { head: lines(), inheriting, total },
        own: own().into_iter().take(2).collect(),
        values: (total > 0).then(values),
        ..page()
    }
}

/// More than anybody needs, some of them as wide or as long as they should not be.
pub(crate) fn many() -> BadgesPage {
    let long = "A badge whose name is as long as nobody reads, with_no_place_to_break_at_all_in_its_second_half_whatsoever شارة";
    let mut own: Vec<BadgeLine> = (0..18)
        .map(|n| {
            let image = format!("https://img.shields.io/badge/number-{n}-blue");
            badge(n, Some(&format!("Number {n}")), "https://example.com/", &image)
        })
        .collect();
    let image = format!("https://broken.example.com/{}", "a-rather-long-path/".repeat(12));
    own.push(badge(100, Some(long), &image, &image));
    own.push(badge(101, None, &image, &image));
    own.push(badge(102, Some("Giant"), "https://example.com/", "https://img.shields.io/giant"));
    project_badges(own, inherited())
}

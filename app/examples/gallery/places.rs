//! The pages of projects and groups: badges, members, settings.

use burgee_app::{
    form::FieldError,
    pages::{PlaceHead, badges, dashboard, group_settings, members, project, tokens},
    site::Theme,
};

use crate::sample;

/// All of them, in their states.
pub(crate) fn pages(theme: Theme) -> Vec<(&'static str, String)> {
    [of_badges(theme), of_members(theme), others(theme)].concat()
}

fn of_badges(theme: Theme) -> Vec<(&'static str, String)> {
    use sample::badges::{editing, empty, for_readers, form, group, many, page};
    let site = &sample::site(theme, "/harbour/web-shop/-/badges", true);
    let show = |page| badges::render(site, page);
    let error = |field: &str, message: &str| FieldError::new(field, message);
    vec![
        ("badges", show(badges::BadgesPage { done: Some("The badge was added.".to_owned()), ..page() })),
        ("badges-empty", show(empty())),
        ("badges-readers", show(for_readers(page()))),
        ("badges-readers-empty", show(for_readers(empty()))),
        ("badges-editing", show(editing())),
        ("badges-removing", show(badges::BadgesPage { removing: Some(2), ..page() })),
        (
            "badges-errors",
            show(badges::BadgesPage {
                form: form(None, "", "example.com/docs", "https://%{gitlab_server}/%{latest_tag}.svg"),
                errors: vec![
                    error("link_url", "It must begin with https:// or http://."),
                    error("image_url", badges::url_problem(burgee_domain::gitlab::badge_url::UrlError::Invalid)),
                ],
                ..page()
            }),
        ),
        (
            "badges-elsewhere",
            show(badges::BadgesPage {
                form: form(
                    None,
                    "Quality",
                    "https://quality.example.com/%{project_path}",
                    "https://quality.example.com/%{project_path}/%{latest_tag}/%{project_nme}.svg",
                ),
                ..page()
            }),
        ),
        ("badges-many", show(many())),
        (
            "badges-group",
            show(group(&[("Timetable API", "harbour/lines/timetable-api"), ("Ferries", "harbour/lines/ferries")], 14)),
        ),
        ("badges-group-empty", show(badges::BadgesPage { own: vec![], ..group(&[], 0) })),
    ]
}

fn of_members(theme: Theme) -> Vec<(&'static str, String)> {
    use sample::members::{of_group, page};
    let site = &sample::site(theme, "/harbour/web-shop/-/members", true);
    let show = |page| members::render(site, page);
    vec![
        ("members", show(members::MembersPage { done: Some("ada is now a maintainer.".to_owned()), ..page() })),
        ("members-removing", show(members::MembersPage { removing: Some(2), requests: vec![], ..page() })),
        (
            "members-errors",
            show(members::MembersPage {
                form: members::MemberForm { username: "adda".to_owned(), ..Default::default() },
                errors: vec![FieldError::new("username", "There is no account of this name. Did you mean \"ada\"?")],
                ..page()
            }),
        ),
        ("members-group", show(of_group())),
        (
            "members-readers",
            show(members::MembersPage { head: PlaceHead::Project(sample::web_shop_for_readers()), ..page() }),
        ),
    ]
}

fn others(theme: Theme) -> Vec<(&'static str, String)> {
    let admin = &sample::site(theme, "/harbour/lines", true);
    let ada = &sample::site_of_ada(theme, "/harbour/web-shop");
    let for_ada = |access| project::ProjectPage { head: sample::web_shop_for_readers(), access, ..sample::project() };
    let settings = group_settings::GroupSettingsPage {
        head: sample::lines(),
        form: group_settings::GroupSettingsForm::from(&sample::lines()),
        errors: vec![],
        saved: true,
    };
    let failed = group_settings::GroupSettingsPage {
        errors: vec![FieldError::new("name", "Name must not be empty.")],
        saved: false,
        ..settings.clone()
    };
    vec![
        (
            "group",
            dashboard::render(admin, dashboard::DashboardPage { place: Some(sample::lines()), ..sample::dashboard() }),
        ),
        (
            "group-readers",
            dashboard::render(ada, dashboard::DashboardPage { place: Some(sample::harbour()), ..sample::dashboard() }),
        ),
        ("group-settings", group_settings::render(admin, settings)),
        ("group-settings-errors", group_settings::render(admin, failed)),
        ("project-may-request", project::render(ada, for_ada(project::Access::MayRequest))),
        ("project-requested", project::render(ada, for_ada(project::Access::Requested))),
        (
            "tokens-of-user",
            tokens::render(
                &sample::site_of_ada(theme, "/tokens"),
                tokens::TokensPage { form: tokens::TokenForm::for_user(), ..Default::default() },
            ),
        ),
    ]
}

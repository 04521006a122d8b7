//! What holds for badges, and for lists that something can be removed from.

use super::*;

#[test]
fn a_badge_is_a_link_around_a_picture_that_tells_its_host_nothing() {
    let named = badge(1, Some("Build"), ELSEWHERE);
    let html = badges::render(&site(), quiet_badges(of_project(head()), vec![named, badge(2, None, ELSEWHERE)]));
    assert_eq!(html.matches("rel=\"noopener noreferrer nofollow\"").count(), 3);
    let pictures: Vec<_> = html.split("<img ").skip(1).filter_map(|tag| tag.split('>').next()).collect();
    assert_eq!(pictures.len(), 3, "two of its own and an inherited one");
    for tag in &pictures {
        assert!(tag.contains("loading=\"lazy\"") && tag.contains("referrerpolicy=\"no-referrer\""), "{tag}");
    }
    assert!(pictures[0].contains("alt=\"Build\""), "{}", pictures[0]);
    assert!(pictures[1].contains("alt=\"img.example/x_(1).svg\""), "a badge without name is called by its address");
}

#[test]
fn all_badges_are_copied_as_markdown_that_its_urls_cannot_break() {
    let html = badges::render(&site(), quiet_badges(of_project(head()), vec![badge(1, Some("Build"), ELSEWHERE)]));
    let own = "[![Build](https://img.example/x_%281%29.svg)](https://img.example/x_%281%29.svg)";
    let text = html.split("id=\"snippet-all\"").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap();
    assert!(text.contains(own), "{text}");
    assert_eq!(text.matches("](https://img.example/x_%281%29.svg)]").count(), 2, "inherited ones too: {text}");
}

#[test]
fn placeholders_without_value_stay_and_are_pointed_out() {
    let values = Values::new([(Placeholder::ProjectPath, Some("harbour/web-shop".to_owned()))]);
    let form = BadgeForm {
        image_url: "https://img.example/%{project_path}/%{latest_tag}/%{projct_id}".to_owned(),
        ..BadgeForm::default()
    };
    let page = BadgesPage { form, values: Some(values), ..quiet_badges(of_project(head()), vec![]) };
    let html = badges::render(&site(), page);
    for words in [
        // As the API answers it: what stays is encoded.
        "https://img.example/harbour/web-shop/%25%7Blatest_tag%7D/%25%7Bprojct_id%7D",
        "%{latest_tag} has no value yet, so it stays as it is.",
        "%{projct_id} is no placeholder, so it stays as it is. Did you mean %{project_id}?",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn only_pictures_that_the_policy_allows_are_previewed() {
    let form = |host: &str| BadgeForm { image_url: format!("https://{host}/x.svg"), ..BadgeForm::default() };
    let page = |host| {
        let page = BadgesPage { form: form(host), ..quiet_badges(of_group(group()), vec![]) };
        badges::render(&site(), page)
    };
    let allowed = page("img.example");
    assert_eq!(attributes(&allowed, "src"), ["https://img.example/x.svg"; 2]);
    assert!(!allowed.contains("Show image"));
    let other = page("other.example");
    assert_eq!(attributes(&other, "src"), Vec::<&str>::new());
    assert!(other.contains("Show image"));
}

#[test]
fn nothing_is_removed_without_a_second_question() {
    let badges = |removing| {
        let page = quiet_badges(of_project(head()), vec![badge(7, Some("Build"), ELSEWHERE)]);
        badges::render(&site(), BadgesPage { removing, ..page })
    };
    let members = |removing| {
        let page = MembersPage { removing, ..members(PlaceHead::Group(group())) };
        members::render(&site(), page)
    };
    for (name, asked, unasked) in
        [("badges", badges(Some(7)), badges(None)), ("members", members(Some(1)), members(None))]
    {
        assert!(!unasked.contains("value=\"remove\""), "{name}: a first click must only ask");
        assert!(unasked.contains("?remove="), "{name}");
        let form = asked.split("<form ").find(|form| form.contains("class=\"confirm\"")).unwrap();
        let form = form.split("</form>").next().unwrap();
        assert!(form.contains("method=\"post\"") && form.contains("value=\"remove\""), "{name}: {form}");
        assert_eq!(asked.matches("value=\"remove\"").count(), 1, "{name}");
    }
}

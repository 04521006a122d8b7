//! What tries to break in or out: hostile names, texts of a megabyte, characters that have no business there.

use serde_json::json;

use super::{
    caller::query,
    source::{Source, for_project_and_group},
    world::{IMAGE, LINK, URLS},
};

fn hostile_names() -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "\"/><img src=x onerror=alert(1)>",
        "' onload='alert(1)",
        "](javascript:alert(1))",
        "' or 1=1; drop table badges; --",
        "%{project_path} %s %n %00",
        "\u{202e}txt.exe",
        "متجر الويب 🚢🏴\u{200d}☠\u{fe0f}",
        "\u{feff}a\u{301}\u{fffe}",
        "../../etc/passwd",
        "line\nbreak\ttab",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["<&\"'>".repeat(51), "🚢".repeat(255)])
    .collect()
}

/// The server still does its work.
#[track_caller]
fn is_well(source: &Source<'_>) {
    source.world.server.get("/readyz").expect(200);
    assert_eq!(source.names()[0], "first");
}

for_project_and_group! {
    fn a_hostile_name_comes_back_as_it_was_given(source: &Source) {
        for name in hostile_names() {
            let added = source.add_with(&[("name", &name), URLS[0], URLS[1]]);
            assert_eq!(added["name"], name);
            let answer = source.stranger().get_with(&source.badges(), &[("name", &name)]).expect(200);
            assert_eq!(answer.header("content-type"), "application/json");
            assert_eq!(answer.json()[0]["id"], added["id"], "{name:?}");
        }
    }

    fn a_nul_in_a_name_or_url_is_an_error_of_the_caller(source: &Source) {
        let administrator = source.world.administrator();
        for (name, link, image) in [("a\0b", LINK, IMAGE), ("a", "http://a.example/\0", IMAGE), ("a", LINK, "\0")] {
            let fields = [("name", name), ("link_url", link), ("image_url", image)];
            administrator.post(&source.badges(), &fields).expect(400);
            administrator.put(&source.badge(source.first), &fields).expect(400);
            let call = administrator.call("POST", &source.badges());
            call.json(&json!({"name": name, "link_url": link, "image_url": image})).send().expect(400);
        }
        is_well(source);
    }

    fn a_nul_in_path_or_query_is_an_error_of_the_caller(source: &Source) {
        let administrator = source.world.administrator();
        let segment = format!("/{}s", source.kind.as_str());
        for path in [
            format!("{segment}/%00/badges"),
            format!("{segment}/default%2Fli%00nes/badges"),
            format!("{}%00/badges", source.url()),
            format!("{}/%00", source.badges()),
            format!("{}/render?link_url=%00&image_url=%00", source.badges()),
            format!("{}?name=a%00b", source.badges()),
            format!("{}?page=%00", source.badges()),
            format!("{}?private_token=%00", source.badges()),
        ] {
            let status = administrator.get(&path).status;
            assert!((400..=404).contains(&status), "{path}: {status}");
        }
        is_well(source);
    }

    fn what_is_no_utf8_is_an_error_of_the_caller(source: &Source) {
        let administrator = source.world.administrator();
        for path in [
            format!("/{}s/default%2F%FF/badges", source.kind.as_str()),
            format!("{}/%FF%FE", source.badges()),
            format!("{}?page=%FF", source.badges()),
        ] {
            let status = administrator.get(&path).status;
            assert!((400..=404).contains(&status), "{path}: {status}");
        }
        let send = |content_type: &str, body: &[u8]| {
            let call = administrator.call("POST", &source.badges()).header("Content-Type", content_type);
            call.body(body).send().status
        };
        assert_eq!(send("application/json", b"{\"name\":\"\xff\"}"), 400);
        assert!(send("application/x-www-form-urlencoded", b"name=%FF%FE&link_url=\xff") < 500);
        is_well(source);
    }

    fn a_megabyte_of_anything_is_an_error_of_the_caller(source: &Source) {
        let administrator = source.world.administrator();
        for piece in ["x", "%", "%{", "%{project_path}", "%25%7B", "http://", "<", "\u{1f6a2}"] {
            let long = piece.repeat(300_000 / piece.len());
            for name in ["name", "link_url", "image_url"] {
                let fields: Vec<_> = [("name", "a"), URLS[0], URLS[1]]
                    .map(|(field, value)| (field, if field == name { long.as_str() } else { value }))
                    .into();
                let call = administrator.call("POST", &source.badges());
                let body: serde_json::Map<_, _> = fields.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect();
                let answer = call.json(&body.into()).send();
                assert_eq!(answer.status, 400, "{name}: {piece}: {answer}");
                assert!(answer.body.len() < 1000, "what is too long is not repeated");
            }
        }
        is_well(source);
    }

    fn placeholders_as_many_as_a_url_holds_are_all_replaced(source: &Source) {
        let count = 500;
        let link = format!("http://e.com/{}", "%{project_id}".repeat(count));
        let added = source.add_with(&[("link_url", &link), URLS[1]]);
        let rendered = added["rendered_link_url"].as_str().unwrap();
        let digits = rendered.strip_prefix("http://e.com/").unwrap();
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() >= count, "{rendered}");
    }

    fn headers_cannot_be_injected_through_parameters(source: &Source) {
        let name = "a\r\nSet-Cookie: b=c\r\n\r\n<script>";
        source.add_with(&[("name", name), URLS[0], URLS[1]]);
        let answer = source.stranger().get(&format!("{}?{}", source.badges(), query(&[("name", name)]))).expect(200);
        assert!(!answer.has("set-cookie"), "{answer}");
        assert_eq!(answer.json()[0]["name"], name);
    }

    fn deep_json_is_an_error_of_the_caller(source: &Source) {
        for body in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            let call = source.world.administrator().call("POST", &source.badges());
            call.header("Content-Type", "application/json").body(body).send().expect(400);
        }
        is_well(source);
    }
}

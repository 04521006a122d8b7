//! Which URLs a badge may have (B7; the model cases of B12).

use serde_json::json;

use super::{
    source::{Source, for_project_and_group},
    world::{IMAGE, URLS},
};

const SCHEME: &str = "is blocked: Only allowed schemes are http, https";
const INVALID: &str = "is blocked: URI is invalid";
const HOST: &str = "is blocked: Hostname or IP address invalid";
const BLANK: &str = "must be a valid URL";

/// A link is taken, and kept like this.
#[track_caller]
fn takes(source: &Source<'_>, link: &str, kept: &str) {
    let answer = source.world.administrator().post(&source.badges(), &[("link_url", link), URLS[1]]);
    assert_eq!(answer.status, 201, "{link:?}: {answer}");
    assert_eq!(answer.json()["link_url"], kept);
}

/// Link and image are refused with this reason, wherever they are given.
#[track_caller]
fn refuses(source: &Source<'_>, url: &str, reason: &str) {
    let administrator = source.world.administrator();
    let link = format!(r#"{{"message":{{"link_url":["{reason}"]}}}}"#);
    let image = format!(r#"{{"message":{{"image_url":["{reason}"]}}}}"#);
    let badge = [("link_url", url), URLS[1]];
    administrator.post(&source.badges(), &badge).says(400, &link);
    administrator.put(&source.badge(source.first), &badge).says(400, &link);
    administrator.get(&source.render(&badge)).says(400, &link);
    administrator.post(&source.badges(), &[URLS[0], ("image_url", url)]).says(400, &image);
}

for_project_and_group! {
    fn http_and_https_are_taken(source: &Source) {
        for url in ["http://example.com", "https://example.com/a/b.svg?c=d&e=f#g", "HTTPS://example.com/"] {
            takes(source, url, url);
        }
    }

    fn other_schemes_and_none_are_not(source: &Source) {
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:image/svg+xml,<svg/>",
            "vbscript:x",
            "ftp://example.com/x",
            "file:///etc/passwd",
            "whatever",
            "/a/b",
            "//example.com/a",
        ] {
            refuses(source, url, SCHEME);
        }
    }

    fn blank_is_no_url(source: &Source) {
        for url in ["", " ", "\n", " \r\n\t "] {
            refuses(source, url, BLANK);
        }
    }

    fn null_is_no_url(source: &Source) {
        let call = source.world.administrator().call("POST", &source.badges());
        let answer = call.json(&json!({"link_url": null, "image_url": IMAGE})).send();
        answer.says(400, &format!(r#"{{"message":{{"link_url":["{BLANK}"]}}}}"#));
    }

    fn white_space_around_a_url_is_not_kept(source: &Source) {
        for url in ["  http://example.com/a", "http://example.com/a  ", "\thttp://example.com/a\r\n"] {
            takes(source, url, "http://example.com/a");
        }
    }

    fn private_networks_ports_and_user_names_are_taken(source: &Source) {
        for url in [
            "http://localhost/x.svg",
            "http://localhost:8080/x.svg",
            "http://127.0.0.1/x.svg",
            "http://10.1.2.3:22/x.svg",
            "http://192.168.0.1/x.svg",
            "http://example/img.svg",
            "http://does-not-exist.invalid/x.svg",
            "http://user:word@example.com/x.svg",
        ] {
            takes(source, url, url);
        }
    }

    fn unconfirmed_ipv6_addresses_are_taken(source: &Source) {
        for url in ["http://[::1]/x.svg", "http://[2001:db8::1]:8080/x.svg"] {
            takes(source, url, url);
        }
    }

    fn other_alphabets_are_taken_as_they_are(source: &Source) {
        for url in ["http://bücher.example/ü", "http://xn--bcher-kva.example/", "http://例え.jp/バッジ?q=é#ñ"] {
            takes(source, url, url);
        }
    }

    fn markup_is_taken_as_it_is(source: &Source) {
        let url = "https://example.com/?q=<script>alert('1')</script>&\"";
        takes(source, url, url);
    }

    fn a_line_break_is_no_url(source: &Source) {
        for url in ["http://example.com/\na", "http://exam\nple.com/", "http://example.com/a\r\nSet-Cookie: a=b"] {
            refuses(source, url, INVALID);
        }
    }

    fn what_cannot_be_read_as_a_url_is_none(source: &Source) {
        for url in ["http://", "http://exa mple.com/", "http://example.com:x/", "http://exa<mple.com/"] {
            refuses(source, url, INVALID);
        }
    }

    fn a_host_that_begins_badly_is_none(source: &Source) {
        for url in ["http://-example.com/", "http://.example.com/"] {
            refuses(source, url, HOST);
        }
    }

    fn placeholders_may_stand_in_path_query_and_fragment(source: &Source) {
        for name in super::placeholders::NAMES {
            let url = format!("http://example.com/%{{{name}}}/a?b=%{{{name}}}#%{{{name}}}");
            takes(source, &url, &url);
        }
    }

    fn derived_a_placeholder_in_the_host_is_no_url(source: &Source) {
        for url in ["https://%{gitlab_server}/x", "https://a.%{gitlab_server}/", "https://%{group_name}.example"] {
            refuses(source, url, INVALID);
        }
    }

    fn the_limit_is_8192_bytes(source: &Source) {
        let url = |length: usize| format!("http://example.com/{}", "x".repeat(length - "http://example.com/".len()));
        takes(source, &url(8192), &url(8192));
        for url in [url(8193), url(500_000)] {
            let answer = source.world.administrator().post(&source.badges(), &[("link_url", &url), URLS[1]]);
            answer.says(400, r#"{"message":{"link_url":["is too long (maximum is 8192 characters)"]}}"#);
        }
    }
}

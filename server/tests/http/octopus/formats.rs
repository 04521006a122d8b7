//! The files that a badge comes as: SVG, JSON and PNG.

use std::collections::BTreeSet;

use burgee_domain::release_badge::colors;
use serde_json::json;

use crate::support::{Answer, TestServer, accessible_name, badge_path, on_both_engines, published};

/// Width and height of a PNG.
fn size(png: &Answer) -> (u32, u32) {
    assert_eq!(png.header("content-type"), "image/png");
    assert!(png.body.starts_with(b"\x89PNG\r\n\x1a\n"), "{png}");
    let number = |at: usize| u32::from_be_bytes(png.body[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// Width and height that an SVG declares, in whole pixels.
fn declared_size(svg: &Answer) -> (u32, u32) {
    let document = roxmltree::Document::parse(svg.text()).unwrap();
    let number = |name: &str| document.root_element().attribute(name).unwrap().parse::<f32>().unwrap().ceil();
    (number("width") as u32, number("height") as u32)
}

on_both_engines! {
    fn a_badge_is_an_svg_with_and_without_its_extension(server: &TestServer) {
        published(server);
        let plain = server.get(&badge_path("latest_release")).expect(200);
        let named = server.get(&badge_path("latest_release.svg")).expect(200);
        assert_eq!(plain.body, named.body);
        assert_eq!(accessible_name(&plain), "Production: 1.2.3");
        for header in ["content-type", "cache-control", "etag"] {
            assert_eq!(plain.header(header), named.header(header));
        }
    }

    fn json_is_exactly_what_a_shields_endpoint_takes(server: &TestServer) {
        published(server);
        let answer = server.get(&badge_path("latest_release.json")).expect(200);
        assert_eq!(answer.header("content-type"), "application/json");
        let expected = json!({"schemaVersion": 1, "label": "Production", "message": "1.2.3", "color": colors::GREEN});
        assert_eq!(answer.json(), expected, "shields.io refuses any further key");
    }

    fn json_has_four_keys_whatever_the_badge_says(server: &TestServer) {
        published(server);
        server.report(&json!({"project": "other", "environment": "Staging", "tenant": "Line 7", "status": "failed"}));
        let keys = BTreeSet::from(["color", "label", "message", "schemaVersion"]);
        for path in [
            badge_path("latest_release.json?style=social&label=project"),
            "/api/default/projects/web-shop/badge/staging/latest_release.json".to_owned(),
            badge_path("latest_release.json?tenantId=line-7&label=tenant&includeFailed=true"),
        ] {
            let badge = server.get(&path).expect(200).json();
            assert_eq!(badge.as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(), keys, "{path}");
        }
    }

    fn a_png_has_the_size_of_the_svg_times_its_scale(server: &TestServer) {
        published(server);
        for style in ["flat", "for-the-badge"] {
            let (width, height) =
                declared_size(&server.get(&badge_path(&format!("latest_release?style={style}"))).expect(200));
            for scale in 1..=4 {
                let png =
                    server.get(&badge_path(&format!("latest_release.png?style={style}&scale={scale}"))).expect(200);
                assert_eq!(size(&png), (width * scale, height * scale), "{style} at {scale}");
            }
            let png = server.get(&badge_path(&format!("latest_release.png?style={style}"))).expect(200);
            assert_eq!(size(&png), (width, height), "{style}");
        }
    }

    fn head_says_what_get_says_without_the_body(server: &TestServer) {
        published(server);
        for file in [
            "latest_release",
            "latest_release.svg",
            "latest_release.json",
            "latest_release.png",
            "latest_release.json?style=x",
        ] {
            let get = server.get(&badge_path(file));
            let head = server.call("HEAD", &badge_path(file)).send();
            assert_eq!(head.status, get.status, "{file}");
            assert!(head.body.is_empty(), "{file}");
            for (name, value) in &get.headers {
                if name != "date" {
                    assert_eq!(head.headers.get(name), Some(value), "{file}: {name}");
                }
            }
        }
    }

    fn the_name_of_the_file_is_read_in_any_case(server: &TestServer) {
        published(server);
        for file in ["LATEST_RELEASE", "Latest_Release.SVG"] {
            assert_eq!(accessible_name(&server.get(&badge_path(file)).expect(200)), "Production: 1.2.3");
        }
    }

    fn another_file_is_not_there(server: &TestServer) {
        published(server);
        for file in ["latest", "latest_release.gif", "latest_release.svg.png", "latest_release_x"] {
            assert_eq!(accessible_name(&server.get(&badge_path(file)).expect(404)), "badge: not found", "{file}");
        }
    }
}

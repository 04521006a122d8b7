//! PNGs: errors as images, long texts, and more requests than can be drawn.

use std::{collections::BTreeSet, thread};

use serde_json::json;

use crate::support::{Answer, Engine, Setup, TestServer, badge_path, published};

/// A badge on SQLite: what is drawn does not depend on the database.
fn start() -> TestServer {
    let server = Setup::on(Engine::Sqlite).start();
    published(&server);
    server
}

/// A badge whose texts are as long as names can be.
fn start_with_long_texts() -> TestServer {
    let server = start();
    server.report(&json!({
        "project": "Web Shop", "environment": "Production", "release": "W".repeat(500), "status": "succeeded",
    }));
    server.change_project("default/web-shop", &json!({"title": "W".repeat(500)}));
    server
}

/// Width and height of a PNG.
fn size(png: &Answer) -> (u32, u32) {
    assert_eq!(png.header("content-type"), "image/png");
    let number = |at: usize| u32::from_be_bytes(png.body[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn wrong_values_of_a_parameter_are_one_image() {
    let server = start();
    let image = |query: &str| server.get(&badge_path(&format!("latest_release.png?{query}"))).expect(400);
    let first = image("style=nothing");
    assert_eq!(first.header("content-type"), "image/png");
    for query in ["style=other", "style=flat&style=flat", "style=%00", "scale=2&style=x"] {
        assert_eq!(image(query).body, first.body, "{query}");
    }
    assert_ne!(image("scale=9").body, first.body, "it says which parameter is wrong");
    let svg = server.get(&badge_path("latest_release?style=nothing")).expect(400);
    assert!(svg.text().contains("nothing"), "the SVG says what is wrong: {svg}");
}

#[test]
fn long_texts_are_drawn_at_a_smaller_scale() {
    let server = start_with_long_texts();
    for style in ["flat", "for-the-badge"] {
        let png = |scale: u8| {
            let file = format!("latest_release.png?label=project&style={style}&scale={scale}");
            server.get(&badge_path(&file)).expect(200)
        };
        let (width, height) = size(&png(1));
        assert!(width > 10_000, "{width}");
        let (scaled_width, scaled_height) = size(&png(4));
        assert!(u64::from(scaled_width) * u64::from(scaled_height) <= 1024 * 1024, "{scaled_width} × {scaled_height}");
        assert_eq!(scaled_width / width, scaled_height / height);
    }
}

#[test]
fn more_images_than_wait_are_answered_503() {
    let server = start_with_long_texts();
    let mut files = Vec::new();
    for style in ["flat", "flat-square", "plastic", "for-the-badge", "social"] {
        for label in ["project", "environment", "release"] {
            for include_failed in [true, false] {
                for scale in 1..=4 {
                    files.push(format!(
                        "latest_release.png?style={style}&label={label}&includeFailed={include_failed}&scale={scale}"
                    ));
                }
            }
        }
    }
    let statuses: BTreeSet<u16> = thread::scope(|scope| {
        let answers: Vec<_> = files.iter().map(|file| scope.spawn(|| server.get(&badge_path(file)))).collect();
        answers
            .into_iter()
            .map(|answer| {
                let answer = answer.join().unwrap();
                assert_eq!(answer.header("content-type"), "image/png");
                if answer.status == 503 {
                    assert_eq!(answer.header("retry-after"), "1");
                    assert_eq!(answer.header("cache-control"), "no-store");
                }
                answer.status
            })
            .collect()
    });
    assert_eq!(statuses, BTreeSet::from([200, 503]));
    server.get(&badge_path(&files[0])).expect(200);
}

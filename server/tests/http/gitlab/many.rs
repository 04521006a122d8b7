//! More than 10,000 badges: their number is not told any more (B11).

use super::{source::Kind, world::World};
use crate::support::{Engine, Setup};

/// One more than what is counted.
const MANY: usize = 10_001;

#[test]
fn over_ten_thousand_the_total_and_the_last_page_are_left_out() {
    let server = Setup::on(Engine::Sqlite).start();
    let world = World::of(&server);
    let project = world.source(Kind::Project, super::world::PUBLIC_PROJECT);
    let list = |query: &str| world.anonymous().get(&format!("{}?{query}", project.badges())).expect(200);
    for _ in 1..MANY {
        project.add("one of many");
    }
    assert_eq!(list("").header("x-total"), "10000");
    assert!(list("").header("link").contains("rel=\"last\""));
    project.add("one too many");
    let answer = list("page=2");
    assert!(!answer.has("x-total") && !answer.has("x-total-pages"), "{answer}");
    assert_eq!((answer.header("x-page"), answer.header("x-next-page"), answer.header("x-prev-page")), ("2", "3", "1"));
    let relations: Vec<_> = answer.header("link").split("rel=").skip(1).map(|rest| &rest[..5]).collect();
    assert_eq!(relations, ["\"prev", "\"next", "\"firs"], "{answer}");
}

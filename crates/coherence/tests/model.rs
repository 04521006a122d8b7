//! The protocol of `burgee-coherence` in every interleaving, by the model checker `loom`: whoever asks after a write was
//! acknowledged never gets an answer from before it. Each rule, broken on purpose, is found.

#![expect(missing_docs, reason = "a test")]

use burgee_coherence::{Change, Changes, Dependencies, Generations, Moment};
use loom::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

const PROJECT: i64 = 7;
const SPACE: i64 = 1;

/// A cached answer: the value that was read, and when its computation began.
#[derive(Clone, Copy)]
struct Answer {
    value: u64,
    began: Moment,
}

/// A database with one value, a cache with one entry, and a flight that a second reader may join.
struct World {
    generations: Generations,
    database: AtomicU64,
    acknowledged: AtomicBool,
    cache: Mutex<Option<Answer>>,
}

/// Which rule is broken.
#[derive(Clone, Copy, PartialEq)]
enum Broken {
    Nothing,
    AdvancesAfterAcknowledging,
    TakesTheMomentAfterReading,
    StoresWithoutMoment,
    FollowersDoNotCheck,
    ForgetsToAdvance,
}

impl World {
    fn new() -> Self {
        Self {
            generations: Generations::default(),
            database: AtomicU64::new(0),
            acknowledged: AtomicBool::new(false),
            cache: Mutex::new(None),
        }
    }

    fn dependencies() -> Dependencies {
        Dependencies::on_project(PROJECT, SPACE)
    }

    fn write(&self, broken: Broken) {
        let mut changes = Changes::default();
        changes.add(Change::Project(PROJECT));
        self.database.store(1, Ordering::Release);
        if broken == Broken::AdvancesAfterAcknowledging {
            self.acknowledged.store(true, Ordering::Release);
        }
        if broken != Broken::ForgetsToAdvance {
            self.generations.advance(&changes);
        }
        self.acknowledged.store(true, Ordering::Release);
    }

    fn compute(&self, broken: Broken) -> Answer {
        if broken == Broken::TakesTheMomentAfterReading {
            let value = self.database.load(Ordering::Acquire);
            return Answer { value, began: self.generations.now() };
        }
        let began = self.generations.now();
        Answer { value: self.database.load(Ordering::Acquire), began }
    }

    /// A request: from the cache if the entry holds, else computed and stored.
    fn read(&self, broken: Broken) -> u64 {
        let hit = *self.cache.lock().unwrap();
        let holds = |answer: &Answer| {
            broken == Broken::StoresWithoutMoment || self.generations.hold(&Self::dependencies(), answer.began)
        };
        if let Some(answer) = hit.filter(holds) {
            return answer.value;
        }
        let answer = self.compute(broken);
        if self.generations.hold(&Self::dependencies(), answer.began) {
            *self.cache.lock().unwrap() = Some(answer);
        }
        answer.value
    }

    /// A request that finds another's flight, which may have begun at any time, and waits for its answer.
    fn follow(&self, flight: &Mutex<Option<Answer>>, broken: Broken) -> u64 {
        let arrived = self.generations.now();
        let landed = *flight.lock().unwrap();
        match landed {
            Some(answer)
                if broken == Broken::FollowersDoNotCheck
                    || self.generations.serves(&Self::dependencies(), answer.began, arrived) =>
            {
                answer.value
            }
            _ => self.compute(broken).value,
        }
    }
}

/// A writer, a reader that fills the cache, and a reader who asks after the acknowledgement.
fn cached(broken: Broken) {
    loom::model(move || {
        let world = Arc::new(World::new());
        let [writer, filler] = [Arc::clone(&world), Arc::clone(&world)];
        let writing = thread::spawn(move || writer.write(broken));
        let filling = thread::spawn(move || {
            filler.read(broken);
        });
        if world.acknowledged.load(Ordering::Acquire) {
            assert_eq!(world.read(broken), 1, "stale");
        }
        writing.join().unwrap();
        filling.join().unwrap();
        assert_eq!(world.read(broken), 1, "stale for ever");
    });
}

/// A writer, a flight, and a follower that joins it after the acknowledgement.
fn followed(broken: Broken) {
    loom::model(move || {
        let world = Arc::new(World::new());
        let flight = Arc::new(Mutex::new(None));
        let [writer, leader] = [Arc::clone(&world), Arc::clone(&world)];
        let landing = Arc::clone(&flight);
        let writing = thread::spawn(move || writer.write(broken));
        let flying = thread::spawn(move || {
            let answer = leader.compute(broken);
            *landing.lock().unwrap() = Some(answer);
        });
        if world.acknowledged.load(Ordering::Acquire) {
            assert_eq!(world.follow(&flight, broken), 1, "stale");
        }
        writing.join().unwrap();
        flying.join().unwrap();
    });
}

#[test]
fn nobody_gets_an_answer_older_than_an_acknowledged_write() {
    cached(Broken::Nothing);
}

#[test]
fn a_follower_never_gets_an_answer_older_than_its_own_arrival() {
    followed(Broken::Nothing);
}

#[test]
#[should_panic(expected = "stale")]
fn advancing_behind_the_acknowledgement_is_found() {
    cached(Broken::AdvancesAfterAcknowledging);
}

#[test]
#[should_panic(expected = "stale")]
fn taking_the_moment_after_reading_is_found() {
    cached(Broken::TakesTheMomentAfterReading);
}

#[test]
#[should_panic(expected = "stale")]
fn hits_that_do_not_check_are_found() {
    cached(Broken::StoresWithoutMoment);
}

#[test]
#[should_panic(expected = "stale")]
fn a_write_that_forgets_to_advance_is_found() {
    cached(Broken::ForgetsToAdvance);
}

#[test]
#[should_panic(expected = "stale")]
fn followers_that_do_not_check_are_found() {
    followed(Broken::FollowersDoNotCheck);
}

//! One computation for all who ask the same question at the same time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use burgee_store::{Generations, Moment};
use tokio::sync::watch;

use super::Finished;

/// The computations under way.
#[derive(Default)]
pub(crate) struct Flights(Mutex<HashMap<Box<str>, Landing>>);

type Landing = watch::Receiver<Option<Arc<Finished>>>;

impl Flights {
    /// The answer that `compute` gives, or one that another request's computation gives in this moment, if that is right
    /// for a request that arrives now. `None` if the computation ended without an answer.
    ///
    /// A computation is a task of its own: it goes on, and helps others, when its request goes away.
    pub(crate) async fn join<F>(
        self: &Arc<Self>,
        question: Box<str>,
        generations: &Generations,
        compute: impl FnOnce(Moment) -> F,
    ) -> Option<Arc<Finished>>
    where
        F: Future<Output = Arc<Finished>> + Send + 'static,
    {
        let arrived = generations.now();
        let (mut landing, leads) = match self.lock().entry(question.clone()) {
            std::collections::hash_map::Entry::Occupied(flight) => (flight.get().clone(), None),
            std::collections::hash_map::Entry::Vacant(place) => {
                let (sender, landing) = watch::channel(None);
                place.insert(landing.clone());
                (landing, Some(sender))
            }
        };
        match leads {
            Some(sender) => {
                let landed = Landed { flights: Arc::clone(self), question };
                let computation = compute(arrived);
                tokio::spawn(async move {
                    let answer = computation.await;
                    // Who comes later finds it in the cache, or begins anew.
                    drop(landed);
                    sender.send_replace(Some(answer));
                });
                land(&mut landing).await
            }
            None => match land(&mut landing).await {
                Some(answer) if answer.serves(generations, arrived) => Some(answer),
                // Older than this request, or for another caller alone.
                _ => Some(compute(generations.now()).await),
            },
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Landing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn land(landing: &mut Landing) -> Option<Arc<Finished>> {
    landing.wait_for(Option::is_some).await.ok()?.clone()
}

/// Takes a flight off the list, also when its computation panics.
struct Landed {
    flights: Arc<Flights>,
    question: Box<str>,
}

impl Drop for Landed {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.question);
    }
}

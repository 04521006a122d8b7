//! A limit on sign-in attempts, by client address and by account, so that passwords cannot be tried out.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

/// Attempts that are allowed at once.
const BURST: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
/// Then one in this time.
const THEN_EVERY: Duration = Duration::from_secs(30);

/// Counts attempts.
pub(crate) struct Attempts {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
}

impl Attempts {
    pub(crate) fn new() -> Self {
        Self { by_address: RateLimiter::keyed(quota()), by_account: RateLimiter::keyed(quota()) }
    }

    /// Counts one attempt.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub(crate) fn count(&self, address: IpAddr, account: &str) -> Result<(), Duration> {
        // Forgets who has not tried for a while, so that memory stays bounded.
        self.by_address.retain_recent();
        self.by_account.retain_recent();
        let now = DefaultClock::default().now();
        self.by_address.check_key(&address).map_err(|busy| busy.wait_time_from(now))?;
        self.by_account.check_key(&account.to_lowercase()).map_err(|busy| busy.wait_time_from(now))
    }
}

fn quota() -> Quota {
    Quota::with_period(THEN_EVERY).unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN)).allow_burst(BURST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_has_to_wait_and_others_do_not() {
        let attempts = Attempts::new();
        let [one, two] = [IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2])];
        for n in 0..10 {
            assert!(attempts.count(one, &format!("a{n}")).is_ok());
        }
        let wait = attempts.count(one, "b").unwrap_err();
        assert!(wait <= THEN_EVERY && !wait.is_zero());
        assert!(attempts.count(two, "b").is_ok());
    }

    #[test]
    fn an_account_is_guarded_from_many_addresses_too() {
        let attempts = Attempts::new();
        for n in 0..10 {
            assert!(attempts.count(IpAddr::from([192, 0, 2, n]), "admin").is_ok());
        }
        assert!(attempts.count(IpAddr::from([192, 0, 2, 99]), "Admin").is_err());
    }
}

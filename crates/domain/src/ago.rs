//! Times and durations as people say them: "4 min ago", "2 m 10 s". The exact time belongs in a `title`.

use chrono::{DateTime, TimeDelta, Utc};

/// How long before `now` the time `then` was. Times in the future (clocks differ) count as just now.
#[must_use]
pub fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - then).num_seconds();
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        ..5 => "just now".to_owned(),
        5..60 => format!("{seconds} s ago"),
        60..3600 => format!("{minutes} min ago"),
        3600..86_400 => format!("{hours} h ago"),
        _ if days == 1 => "yesterday".to_owned(),
        _ if days < 21 => format!("{days} days ago"),
        _ if days < 70 => format!("{} weeks ago", days / 7),
        _ if days < 730 => format!("{} months ago", days / 30),
        _ => format!("{} years ago", days / 365),
    }
}

/// A duration in its two largest units.
#[must_use]
pub fn duration(delta: TimeDelta) -> String {
    let seconds = delta.num_seconds().max(0);
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        3600..86_400 => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds % 86_400 / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_relative_and_never_in_the_future() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for (seconds, words) in [
            (-60, "just now"),
            (12, "12 s ago"),
            (240, "4 min ago"),
            (7200, "2 h ago"),
            (90_000, "yesterday"),
            (86_400 * 9, "9 days ago"),
            (86_400 * 21, "3 weeks ago"),
        ] {
            assert_eq!(ago(now - TimeDelta::seconds(seconds), now), words);
        }
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(duration(TimeDelta::seconds(40)), "40 s");
        assert_eq!(duration(TimeDelta::seconds(130)), "2 min 10 s");
        assert_eq!(duration(TimeDelta::seconds(90_000)), "1 d 1 h");
    }
}

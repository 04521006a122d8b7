//! Numbers as they stand in the SVG.

use alloc::string::String;

/// All pairs of digits, so that a number is copied in pairs.
static PAIRS: &str = concat!(
    "00010203040506070809101112131415161718192021222324",
    "25262728293031323334353637383940414243444546474849",
    "50515253545556575859606162636465666768697071727374",
    "75767778798081828384858687888990919293949596979899",
);

/// Appends a whole number.
pub(crate) fn push_whole(svg: &mut String, value: u64) {
    let (before, last) = (value / 100, value % 100);
    if before == 0 {
        push_below_100(svg, last);
        return;
    }
    if before < 100 {
        push_below_100(svg, before);
    } else {
        push_whole(svg, before);
    }
    push_pair(svg, last);
}

/// Appends hundredths with as many places as they need: 30625 is `306.25`, 37250 is `372.5`.
pub(crate) fn push_hundredths(svg: &mut String, value: u64) {
    push_whole(svg, value / 100);
    let places = value % 100;
    if places != 0 {
        svg.push('.');
        if places.is_multiple_of(10) {
            push_below_100(svg, places / 10);
        } else {
            push_pair(svg, places);
        }
    }
}

fn push_below_100(svg: &mut String, value: u64) {
    if value < 10 {
        push_digit(svg, value);
    } else {
        push_pair(svg, value);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "below 100")]
fn push_pair(svg: &mut String, value: u64) {
    let at = 2 * value as usize;
    svg.push_str(&PAIRS[at..at + 2]);
}

#[expect(clippy::cast_possible_truncation, reason = "a digit")]
fn push_digit(svg: &mut String, digit: u64) {
    svg.push(char::from(b'0' + digit as u8));
}

#[cfg(test)]
mod tests {
    use alloc::{format, string::String};

    use super::{push_hundredths, push_whole};

    #[test]
    fn numbers_have_the_places_that_they_need() {
        for (value, text) in [(0, "0"), (7, "0.07"), (50, "0.5"), (125, "1.25"), (37250, "372.5"), (14_500, "145")] {
            let mut svg = String::new();
            push_hundredths(&mut svg, value);
            assert_eq!(svg, text);
        }
    }

    #[test]
    fn whole_numbers_are_written_as_they_are() {
        for value in (0..20_000).chain([99_999, 100_000, 1_000_001, u64::MAX]) {
            let mut svg = String::new();
            push_whole(&mut svg, value);
            assert_eq!(svg, format!("{value}"));
        }
    }
}

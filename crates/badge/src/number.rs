//! Numbers as they stand in the SVG.

/// A number, written once and then put in wherever it is needed.
#[derive(Clone, Copy)]
pub(crate) struct Number {
    digits: [u8; LONGEST],
    start: usize,
}

/// `18446744073709551615` and a point.
const LONGEST: usize = 21;

impl Number {
    pub(crate) fn whole(value: u64) -> Self {
        Self { digits: [0; LONGEST], start: LONGEST }.before(value)
    }

    /// With as many places as it needs: 30625 is `306.25`, 37250 is `372.5`.
    pub(crate) fn hundredths(value: u64) -> Self {
        let (whole, places) = (value / 100, value % 100);
        let mut number = Self { digits: [0; LONGEST], start: LONGEST };
        if places != 0 {
            if !places.is_multiple_of(10) {
                number = number.digit(places % 10);
            }
            number = number.digit(places / 10);
            number.start -= 1;
            number.digits[number.start] = b'.';
        }
        number.before(whole)
    }

    pub(crate) fn as_str(&self) -> &str {
        // Only ASCII was ever put in.
        core::str::from_utf8(&self.digits[self.start..]).unwrap_or_default()
    }

    fn before(mut self, mut value: u64) -> Self {
        loop {
            self = self.digit(value % 10);
            value /= 10;
            if value == 0 {
                return self;
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a digit")]
    fn digit(mut self, digit: u64) -> Self {
        self.start -= 1;
        self.digits[self.start] = b'0' + digit as u8;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_have_the_places_that_they_need() {
        for (value, text) in [(0, "0"), (7, "0.07"), (50, "0.5"), (125, "1.25"), (37250, "372.5"), (14_500, "145")] {
            assert_eq!(Number::hundredths(value).as_str(), text);
        }
        assert_eq!(Number::whole(u64::MAX).as_str(), "18446744073709551615");
        assert_eq!(Number::hundredths(u64::MAX).as_str(), "184467440737095516.15");
    }
}

//! CSS colours, as npm css-color-converter 2.0.0 reads them for badge-maker: which texts are colours, and how bright.

use crate::text::is_js_space;

/// Red, green and blue, up to 255 each; `None` is JavaScript's NaN.
type Channels = [Option<u32>; 3];

/// Whether text on the colour is dark; `None` if the text is no colour.
pub(super) fn is_light(text: &str) -> Option<bool> {
    if let Some(digits) = text.strip_prefix('#') {
        return (matches!(digits.len(), 3 | 4 | 6 | 8) && is_hex(digits)).then(|| is_light_hex(digits));
    }
    if LIGHT.binary_search(&text).is_ok() {
        return Some(true);
    }
    if DARK.binary_search(&text).is_ok() {
        return Some(false);
    }
    Reader(text).function().map(is_light_channels)
}

pub(super) fn is_hex(digits: &str) -> bool {
    digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Three, four, six or eight hex digits; opacity does not count.
pub(super) fn is_light_hex(digits: &str) -> bool {
    let digit = |at: usize| digits.as_bytes().get(at).and_then(|&b| char::from(b).to_digit(16));
    let channel = |at: usize| {
        if digits.len() < 6 { digit(at).map(|d| d * 17) } else { Some(digit(2 * at)? * 16 + digit(2 * at + 1)?) }
    };
    is_light_channels([channel(0), channel(1), channel(2)])
}

/// Quirk: brightness is (299 R + 587 G + 114 B) / 255000, rounded to hundredths, and light is what is above 0.69: a sum
/// above 177225. What is not a number is light.
fn is_light_channels(channels: Channels) -> bool {
    match channels {
        [Some(r), Some(g), Some(b)] => r * 299 + g * 587 + b * 114 > 177_225,
        _ => true,
    }
}

/// The rest of a text that is being read; each method takes what it names off, or nothing.
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    /// `rgb()` and `hsl()`, with or without opacity.
    fn function(mut self) -> Option<Channels> {
        let is_hsl = !self.take("rgb");
        if is_hsl && !self.take("hsl") {
            return None;
        }
        self.take("a");
        self.take("(").then_some(())?;
        self.space();
        if is_hsl { self.hsl() } else { self.rgb() }
    }

    /// All three with `%` or none, between commas or between spaces.
    fn rgb(mut self) -> Option<Channels> {
        let first = self.digits()?;
        let percent = self.take("%");
        let spaced = self.space();
        let commas = self.take(",");
        if !commas && !spaced {
            return None;
        }
        self.space();
        let second = self.digits()?;
        (self.take("%") == percent).then_some(())?;
        let spaced = self.space();
        (if commas { self.take(",") } else { spaced }).then_some(())?;
        self.space();
        let third = self.digits()?;
        (self.take("%") == percent).then_some(())?;
        self.opacity_and_end(if commas { "," } else { "/" })?;
        Some([first, second, third].map(|digits| {
            if percent { Some((number(digits) * 255.0 / 100.0).min(255.0) as u32) } else { channel(digits) }
        }))
    }

    fn hsl(mut self) -> Option<Channels> {
        let hue = number(self.digits()?);
        let unit = [("deg", 1.0), ("rad", 180.0 / core::f64::consts::PI), ("grad", 0.9), ("turn", 360.0)]
            .into_iter()
            .find_map(|(unit, degrees)| self.take(unit).then_some(degrees));
        let hue = rounded(unit.unwrap_or(1.0) * hue * 100_000.0) / 100_000.0;
        let mut percent = || {
            self.space();
            self.take(",").then_some(())?;
            self.space();
            let digits = self.digits()?;
            self.take("%").then(|| number(digits))
        };
        let (saturation, lightness) = (percent()?, percent()?);
        self.opacity_and_end(",")?;
        Some(rgb_of_hsl(hue, saturation, lightness).map(parse_int))
    }

    fn opacity_and_end(mut self, separator: &str) -> Option<()> {
        self.space();
        if self.take(separator) {
            self.space();
            self.opacity()?;
            self.space();
        }
        (self.0 == ")").then_some(())
    }

    /// `0`, `1`, a fraction of one, or a percentage.
    fn opacity(&mut self) -> Option<()> {
        let whole = self.digits().unwrap_or_default();
        let is_some = if self.take("%") {
            !whole.is_empty()
        } else if self.take(".") {
            matches!(whole, "" | "0") && self.digits().is_some()
        } else {
            matches!(whole, "0" | "1")
        };
        is_some.then_some(())
    }

    fn take(&mut self, what: &str) -> bool {
        self.0.strip_prefix(what).map(|rest| self.0 = rest).is_some()
    }

    fn space(&mut self) -> bool {
        let rest = self.0.trim_start_matches(is_js_space);
        let is_some = rest.len() < self.0.len();
        self.0 = rest;
        is_some
    }

    fn digits(&mut self) -> Option<&'a str> {
        let rest = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &self.0[..self.0.len() - rest.len()];
        self.0 = rest;
        Some(digits).filter(|digits| !digits.is_empty())
    }
}

fn number(digits: &str) -> f64 {
    digits.bytes().fold(0.0, |value, b| value * 10.0 + f64::from(b - b'0'))
}

/// Quirk: a number is turned into a text and read again, so that `1e21` is 1; and what JavaScript finds infinite is not a
/// number afterwards.
fn channel(digits: &str) -> Option<u32> {
    let digits = digits.trim_start_matches('0');
    match digits.len() {
        0..=3 => Some((number(digits) as u32).min(255)),
        4..=21 => Some(255),
        22..=308 => digits.bytes().next().map(|b| u32::from(b - b'0')),
        _ => None,
    }
}

/// The same quirk for what comes out of a calculation: `2.8e-14` is 2.
fn parse_int(value: f64) -> Option<u32> {
    let first_digit = |mut value: f64, factor: f64| {
        while !(1.0..10.0).contains(&value) {
            value *= factor;
        }
        value as u32
    };
    if !value.is_finite() {
        None
    } else if value >= 1e21 {
        Some(first_digit(value, 0.1))
    } else if value > 0.0 && value < 1e-6 {
        Some(first_digit(value, 10.0))
    } else {
        Some((value as u32).min(255))
    }
}

fn rgb_of_hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let (sixth, saturation, lightness) = (hue / 60.0, saturation / 100.0, lightness / 100.0);
    let chroma = (1.0 - absolute(2.0 * lightness - 1.0)) * saturation;
    let second = chroma * (1.0 - absolute(remainder_of_two(sixth) - 1.0));
    let least = lightness - chroma / 2.0;
    let [r, g, b] = match sixth {
        ..1.0 => [chroma, second, 0.0],
        ..2.0 => [second, chroma, 0.0],
        ..3.0 => [0.0, chroma, second],
        ..4.0 => [0.0, second, chroma],
        ..5.0 => [second, 0.0, chroma],
        // Quirk: beyond a full turn too.
        _ => [chroma, 0.0, second],
    };
    [(r + least) * 255.0, (g + least) * 255.0, (b + least) * 255.0]
}

const fn absolute(value: f64) -> f64 {
    if value < 0.0 { -value } else { value }
}

/// The nearest whole number of one that is not negative.
fn rounded(value: f64) -> f64 {
    if value < 9e15 { (value + 0.5) as u64 as f64 } else { value }
}

fn remainder_of_two(value: f64) -> f64 {
    if value < 9e15 {
        value - 2.0 * ((value / 2.0) as u64 as f64)
    } else if value.is_finite() {
        0.0
    } else {
        f64::NAN
    }
}

/// CSS colours that are dark text's ground, sorted.
const LIGHT: [&str; 60] = [
    "aliceblue",
    "antiquewhite",
    "aqua",
    "aquamarine",
    "azure",
    "beige",
    "bisque",
    "blanchedalmond",
    "burlywood",
    "chartreuse",
    "cornsilk",
    "cyan",
    "floralwhite",
    "gainsboro",
    "ghostwhite",
    "gold",
    "greenyellow",
    "honeydew",
    "ivory",
    "khaki",
    "lavender",
    "lavenderblush",
    "lawngreen",
    "lemonchiffon",
    "lightblue",
    "lightcyan",
    "lightgoldenrodyellow",
    "lightgray",
    "lightgreen",
    "lightgrey",
    "lightpink",
    "lightsalmon",
    "lightskyblue",
    "lightsteelblue",
    "lightyellow",
    "linen",
    "mintcream",
    "mistyrose",
    "moccasin",
    "navajowhite",
    "oldlace",
    "palegoldenrod",
    "palegreen",
    "paleturquoise",
    "papayawhip",
    "peachpuff",
    "pink",
    "plum",
    "powderblue",
    "sandybrown",
    "seashell",
    "silver",
    "skyblue",
    "snow",
    "tan",
    "thistle",
    "wheat",
    "white",
    "whitesmoke",
    "yellow",
];

/// The other CSS colours, sorted.
const DARK: [&str; 88] = [
    "black",
    "blue",
    "blueviolet",
    "brown",
    "cadetblue",
    "chocolate",
    "coral",
    "cornflowerblue",
    "crimson",
    "darkblue",
    "darkcyan",
    "darkgoldenrod",
    "darkgray",
    "darkgreen",
    "darkgrey",
    "darkkhaki",
    "darkmagenta",
    "darkolivegreen",
    "darkorange",
    "darkorchid",
    "darkred",
    "darksalmon",
    "darkseagreen",
    "darkslateblue",
    "darkslategray",
    "darkslategrey",
    "darkturquoise",
    "darkviolet",
    "deeppink",
    "deepskyblue",
    "dimgray",
    "dimgrey",
    "dodgerblue",
    "firebrick",
    "forestgreen",
    "fuchsia",
    "goldenrod",
    "gray",
    "green",
    "grey",
    "hotpink",
    "indianred",
    "indigo",
    "lightcoral",
    "lightseagreen",
    "lightslategray",
    "lightslategrey",
    "lime",
    "limegreen",
    "magenta",
    "maroon",
    "mediumaquamarine",
    "mediumblue",
    "mediumorchid",
    "mediumpurple",
    "mediumseagreen",
    "mediumslateblue",
    "mediumspringgreen",
    "mediumturquoise",
    "mediumvioletred",
    "midnightblue",
    "navy",
    "olive",
    "olivedrab",
    "orange",
    "orangered",
    "orchid",
    "palevioletred",
    "peru",
    "purple",
    "rebeccapurple",
    "red",
    "rosybrown",
    "royalblue",
    "saddlebrown",
    "salmon",
    "seagreen",
    "sienna",
    "slateblue",
    "slategray",
    "slategrey",
    "springgreen",
    "steelblue",
    "teal",
    "tomato",
    "turquoise",
    "violet",
    "yellowgreen",
];

#[cfg(test)]
mod tests {
    use super::{DARK, LIGHT, is_light};

    #[test]
    fn names_are_sorted() {
        assert!(LIGHT.is_sorted() && DARK.is_sorted());
        assert_eq!(LIGHT.len() + DARK.len(), 148);
    }

    #[test]
    fn functions_are_read_as_css_color_converter_reads_them() {
        for text in [
            "rgb(1,2,3)",
            "rgba( 1 , 2 , 3 , .5 )",
            "rgb(10% 20% 30% / 5%)",
            "rgba(1 2 3/1)",
            "rgb(999,0,0)",
            "hsl(120,100%,25%)",
            "hsla(2turn, 3%, 4%, 0.25)",
        ] {
            assert_eq!(is_light(text), Some(false), "{text}");
        }
        for text in [
            "rgb(1,2)",
            "rgb(1,2 3)",
            "rgb(1%,2,3)",
            "rgb(1,2,3,2)",
            "rgb(1,2,3,1.0)",
            "rgb(-1,2,3)",
            "rgb(1 2 3, .5)",
            "hsl(1 2% 3%)",
            "hsl(1,2,3)",
            "rgb (1,2,3)",
            "rgb(1,2,3) ",
        ] {
            assert_eq!(is_light(text), None, "{text}");
        }
    }

    #[test]
    fn the_threshold_is_0_69() {
        // 118·299 + 192·587 + 255·114 … the sums next to 177225
        assert_eq!(is_light("rgb(177,177,177)"), Some(false));
        assert_eq!(is_light("rgb(178,178,178)"), Some(true));
        assert_eq!(is_light("rgb(176,178,176)"), Some(false));
    }
}

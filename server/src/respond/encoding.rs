//! Content codings: which one a caller accepts (RFC 9110, 12.5.3), and compression of finished bodies.

use std::io::Write;

use axum::http::{HeaderMap, HeaderValue, header};

/// A content coding that Burgee sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    /// As it is; sent without `Content-Encoding`.
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The value of `Content-Encoding`; `None` for identity, which has none.
    pub(crate) const fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }

    /// The coding's registered name.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}

/// Returns the coding that the caller weighs highest, Brotli before gzip before identity if they weigh the same.
///
/// Without `Accept-Encoding`, and if nothing that Burgee can send is acceptable, that is identity: RFC 9110 allows to
/// send it then, and a badge without compression is more use than a 406. Malformed members of the list are ignored.
pub(crate) fn negotiate(request: &HeaderMap) -> Encoding {
    let mut lines = request.get_all(header::ACCEPT_ENCODING).iter();
    let Some(first) = lines.next() else { return Encoding::Identity };
    let second = lines.next();
    if second.is_none() {
        match first.as_bytes() {
            // Browsers.
            b"gzip, deflate, br, zstd" | b"gzip, deflate, br" => return Encoding::Brotli,
            // Camo (GitHub's image proxy), Go, monitors.
            b"gzip" | b"gzip, deflate" => return Encoding::Gzip,
            b"" | b"identity" => return Encoding::Identity,
            _ => {}
        }
    }
    let mut weights = Weights::default();
    for line in [first].into_iter().chain(second).chain(lines) {
        line.as_bytes().split(|&byte| byte == b',').for_each(|member| weights.add(member));
    }
    weights.best()
}

/// What `Accept-Encoding` says about each coding, in thousandths; `None` if it is not listed.
#[derive(Default)]
struct Weights {
    brotli: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    /// `*`: all that are not listed.
    others: Option<u16>,
}

impl Weights {
    /// Reads one member of the list: `coding` or `coding;q=0.5`.
    fn add(&mut self, member: &[u8]) {
        let mut parts = member.splitn(2, |&byte| byte == b';').map(<[u8]>::trim_ascii);
        let coding = parts.next().unwrap_or_default();
        let Some(weight) = parts.next().map_or(Some(1000), weight) else { return };
        let slot = match coding {
            b"*" => &mut self.others,
            _ if coding.eq_ignore_ascii_case(b"br") => &mut self.brotli,
            _ if coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip") => &mut self.gzip,
            _ if coding.eq_ignore_ascii_case(b"identity") => &mut self.identity,
            _ => return,
        };
        *slot = Some(weight);
    }

    fn best(&self) -> Encoding {
        let brotli = self.brotli.or(self.others).unwrap_or(0);
        let gzip = self.gzip.or(self.others).unwrap_or(0);
        let (coding, weight) = if brotli >= gzip { (Encoding::Brotli, brotli) } else { (Encoding::Gzip, gzip) };
        // An identity that is not listed is acceptable, but not asked for.
        if weight == 0 || self.identity.is_some_and(|identity| identity > weight) { Encoding::Identity } else { coding }
    }
}

/// Reads `q=0.5` as thousandths: `0` or `1` with up to three decimals, and no more than 1.
fn weight(parameter: &[u8]) -> Option<u16> {
    let [b'q' | b'Q', b'=', whole @ (b'0' | b'1'), rest @ ..] = parameter else { return None };
    let decimals = match rest {
        [] => rest,
        [b'.', decimals @ ..] if decimals.len() <= 3 && decimals.iter().all(u8::is_ascii_digit) => decimals,
        _ => return None,
    };
    let digit = |at: usize| decimals.get(at).map_or(0, |digit| u16::from(digit - b'0'));
    let thousandths = u16::from(whole - b'0') * 1000 + digit(0) * 100 + digit(1) * 10 + digit(2);
    (thousandths <= 1000).then_some(thousandths)
}

/// Compresses a finished body; identity returns a copy.
pub(crate) fn compress(encoding: Encoding, body: &[u8]) -> Vec<u8> {
    match encoding {
        Encoding::Identity => body.to_vec(),
        Encoding::Gzip => gzip(body),
        Encoding::Brotli => brotli(body),
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 2), flate2::Compression::new(6));
    // Writing to memory does not fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::with_capacity(body.len() / 2);
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, size_hint: body.len(), ..Default::default() };
    // Writing to memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters);
    compressed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn negotiated(lines: &[&str]) -> Encoding {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        negotiate(&headers)
    }

    #[test]
    fn heaviest_coding_wins() {
        for (line, expected) in [
            ("gzip, deflate, br", Encoding::Brotli),
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("x-gzip", Encoding::Gzip),
            ("gzip,br", Encoding::Brotli),
            ("GZIP;Q=0.5, BR;Q=0.4", Encoding::Gzip),
            ("br;q=0.5, gzip;q=0.50", Encoding::Brotli),
            ("br;q=0.499 , gzip ; q=0.5", Encoding::Gzip),
            ("br;q=0.001", Encoding::Brotli),
            ("br;q=1.000, gzip;q=0.999", Encoding::Brotli),
            ("deflate, zstd", Encoding::Identity),
        ] {
            assert_eq!(negotiated(&[line]), expected, "{line}");
        }
    }

    #[test]
    fn asterisk_weighs_what_is_not_listed() {
        for (line, expected) in [
            ("*", Encoding::Brotli),
            ("*;q=0.1", Encoding::Brotli),
            ("br;q=0, *", Encoding::Gzip),
            ("gzip, *;q=0.5", Encoding::Gzip),
            ("gzip;q=0.5, *", Encoding::Brotli),
            ("gzip, *;q=0", Encoding::Gzip),
            ("identity;q=0.5, *;q=0", Encoding::Identity),
        ] {
            assert_eq!(negotiated(&[line]), expected, "{line}");
        }
    }

    #[test]
    fn identity_is_sent_if_it_weighs_more() {
        assert_eq!(negotiated(&["identity, gzip;q=0.5"]), Encoding::Identity);
        assert_eq!(negotiated(&["identity;q=0.5, gzip;q=0.5"]), Encoding::Gzip);
        assert_eq!(negotiated(&["identity;q=0.5, gzip"]), Encoding::Gzip);
    }

    #[test]
    fn identity_is_sent_if_nothing_is_acceptable() {
        for line in
            ["", " ", ",", "identity;q=0", "*;q=0", "deflate, *;q=0", "br;q=0, gzip;q=0", "identity;q=0, br;q=0"]
        {
            assert_eq!(negotiated(&[line]), Encoding::Identity, "{line}");
        }
        assert_eq!(negotiated(&[]), Encoding::Identity);
    }

    #[test]
    fn header_lines_are_one_list() {
        assert_eq!(negotiated(&["gzip", "br"]), Encoding::Brotli);
        assert_eq!(negotiated(&["br;q=0.5", "deflate", "gzip"]), Encoding::Gzip);
        assert_eq!(negotiated(&["gzip", "*;q=0"]), Encoding::Gzip);
    }

    #[test]
    fn malformed_members_are_ignored() {
        for member in [
            "br;q=2",
            "br;q=1.001",
            "br;q=0.1234",
            "br;q=",
            "br;q",
            "br;",
            "br;q=x",
            "br;q=-1",
            "br;level=5",
            "br;q=1;q=1",
            "br br",
            ";q=1",
            "\u{e9}",
        ] {
            assert_eq!(negotiated(&[member]), Encoding::Identity, "{member}");
            assert_eq!(negotiated(&[&format!("{member}, gzip")]), Encoding::Gzip, "{member}");
        }
    }

    #[test]
    fn identity_has_no_content_encoding() {
        for encoding in [Encoding::Gzip, Encoding::Brotli] {
            assert_eq!(encoding.header().unwrap(), encoding.as_str());
        }
        assert_eq!(Encoding::Identity.header(), None);
    }

    #[test]
    fn compressed_bodies_decompress_to_the_original() {
        let svg = burgee_domain::badge::Badge::new("build", "passing").svg();
        for body in [b"".as_slice(), b"a", svg.as_bytes(), svg.repeat(1000).as_bytes()] {
            let mut gzip = Vec::new();
            let compressed = compress(Encoding::Gzip, body);
            flate2::read::GzDecoder::new(compressed.as_slice()).read_to_end(&mut gzip).unwrap();
            assert_eq!(gzip, body);
            let mut brotli = Vec::new();
            let compressed = compress(Encoding::Brotli, body);
            brotli::Decompressor::new(compressed.as_slice(), 4096).read_to_end(&mut brotli).unwrap();
            assert_eq!(brotli, body);
            assert_eq!(compress(Encoding::Identity, body), body);
        }
        assert!(compress(Encoding::Brotli, svg.as_bytes()).len() < svg.len() / 2);
        assert!(compress(Encoding::Gzip, svg.as_bytes()).len() < svg.len() * 6 / 10);
    }
}

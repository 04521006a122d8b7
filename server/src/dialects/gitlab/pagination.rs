//! Lists in pages (`spec/dialects.md` B11): `page` and `per_page` in, `X-…` and `Link` headers out.
//!
//! *Unconfirmed, our choices:* a page below 1 is the first, a negative `per_page` the default; `per_page=0` is refused, as
//! in GitLab's source.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{call::Call, params::Reader};

const DEFAULT_PER_PAGE: i64 = 20;
const MAX_PER_PAGE: i64 = 100;
/// Above this many items the total is not told.
const MAX_COUNTED: i64 = 10_000;
/// Far enough for everybody, and no danger of an overflow.
const MAX_PAGE: i64 = 1_000_000_000;

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paging {
    page: i64,
    per_page: i64,
}

impl Paging {
    pub(super) fn read(params: &mut Reader<'_>) -> Self {
        let page = params.integer("page").unwrap_or(1).clamp(1, MAX_PAGE);
        let per_page = match params.integer("per_page") {
            Some(0) => {
                params.complain("per_page has a value not allowed");
                DEFAULT_PER_PAGE
            }
            Some(number @ 1..) => number.min(MAX_PER_PAGE),
            _ => DEFAULT_PER_PAGE,
        };
        Self { page, per_page }
    }

    pub(super) const fn offset(self) -> i64 {
        (self.page - 1) * self.per_page
    }

    pub(super) const fn limit(self) -> i64 {
        self.per_page
    }

    /// This page's part of a list that is here as a whole.
    pub(super) fn slice<T>(self, items: Vec<T>) -> Vec<T> {
        let number = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
        items.into_iter().skip(number(self.offset())).take(number(self.limit())).collect()
    }

    /// A page of a list with this many items in all.
    pub(super) fn respond<T: Serialize>(self, call: &Call, total: i64, items: &[T]) -> Response {
        let mut response = Json(items).into_response();
        let headers = response.headers_mut();
        let turns = Turns::new(self, total);
        let text = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let mut numbers = vec![
            ("x-per-page", self.per_page.to_string()),
            ("x-page", self.page.to_string()),
            ("x-next-page", text(turns.next)),
            ("x-prev-page", text(turns.previous)),
        ];
        if let Some(last) = turns.last {
            numbers.extend([("x-total", total.to_string()), ("x-total-pages", last.to_string())]);
        }
        for (name, value) in numbers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        if let Ok(links) = HeaderValue::from_str(&self.links(call, turns)) {
            headers.insert(header::LINK, links);
        }
        response
    }

    /// In the order prev, next, first, last; each carries every parameter, the path's included, sorted by name.
    fn links(self, call: &Call, turns: Turns) -> String {
        let address = call.peer.public.url(&call.path);
        let link = |(rel, page): (&str, i64)| {
            let (page, per_page) = (page.to_string(), self.per_page.to_string());
            let mut params = call.params.texts();
            params.extend([("page", page.as_str()), ("per_page", per_page.as_str())]);
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
            format!("<{address}?{query}>; rel=\"{rel}\"")
        };
        let pages = [("prev", turns.previous), ("next", turns.next), ("first", Some(1)), ("last", turns.last)];
        pages.into_iter().filter_map(|(rel, page)| Some(link((rel, page?)))).collect::<Vec<_>>().join(", ")
    }
}

/// Where one can turn to from a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turns {
    previous: Option<i64>,
    next: Option<i64>,
    /// The number of pages, unless there are too many items to be counted.
    last: Option<i64>,
}

impl Turns {
    fn new(paging: Paging, total: i64) -> Self {
        let pages = total.div_euclid(paging.per_page) + i64::from(total % paging.per_page > 0);
        let pages = pages.max(1);
        let is_there = paging.page <= pages;
        Self {
            previous: (is_there && paging.page > 1).then(|| paging.page - 1),
            next: (paging.page < pages).then(|| paging.page + 1),
            last: (total <= MAX_COUNTED).then_some(pages),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(page: i64, per_page: i64, total: i64) -> (Option<i64>, Option<i64>, Option<i64>) {
        let turns = Turns::new(Paging { page, per_page }, total);
        (turns.previous, turns.next, turns.last)
    }

    #[test]
    fn pages_know_their_neighbours() {
        assert_eq!(turns(1, 20, 0), (None, None, Some(1)), "there is always one page");
        assert_eq!(turns(1, 20, 20), (None, None, Some(1)));
        assert_eq!(turns(1, 20, 21), (None, Some(2), Some(2)));
        assert_eq!(turns(2, 20, 41), (Some(1), Some(3), Some(3)));
        assert_eq!(turns(9, 20, 41), (None, None, Some(3)), "beyond the end there is no way back");
    }

    #[test]
    fn more_than_ten_thousand_are_not_counted() {
        assert_eq!(turns(2, 100, 10_000), (Some(1), Some(3), Some(100)));
        assert_eq!(turns(2, 100, 10_001), (Some(1), Some(3), None));
    }
}

//! Lists in pages: `limit` items after (or for runs, which are listed newest first, before) an id.

use burgee_domain::view::Page;
use serde::Deserialize;

use crate::respond::Problem;

/// Items of a page when the request does not say.
const DEFAULT_LIMIT: u32 = 50;
/// Most items of a page.
const MAX_LIMIT: u32 = 200;

/// The query parameters of every list.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    limit: Option<u32>,
    after: Option<i64>,
}

impl Paging {
    /// From parameters that were read otherwise.
    pub(crate) const fn new(limit: Option<u32>, after: Option<i64>) -> Self {
        Self { limit, after }
    }

    /// How many items to show.
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        match self.limit.unwrap_or(DEFAULT_LIMIT) {
            limit @ 1..=MAX_LIMIT => Ok(limit as usize),
            _ => Err(Problem::bad_request(format!("limit must be 1 to {MAX_LIMIT}"))),
        }
    }

    /// The id after which the page begins.
    pub(crate) fn after(&self) -> Option<i64> {
        self.after
    }
}

/// How many rows to look for, so that [`page`] sees whether there are more.
pub(crate) fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1
}

/// A page of `limit` items, made from `limit + 1` that were looked for.
pub(crate) fn page<T>(mut items: Vec<T>, limit: usize, id: impl Fn(&T) -> i64) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    let next_after = items.last().filter(|_| more).map(id);
    Page { items, next_after }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_last_page_says_that_it_is_the_last() {
        let full = page(vec![1, 2, 3], 2, |n| *n);
        assert_eq!((full.items, full.next_after), (vec![1, 2], Some(2)));
        let last = page(vec![1, 2], 2, |n| *n);
        assert_eq!((last.items, last.next_after), (vec![1, 2], None));
    }
}

//! Where the database is: parsed once, and never shown with its password.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use crate::StoreError;

/// The address of a database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server's URL, with everything that stood in it.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = StoreError;

    /// Takes `sqlite:///var/lib/burgee/burgee.db`, a plain path, `postgres://…` and `postgresql://…`.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let text = text.trim();
        if text.is_empty() {
            return bad("the database URL is empty");
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite(path.strip_prefix("//").unwrap_or(path));
        }
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(text.to_owned())),
            // A misspelt scheme must not become a new, empty SQLite file.
            Some((scheme, _)) => bad(format!(
                "\"{scheme}://\" is no known database: use sqlite:///path/to/burgee.db or postgres://user@host/name"
            )),
            None => sqlite(text),
        }
    }
}

fn sqlite(path: &str) -> Result<DatabaseUrl, StoreError> {
    match path {
        "" => bad("the SQLite URL has no path: use sqlite:///path/to/burgee.db"),
        ":memory:" => bad("a database in memory would be lost: give the path of a file"),
        _ if path.contains(['?', '\0']) => bad("the SQLite path must not contain \"?\": options are not taken"),
        _ => Ok(DatabaseUrl::Sqlite(Path::new(path).to_owned())),
    }
}

fn bad<T>(detail: impl Into<String>) -> Result<T, StoreError> {
    Err(StoreError::BadUrl(detail.into()))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => f.write_str(&redacted(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The URL with `***` for the password, wherever it stands. Works on text that is no valid URL as well, since
/// that is when it is shown.
fn redacted(url: &str) -> String {
    let (url, query) = url.split_once('?').map_or((url, None), |(url, query)| (url, Some(query)));
    let mut shown = match (url.split_once("://"), url.rfind('@')) {
        (Some((scheme, rest)), Some(at)) => {
            let user = rest.split([':', '@']).next().unwrap_or_default();
            let password = if rest[..at - scheme.len() - 3].contains(':') { ":***" } else { "" };
            format!("{scheme}://{user}{password}{}", &url[at..])
        }
        _ => url.to_owned(),
    };
    if let Some(query) = query {
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => format!("{name}=***"),
            _ => pair.to_owned(),
        });
        shown.push('?');
        shown.push_str(&pairs.collect::<Vec<_>>().join("&"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_paths_are_told_apart() {
        let path = |text: &str| match text.parse() {
            Ok(DatabaseUrl::Sqlite(path)) => path.display().to_string(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(path("sqlite:///var/lib/b.db"), "/var/lib/b.db");
        assert_eq!(path("sqlite://b.db"), "b.db");
        assert_eq!(path("sqlite:b.db"), "b.db");
        assert_eq!(path("data/b.db"), "data/b.db");
        assert!(matches!("postgresql://x/y".parse(), Ok(DatabaseUrl::Postgres(_))));
    }

    #[test]
    fn anything_else_is_an_error_with_a_hint() {
        for text in ["", "postgre://x/y", "mysql://x", "sqlite://", ":memory:", "sqlite::memory:"] {
            assert!(matches!(text.parse::<DatabaseUrl>(), Err(StoreError::BadUrl(_))), "{text}");
        }
        let error = "mysql://root:secret@x".parse::<DatabaseUrl>().unwrap_err().to_string();
        assert!(error.contains("postgres://") && !error.contains("secret"), "{error}");
    }

    #[test]
    fn the_password_is_never_shown() {
        for url in [
            "postgres://me:s3cret@db/x",
            "postgres://me:s3c@ret:s3cret@db:5/x?sslmode=require",
            "postgres://me@db/x?password=s3cret&sslmode=require",
            "postgres://:s3cret@",
        ] {
            let url: DatabaseUrl = url.parse().unwrap();
            assert!(!format!("{url} {url:?}").contains("cret"), "{url}");
        }
        let url: DatabaseUrl = "postgres://me:s3cret@db:5/x?sslmode=require".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://me:***@db:5/x?sslmode=require");
        let url: DatabaseUrl = "postgres://me@db/x".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://me@db/x");
    }
}

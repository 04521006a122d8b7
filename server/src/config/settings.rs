//! What there is to set. Each field's doc comment is its manual: `--help` prints it, the README repeats it.

use std::{net::SocketAddr, path::PathBuf};

use burgee_store::DatabaseUrl;
use clap::{Args, ValueEnum};
use ipnet::IpNet;

use super::public_url::PublicUrl;

/// Where the data is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct StoreSettings {
    /// Folder for everything that Burgee keeps; made if it is missing. Holds `burgee.db` unless
    /// `--database-url` names another database.
    #[arg(long, env = "BURGEE_DATA_DIR", default_value = "./data", value_name = "DIR")]
    pub(crate) data_dir: PathBuf,

    /// The database, if it is not SQLite in the data folder: `postgres://user:password@host/name`
    /// (`?sslmode=require` for TLS) or `sqlite:///path/to/file.db`.
    #[arg(long, env = "BURGEE_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub(crate) database_url: Option<DatabaseUrl>,

    /// Connections to the database for reading. Without it 4 on SQLite, 16 on PostgreSQL.
    #[arg(long, env = "BURGEE_DATABASE_CONNECTIONS", value_name = "COUNT", value_parser = parse_connections)]
    pub(crate) database_connections: Option<usize>,
}

/// Everything that `burgee serve` reads.
#[derive(Debug, Clone, Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    pub(crate) store: StoreSettings,

    /// Address and port to listen on.
    #[arg(
        long,
        env = "BURGEE_LISTEN",
        default_value = "127.0.0.1:3000",
        value_name = "ADDR:PORT",
        help_heading = "Network"
    )]
    pub(crate) listen: SocketAddr,

    /// The address that people and READMEs use: scheme, host, and a path when Burgee lives below one
    /// (`https://example.org/badges`). Links, snippets, cookies and redirects follow it. Without it the
    /// `Host` of each request is used.
    #[arg(long, env = "BURGEE_PUBLIC_URL", value_name = "URL", help_heading = "Network")]
    pub(crate) public_url: Option<PublicUrl>,

    /// Addresses or networks of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed,
    /// separated by commas: `127.0.0.1/32,10.0.0.0/8`. Nobody's are believed by default.
    #[arg(long, env = "BURGEE_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = parse_network, help_heading = "Network")]
    pub(crate) trusted_proxies: Vec<IpNet>,

    /// Name of the account that is made at the first start when `--admin-password` is given.
    #[arg(
        long,
        env = "BURGEE_ADMIN_USERNAME",
        default_value = "admin",
        value_name = "NAME",
        help_heading = "First account"
    )]
    pub(crate) admin_username: String,

    /// Password of that account, at least 12 characters; used only while there is no account. Without it a
    /// one-time set-up link is printed at the start.
    #[arg(
        long,
        env = "BURGEE_ADMIN_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true,
        help_heading = "First account"
    )]
    pub(crate) admin_password: Option<Password>,

    /// Days after which a sign-in ends.
    #[arg(long, env = "BURGEE_SESSION_DAYS", default_value_t = 30, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365), help_heading = "Sign-in")]
    pub(crate) session_days: u32,

    /// Seconds for which a browser or proxy may show a badge without asking again.
    #[arg(long, env = "BURGEE_BADGE_MAX_AGE", default_value_t = 60, value_name = "SECONDS", help_heading = "Badges")]
    pub(crate) badge_max_age: u32,

    /// Seconds for which an old badge may still be shown while a new one is fetched.
    #[arg(
        long,
        env = "BURGEE_BADGE_STALE_WHILE_REVALIDATE",
        default_value_t = 300,
        value_name = "SECONDS",
        help_heading = "Badges"
    )]
    pub(crate) badge_stale_while_revalidate: u32,

    /// Memory for finished badges: `64MiB`, `1GiB`, a number of bytes, or `0` to draw each anew.
    #[arg(long, env = "BURGEE_CACHE_SIZE", default_value = "64MiB", value_name = "SIZE", help_heading = "Badges")]
    pub(crate) cache_size: ByteSize,

    /// Host of GitLab Pages, which `%{gitlab_pages_domain}` in badge URLs stands for. Without it that placeholder
    /// stays as it is.
    #[arg(long, env = "BURGEE_GITLAB_PAGES_DOMAIN", value_name = "HOST", value_parser = burgee_domain::text::name, help_heading = "Badges")]
    pub(crate) gitlab_pages_domain: Option<String>,

    /// What is logged, in the syntax of `RUST_LOG`: `info`, `debug`, `info,tower_http=debug`.
    #[arg(long, env = "BURGEE_LOG", default_value = "info", value_name = "FILTER", help_heading = "Logging")]
    pub(crate) log: String,

    /// How log lines look.
    #[arg(long, env = "BURGEE_LOG_FORMAT", default_value = "text", help_heading = "Logging")]
    pub(crate) log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

/// An amount of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByteSize(u64);

impl ByteSize {
    pub(crate) const fn bytes(self) -> u64 {
        self.0
    }
}

impl std::fmt::Display for ByteSize {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::str::FromStr for ByteSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let shift = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "b" => 0,
            "k" | "kib" => 10,
            "m" | "mib" => 20,
            "g" | "gib" => 30,
            _ => return Err("expected a size such as 64MiB, 1GiB or 0".to_owned()),
        };
        let number: u64 = number.parse().map_err(|_| "expected a size such as 64MiB, 1GiB or 0".to_owned())?;
        number
            .checked_mul(1 << shift)
            .filter(|bytes| *bytes <= 1 << 40)
            .map(Self)
            .ok_or_else(|| "at most 1024GiB".to_owned())
    }
}

/// A password that never shows in a log line.
#[derive(Clone)]
pub(crate) struct Password(String);

impl Password {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

impl std::str::FromStr for Password {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        crate::auth::password::check_strength(text)?;
        Ok(Self(text.to_owned()))
    }
}

fn parse_connections(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| (1..=1000).contains(count)).ok_or_else(|| "expected 1 to 1000".to_owned())
}

fn parse_network(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| "expected an address or network such as 127.0.0.1 or 10.0.0.0/8".to_owned())
}

impl StoreSettings {
    /// The database that is meant; makes the data folder where SQLite needs it.
    pub(crate) fn database(&self) -> Result<DatabaseUrl, String> {
        match &self.database_url {
            Some(url) => Ok(url.clone()),
            None => {
                std::fs::create_dir_all(&self.data_dir)
                    .map_err(|error| format!("the data folder {} cannot be made: {error}", self.data_dir.display()))?;
                Ok(DatabaseUrl::Sqlite(self.data_dir.join("burgee.db")))
            }
        }
    }
}

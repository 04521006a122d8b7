//! Who asks, and under which address Burgee was asked: from the connection, and from `X-Forwarded-*` where
//! the connection comes from a trusted proxy.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;

use crate::{
    config::{Settings, public_url::PublicUrl},
    state::App,
};

/// The two facts, put into each request's extensions by [`identify`].
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// The client's address.
    pub(crate) ip: IpAddr,
    /// The address that links in the answer begin with.
    pub(crate) public: PublicUrl,
}

/// Middleware: works out the [`Peer`].
pub(crate) async fn identify(
    State(app): State<App>,
    ConnectInfo(connection): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let settings = &app.settings;
    let trusted = is_trusted(settings, connection.ip());
    let headers = request.headers();
    let ip = if trusted { forwarded_for(headers, &settings.trusted_proxies) } else { None }.unwrap_or(connection.ip());
    let public = public_url(settings, headers, connection);
    request.extensions_mut().insert(Peer { ip, public });
    next.run(request).await
}

/// The address that links in the answer to a request begin with.
pub(crate) fn public_url(settings: &Settings, request: &HeaderMap, connection: SocketAddr) -> PublicUrl {
    match &settings.public_url {
        Some(configured) => configured.clone(),
        None => requested_address(request, is_trusted(settings, connection.ip()), settings.listen),
    }
}

fn is_trusted(settings: &Settings, address: IpAddr) -> bool {
    settings.trusted_proxies.iter().any(|network| network.contains(&address))
}

/// The right-most address that is not itself a trusted proxy: what stands further left could be invented.
fn forwarded_for(headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let addresses: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|address| address.trim().parse().ok())
        .collect();
    let is_proxy = |ip: &&IpAddr| trusted.iter().any(|network| network.contains(*ip));
    addresses.iter().rev().find(|ip| !is_proxy(ip)).or(addresses.first()).copied()
}

fn requested_address(headers: &HeaderMap, trusted: bool, listen: SocketAddr) -> PublicUrl {
    let first = |name: &str| {
        let value = headers.get(name)?.to_str().ok()?.split(',').next()?.trim();
        Some(value.to_owned()).filter(|value| !value.is_empty())
    };
    let forwarded = |name: &str| if trusted { first(name) } else { None };
    let scheme = forwarded("x-forwarded-proto").filter(|scheme| scheme == "https").unwrap_or_else(|| "http".to_owned());
    let host = forwarded("x-forwarded-host").or_else(|| first(header::HOST.as_str()));
    let host = host.filter(|host| is_host(host)).unwrap_or_else(|| listen.to_string());
    PublicUrl::of_host(&scheme, &host)
}

/// A host and port, and nothing that could break out of a URL.
fn is_host(text: &str) -> bool {
    text.len() <= 255
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']' | b'_'))
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let unknown = || Self { ip: IpAddr::from([0, 0, 0, 0]), public: PublicUrl::of_host("http", "localhost") };
        Ok(parts.extensions.get().cloned().unwrap_or_else(unknown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_client_is_the_last_address_that_no_proxy_has() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let client = |value| forwarded_for(&headers(&[("x-forwarded-for", value)]), &proxies).unwrap().to_string();
        assert_eq!(client("1.1.1.1, 2.2.2.2, 10.0.0.3"), "2.2.2.2");
        assert_eq!(client("10.0.0.2"), "10.0.0.2");
    }

    #[test]
    fn forwarded_headers_count_only_from_trusted_proxies() {
        let headers = headers(&[
            ("host", "inside:3000"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "badges.example.org"),
        ]);
        let listen = "127.0.0.1:3000".parse().unwrap();
        assert_eq!(requested_address(&headers, true, listen).to_string(), "https://badges.example.org");
        assert_eq!(requested_address(&headers, false, listen).to_string(), "http://inside:3000");
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        let headers = headers(&[("host", "a\"><script>")]);
        assert_eq!(
            requested_address(&headers, false, "127.0.0.1:1".parse().unwrap()).to_string(),
            "http://127.0.0.1:1"
        );
    }
}

//! TLS to PostgreSQL, by libpq's names: `sslmode` and `sslrootcert` in the URL.
//!
//! `prefer` (the default) and `require` encrypt without asking who is at the other end, exactly as libpq does,
//! since many servers sign their own certificate. `verify-full` asks; `verify-ca` is taken for it.

use std::{path::PathBuf, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{Result, StoreError};

/// What the URL asks of TLS.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    mode: Mode,
    root_certificate: Option<PathBuf>,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
enum Mode {
    Disable,
    #[default]
    Prefer,
    Require,
    Verify,
}

impl Choice {
    /// Takes `sslmode` and `sslrootcert` out of the URL, since tokio-postgres knows neither all modes nor
    /// certificates.
    pub(super) fn take_from(url: &str) -> Result<(String, Self)> {
        let Some((base, query)) = url.split_once('?') else { return Ok((url.to_owned(), Self::default())) };
        let mut choice = Self::default();
        let mut rest = Vec::new();
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("sslmode", mode)) => choice.mode = Mode::parse(mode)?,
                Some(("sslrootcert", path)) => choice.root_certificate = Some(PathBuf::from(path.replace("%2F", "/"))),
                _ => rest.push(pair),
            }
        }
        let url = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
        Ok((url, choice))
    }

    /// What tokio-postgres should ask of the server.
    pub(super) const fn mode(&self) -> SslMode {
        match self.mode {
            Mode::Disable => SslMode::Disable,
            Mode::Prefer => SslMode::Prefer,
            Mode::Require | Mode::Verify => SslMode::Require,
        }
    }

    /// How to do the handshake.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let config = if self.mode == Mode::Verify {
            builder.with_root_certificates(self.roots()?).with_no_client_auth()
        } else {
            let verifier = Arc::new(AnyCertificate(provider));
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        };
        Ok(MakeRustlsConnect::new(config))
    }

    fn roots(&self) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.root_certificate {
            let unreadable = |error| StoreError::BadUrl(format!("sslrootcert={}: {error}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(error.to_string()))? {
                let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
                roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
            }
        } else {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        if roots.is_empty() {
            return Err(StoreError::BadUrl(
                "sslmode=verify-full needs a certificate authority to trust, and this machine has none: name one with sslrootcert=/path/to/ca.pem"
                    .to_owned(),
            ));
        }
        Ok(roots)
    }
}

impl Mode {
    fn parse(name: &str) -> Result<Self> {
        match name {
            "disable" => Ok(Self::Disable),
            "allow" | "prefer" => Ok(Self::Prefer),
            "require" => Ok(Self::Require),
            "verify-ca" | "verify-full" => Ok(Self::Verify),
            _ => Err(StoreError::BadUrl(format!(
                "sslmode={name} is not one of disable, prefer, require, verify-ca, verify-full"
            ))),
        }
    }
}

/// Takes any certificate, but insists that the other end holds its key.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_says_how_much_tls() {
        let parse = |url: &str| Choice::take_from(url).unwrap();
        assert_eq!(parse("postgres://a/b"), ("postgres://a/b".to_owned(), Choice::default()));
        let (url, choice) = parse("postgres://a/b?sslmode=verify-full&connect_timeout=3&sslrootcert=/ca.pem");
        assert_eq!(url, "postgres://a/b?connect_timeout=3");
        assert_eq!(choice, Choice { mode: Mode::Verify, root_certificate: Some("/ca.pem".into()) });
        assert_eq!(parse("postgres://a/b?sslmode=require").1.mode(), SslMode::Require);
        assert!(Choice::take_from("postgres://a/b?sslmode=on").is_err());
    }
}

//! Encryption, and the proof that the server is the one that was meant.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use bytes::BytesMut;
use postgres_protocol::message::frontend;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore,
    SignatureScheme, StreamOwned,
};

use super::super::error::{refused, unreachable};
use super::super::{Address, Encryption};
use crate::Error;

/// An encrypted connection.
pub(super) type Encrypted = StreamOwned<ClientConnection, TcpStream>;

/// Asks the server to speak TLS, and verifies it as the address demands.
pub(super) fn encrypt(
    mut stream: TcpStream,
    address: &Address,
    host: &str,
) -> Result<Encrypted, Error> {
    let failed = |error: io::Error| unreachable(address, &error);
    let mut request = BytesMut::new();
    frontend::ssl_request(&mut request);
    stream.write_all(&request).map_err(failed)?;
    let mut answer = [0];
    // One byte and no more: what follows must come encrypted, or somebody between could have put it there.
    stream.read_exact(&mut answer).map_err(failed)?;
    if answer != *b"S" {
        return Err(refused(
            address,
            "the server does not speak TLS, and this connection must be encrypted; set it up there, or use `sslmode=disable` if nobody can listen in",
        ));
    }
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| refused(address, &format!("no certificate can be for the host `{host}`")))?;
    let config = config(address)?;
    let connection = ClientConnection::new(Arc::new(config), name)
        .map_err(|error| refused(address, &error.to_string()))?;
    let mut encrypted = StreamOwned::new(connection, stream);
    while encrypted.conn.is_handshaking() {
        encrypted
            .conn
            .complete_io(&mut encrypted.sock)
            .map_err(|error| refused(address, &handshake(&error, address)))?;
    }
    Ok(encrypted)
}

/// What went wrong, and what to do about it.
fn handshake(error: &io::Error, address: &Address) -> String {
    let reason = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let help = match reason {
        Some(rustls::Error::InvalidCertificate(why)) => match why {
            CertificateError::UnknownIssuer => {
                "its certificate is signed by nobody who is trusted here; name the authority's file with `sslrootcert=`"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another host"
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet"
            }
            _ => "its certificate is not to be trusted",
        },
        _ => "no encrypted connection came about",
    };
    format!(
        "{help} ({error}); this connection is made with `sslmode={}`",
        address.encryption.mode()
    )
}

fn config(address: &Address) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let wrong = |error: &dyn std::fmt::Display| refused(address, &error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?;
    let roots = || trusted(address.root_certificates.as_deref()).map_err(|why| wrong(&why));
    Ok(match address.encryption {
        // Nobody asks for it without encryption.
        Encryption::Full | Encryption::Disabled => {
            builder.with_root_certificates(roots()?).with_no_client_auth()
        }
        Encryption::Authority => {
            let whole = WebPkiServerVerifier::builder_with_provider(Arc::new(roots()?), provider)
                .build()
                .map_err(|error| wrong(&error))?;
            let verifier = Arc::new(AnyName(whole));
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        }
        Encryption::Unverified => {
            let verifier = Arc::new(Anybody(provider));
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        }
    })
}

/// The authorities to trust: those of a file, else the system's, else Mozilla's where the system has none.
fn trusted(file: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = file {
        let unreadable =
            |error: &dyn std::fmt::Display| format!("`sslrootcert` {}: {error}", file.display());
        let certificates =
            CertificateDer::pem_file_iter(file).map_err(|error| unreadable(&error))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| unreadable(&error))?;
            roots.add(certificate).map_err(|error| unreadable(&error))?;
        }
        if roots.is_empty() {
            return Err(unreadable(&"there is no certificate in it"));
        }
        return Ok(roots);
    }
    // One of the system's that cannot be read makes none of the others worse.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    Ok(roots)
}

/// `verify-ca`: a trusted authority vouches for the certificate, whosever it is.
#[derive(Debug)]
struct AnyName(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        // The name is looked at last, when everything else is known to be right.
        match self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// `require`: encrypted, to whomever.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

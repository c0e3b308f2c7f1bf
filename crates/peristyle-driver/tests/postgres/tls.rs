//! Encryption: what is accepted and, above all, what is refused.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::OnceLock;

use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::postgres::wire::Wire;
use peristyle_driver::{Connection, Error, Url, Value};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};

use super::server::{cluster, open};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}

/// The certificate of a host and its key.
fn certificate(authority: &Authority, host: &str, last_year: i32) -> (String, String) {
    let mut params = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(last_year, 1, 1);
    let key = KeyPair::generate().expect("a key");
    let signed = params.signed_by(&key, authority).expect("a certificate");
    (signed.pem(), key.serialize_pem())
}

/// A server that speaks TLS, as a host, until a year.
struct Server {
    cluster: Cluster,
    trusted: PathBuf,
    stranger: PathBuf,
}

impl Server {
    fn start(host: &str, last_year: i32) -> Self {
        let authority = authority("trusted");
        let (signed, key) = certificate(&authority, host, last_year);
        let files = [
            ("server.crt", signed),
            ("server.key", key),
            ("trusted.pem", authority.pem()),
            ("stranger.pem", self::authority("stranger").pem()),
            ("empty.pem", String::new()),
        ];
        let settings = [
            ("ssl", "on"),
            ("ssl_cert_file", "{folder}/server.crt"),
            ("ssl_key_file", "{folder}/server.key"),
        ];
        let cluster = cluster(&ClusterOptions {
            settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            files: files.map(|(name, text)| (name.to_owned(), text.into_bytes())).into(),
            loopback: true,
            binaries: None,
        });
        let folder = cluster.folder().to_owned();
        let [trusted, stranger] = ["trusted.pem", "stranger.pem"].map(|name| folder.join(name));
        Self { cluster, trusted, stranger }
    }

    fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| Self::start("localhost", 4000))
    }

    fn url(&self, host: &str, query: &str) -> Url {
        let port = self.cluster.port();
        format!("postgres://postgres@{host}:{port}/postgres?{query}").parse().expect("a URL")
    }

    fn root(&self) -> String {
        format!("sslrootcert={}", self.trusted.display())
    }
}

fn refused(url: &Url) -> String {
    let address = url.address().expect("an address");
    match Wire::connect(&address) {
        Err(error @ Error::CannotOpen { .. }) => error.to_string(),
        other => panic!("{url} is refused: {other:?}"),
    }
}

#[test]
fn the_right_host_with_a_trusted_certificate_is_spoken_to() {
    let server = Server::shared();
    let mut connection =
        open(&server.url("localhost", &format!("sslmode=verify-full&{}", server.root())));
    assert!(connection.wire().is_encrypted());
    let asked = connection
        .query(
            "SELECT ssl, $1::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
            &["x".repeat(300_000).into()],
        )
        .expect("rows");
    assert_eq!(asked.rows[0][0], Value::Integer(1));
    assert_eq!(asked.rows[0][1].as_text().map(str::len), Some(300_000));
    let interrupter = connection.interrupter();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        interrupter.interrupt();
    });
    assert_eq!(connection.execute("SELECT pg_sleep(60)", &[]), Err(Error::Interrupted));
    stopper.join().expect("it stopped");
}

#[test]
fn long_pipelines_go_both_ways_encrypted() {
    let server = Server::shared();
    let url = server.url("localhost", &format!("sslmode=verify-full&{}", server.root()));
    let mut wire = Wire::connect(&url.address().expect("an address")).expect("it connects");
    for _ in 0..500 {
        wire.query("SELECT repeat('y', 20000)").expect("said");
        wire.query(&format!("SELECT '{}'", "x".repeat(4000))).expect("said");
    }
    let error = wire.finish().expect("all is answered");
    assert!(error.is_none() && !wire.is_awaiting());
}

#[test]
fn another_host_than_the_certificate_is_for_is_refused() {
    let server = Server::shared();
    let told = refused(&server.url("127.0.0.1", &format!("sslmode=verify-full&{}", server.root())));
    assert!(told.contains("for another host"), "{told}");
    // Who only asks for the authority does not ask for the host.
    open(&server.url("127.0.0.1", &format!("sslmode=verify-ca&{}", server.root())));
}

#[test]
fn a_certificate_that_nobody_trusted_has_signed_is_refused() {
    let server = Server::shared();
    for query in [
        "sslmode=verify-full".to_owned(),
        "sslmode=verify-ca".to_owned(),
        format!("sslmode=verify-full&sslrootcert={}", server.stranger.display()),
        format!("sslmode=verify-ca&sslrootcert={}", server.stranger.display()),
        format!("sslmode=require&sslrootcert={}", server.stranger.display()),
    ] {
        let told = refused(&server.url("localhost", &query));
        assert!(told.contains("signed by nobody who is trusted"), "{query}: {told}");
    }
    open(&server.url("localhost", "sslmode=require"));
}

#[test]
fn an_expired_certificate_is_refused() {
    let server = Server::start("localhost", 2021);
    for mode in ["verify-full", "verify-ca"] {
        let told = refused(&server.url("localhost", &format!("sslmode={mode}&{}", server.root())));
        assert!(told.contains("has expired"), "{told}");
    }
}

#[test]
fn a_file_of_authorities_that_has_none_is_refused() {
    let server = Server::shared();
    for file in ["empty.pem", "missing.pem"] {
        let file = server.cluster.folder().join(file);
        let told = refused(
            &server
                .url("localhost", &format!("sslmode=verify-full&sslrootcert={}", file.display())),
        );
        assert!(told.contains("sslrootcert"), "{told}");
    }
}

/// A server that answers the wish for TLS with these bytes, once.
fn answering(bytes: &'static [u8]) -> (u16, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let mut asked = [0; 8];
        stream.read_exact(&mut asked).expect("a wish");
        stream.write_all(bytes).expect("an answer");
        stream.shutdown(std::net::Shutdown::Write).expect("the end");
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        rest
    });
    (port, thread)
}

#[test]
fn a_server_that_speaks_clear_text_alone_is_refused_and_learns_nothing() {
    for (answer, reason) in [
        (&b"N"[..], "does not speak TLS"),
        // What somebody between may send along with the consent is no part of the conversation.
        (b"SR\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", "no encrypted connection"),
        (b"", ""),
    ] {
        for mode in ["verify-full", "verify-ca", "require"] {
            let (port, thread) = answering(answer);
            let url = format!("postgres://canary:hunter2@127.0.0.1:{port}/d?sslmode={mode}");
            let told = refused(&url.parse().expect("a URL"));
            assert!(told.contains(reason) && !told.contains("hunter2"), "{told}");
            let heard = String::from_utf8_lossy(&thread.join().expect("it answered")).into_owned();
            assert!(!heard.contains("canary") && !heard.contains("hunter2"), "{heard:?}");
        }
    }
}

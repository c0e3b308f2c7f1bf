//! Passwords, in each way that a server asks for them.

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::ClusterOptions;
use peristyle_driver::{Connection, Error, Options, Url};

use super::server::{cluster, open};

#[test]
fn passwords_are_proven_in_each_way_and_never_shown() {
    let access = "local all postgres trust\nhost all scram 127.0.0.1/32 scram-sha-256\n\
                  host all md5 127.0.0.1/32 md5\nhost all clear 127.0.0.1/32 password\n";
    let cluster = cluster(&ClusterOptions {
        files: vec![("access".to_owned(), access.as_bytes().to_vec())],
        settings: vec![("hba_file".to_owned(), "{folder}/access".to_owned())],
        loopback: true,
        binaries: None,
    });
    open(&cluster.url())
        .batch(
            "SET password_encryption = 'scram-sha-256'; CREATE ROLE scram LOGIN PASSWORD 'p@ss: ü'; \
             CREATE ROLE clear LOGIN PASSWORD 'p@ss: ü'; \
             SET password_encryption = 'md5'; CREATE ROLE md5 LOGIN PASSWORD 'p@ss: ü'",
        )
        .expect("roles");
    let url = |role: &str, password: &str| -> Url {
        let port = cluster.port();
        format!("postgres://{role}{password}@127.0.0.1:{port}/postgres").parse().expect("a URL")
    };
    for role in ["scram", "md5", "clear"] {
        open(&url(role, ":p%40ss%3A%20%C3%BC"));
        for (password, reason) in [
            (":hunter2", "look at the user and the password"),
            ("", "asks for a password, and the URL has none"),
        ] {
            let url = url(role, password);
            let error = Postgres::open(&url, &Options::default()).expect_err("it is refused");
            assert!(matches!(error, Error::CannotOpen { .. }), "{error:?}");
            let told = format!("{error} {error:?}");
            assert!(told.contains(reason) && !told.contains("hunter2"), "{told}");
        }
    }
    let error =
        Postgres::open(&url("nobody", ":x"), &Options::default()).expect_err("no such role");
    assert!(error.to_string().contains("pg_hba.conf"), "{error}");
}

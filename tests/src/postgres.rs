//! A PostgreSQL server to try things on, and a database for each test.
//!
//! The server is the one that `PERISTYLE_TEST_POSTGRES_URL` names (`cargo xtask test` starts one for the whole run); without
//! it, the test program starts one of its own from the installed binaries.

use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Url};
use peristyle_sql::postgres::Later;

/// The variable that names a server on which databases may be made and dropped.
pub const VARIABLE: &str = "PERISTYLE_TEST_POSTGRES_URL";

/// The server that the tests of this program share.
#[derive(Debug)]
pub struct Server {
    url: Url,
    /// Ours, if none was named. It ends with this program.
    _own: Option<Cluster>,
}

impl Server {
    /// The server; started at the first call if it has to be.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| match std::env::var(VARIABLE) {
            Ok(url) => {
                let url = url.parse().unwrap_or_else(|error| panic!("{VARIABLE}: {error}"));
                Self { url, _own: None }
            }
            Err(_) => {
                let own = Cluster::start(&ClusterOptions::default())
                    .unwrap_or_else(|error| panic!("{error} (the variable {VARIABLE})"));
                Self { url: own.url(), _own: Some(own) }
            }
        })
    }

    /// Its maintenance database.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Its version: 15.
    pub fn version(&self) -> u32 {
        static VERSION: OnceLock<u32> = OnceLock::new();
        *VERSION.get_or_init(|| self.open().major_version().expect("a server has a version"))
    }

    /// Whether the server is too old for this SQL; then it says aloud that a test of it is not made.
    pub fn is_too_old_for(&self, sql: &str) -> bool {
        let later = Later::than(self.version(), sql);
        if let Some(later) = later {
            let server = self.version();
            eprintln!("not tried on PostgreSQL {server}: {} needs {}", later.what, later.since);
        }
        later.is_some()
    }

    /// A connection to its maintenance database.
    pub fn open(&self) -> Postgres {
        open(&self.url)
    }
}

/// A database of the shared server that belongs to one test and is dropped at its end.
#[derive(Debug)]
pub struct Database {
    name: String,
    url: Url,
}

impl Database {
    /// A database that holds nothing. The name, of letters and digits, is there to be recognized in the server's lists.
    pub fn fresh(name: &str) -> Self {
        Self::cloned(name, "template0")
    }

    /// A database that holds what another one holds, to which nobody may be connected.
    pub fn clone_of(&self, name: &str) -> Self {
        Self::cloned(name, &self.name)
    }

    fn cloned(name: &str, template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("peristyle_test_{name}_{}_{number}", std::process::id());
        let mut server = Server::shared().open();
        let quote = |name: &str| server.dialect().quote(name);
        let sql = format!("CREATE DATABASE {} TEMPLATE {}", quote(&name), quote(template));
        server.execute(&sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let url = Server::shared().url().with_database(&name).expect("the URL of a server");
        Self { name, url }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where it is, as a text that other programs understand.
    pub fn url_text(&self) -> &str {
        self.url.secret().expect("the URL of a server")
    }

    /// A new connection to it.
    pub fn open(&self) -> Postgres {
        open(&self.url)
    }

    /// Runs a script in it.
    pub fn script(&self, sql: &str) {
        self.open().batch(sql).unwrap_or_else(|error| panic!("{error}, in:\n{sql}"));
    }

    /// What `pg_dump` says of the schema, without what it says of itself; none if there is none that is as new as the server,
    /// which is said aloud.
    pub fn dump(&self, options: &[&str]) -> Option<String> {
        dump(self.url_text(), options)
    }
}

/// What `pg_dump` says of the schema of a database on the shared server; see [`Database::dump`].
pub fn dump(url: &str, options: &[&str]) -> Option<String> {
    let server = Server::shared().version();
    let dumper = dumper();
    if dumper < server {
        eprintln!(
            "pg_dump {dumper} cannot look at PostgreSQL {server}: what it is a witness of is NOT compared"
        );
        return None;
    }
    let output = Command::new("pg_dump")
        .args(["--schema-only", "--dbname", url])
        .args(options)
        .output()
        .expect("pg_dump, which comes with PostgreSQL's client");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    // `\restrict` carries a word that is made anew for each dump.
    let lines = text.lines().filter(|line| !line.starts_with('\\') && !line.starts_with("--"));
    Some(lines.map(|line| format!("{line}\n")).collect())
}

/// The version of the installed `pg_dump`: `pg_dump (PostgreSQL) 15.14 (Debian …)`.
fn dumper() -> u32 {
    static VERSION: OnceLock<u32> = OnceLock::new();
    *VERSION.get_or_init(|| {
        let output = Command::new("pg_dump")
            .arg("--version")
            .output()
            .expect("pg_dump, which comes with PostgreSQL's client");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
        number.and_then(|number| number.parse().ok()).expect("pg_dump says its version")
    })
}

impl Drop for Database {
    fn drop(&mut self) {
        let Ok(mut server) = Postgres::open(Server::shared().url(), &Options::default()) else {
            return;
        };
        let sql =
            format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", server.dialect().quote(&self.name));
        // A test that stopped the server has stopped its databases with it.
        let _ = server.execute(&sql, &[]);
    }
}

fn open(url: &Url) -> Postgres {
    Postgres::open(url, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

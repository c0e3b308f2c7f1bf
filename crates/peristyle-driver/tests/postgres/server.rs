//! A server to try things on, and a database of one's own.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Url};

/// The maintenance database of the server that `PERISTYLE_TEST_POSTGRES_URL` names, or of one of our own.
pub fn server() -> Url {
    static OWN: OnceLock<Cluster> = OnceLock::new();
    match std::env::var("PERISTYLE_TEST_POSTGRES_URL") {
        Ok(url) => url.parse().expect("PERISTYLE_TEST_POSTGRES_URL is a URL"),
        Err(_) => OWN.get_or_init(|| cluster(&ClusterOptions::default())).url(),
    }
}

pub fn cluster(options: &ClusterOptions) -> Cluster {
    Cluster::start(options).unwrap_or_else(|error| panic!("{error}"))
}

/// A database that is dropped at its end.
pub struct Database {
    name: String,
    pub url: Url,
}

impl Database {
    pub fn fresh() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("peristyle_driver_{}_{number}", std::process::id());
        open(&server())
            .execute(&format!("CREATE DATABASE {name} TEMPLATE template0"), &[])
            .expect("a database is made");
        let url = server().with_database(&name).expect("a server's URL");
        Self { name, url }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn open(&self) -> Postgres {
        open(&self.url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let _ = open(&server()).execute(&drop, &[]);
    }
}

pub fn open(url: &Url) -> Postgres {
    Postgres::open(url, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

//! A project whose database is on a PostgreSQL server.

use std::sync::atomic::{AtomicU32, Ordering};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Url};

use super::{Project, Run};

/// The server that the variable names, or one of our own.
pub struct Server {
    pub url: Url,
    _own: Option<Cluster>,
}

impl Server {
    pub fn new() -> Self {
        match std::env::var("PERISTYLE_TEST_POSTGRES_URL") {
            Ok(url) => Self { url: url.parse().expect("a URL"), _own: None },
            Err(_) => {
                let own = Cluster::start(&ClusterOptions::default()).expect("a server");
                Self { url: own.url(), _own: Some(own) }
            }
        }
    }

    pub fn connection(&self) -> Postgres {
        Postgres::open(&self.url, &Options::default()).expect("a connection")
    }
}

/// A project with a database of its own.
pub struct Court {
    pub project: Project,
    pub server: Server,
    pub name: String,
    pub url: Url,
}

impl Court {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("peristyle_cli_{}_{number}", std::process::id());
        let server = Server::new();
        server.connection().execute(&format!("CREATE DATABASE {name}"), &[]).expect("a database");
        let url = server.url.with_database(&name).expect("a server's URL");
        let project = Project::new();
        let text = |url: &Url| url.secret().expect("a server's URL").to_owned();
        let config = format!(
            "[project]\nschema = \"src/schema.rs\"\nmigrations = \"migrations\"\ndialect = \"postgres\"\n\
             dev_url = \"{}\"\n[environments.dev]\nurl = \"{}\"\ndisposable = true\n",
            text(&server.url),
            text(&url)
        );
        project.write("peristyle.toml", &config);
        Self { project, server, name, url }
    }

    pub fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        self.project.run(arguments)
    }

    pub fn sql(&self, script: &str) {
        self.open().batch(script).expect("a script");
    }

    pub fn single(&self, query: &str) -> String {
        let rows = self.open().query(query, &[]).expect("an answer");
        rows.single().map(ToString::to_string).unwrap_or_default()
    }

    pub fn open(&self) -> Postgres {
        Postgres::open(&self.url, &Options::default()).expect("a connection")
    }
}

impl Drop for Court {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        drop(self.server.connection().execute(&sql, &[]));
    }
}

//! The way through the house on PostgreSQL.

mod support;

use std::sync::atomic::{AtomicU32, Ordering};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Url};
use support::{Project, Run};

/// The server that the variable names, or one of our own.
struct Server {
    url: Url,
    _own: Option<Cluster>,
}

impl Server {
    fn new() -> Self {
        match std::env::var("PERISTYLE_TEST_POSTGRES_URL") {
            Ok(url) => Self { url: url.parse().expect("a URL"), _own: None },
            Err(_) => {
                let own = Cluster::start(&ClusterOptions::default()).expect("a server");
                Self { url: own.url(), _own: Some(own) }
            }
        }
    }

    fn connection(&self) -> Postgres {
        Postgres::open(&self.url, &Options::default()).expect("a connection")
    }
}

/// A project with a database of its own.
struct Court {
    project: Project,
    server: Server,
    name: String,
    url: Url,
}

impl Court {
    fn new() -> Self {
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

    fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        self.project.run(arguments)
    }

    fn sql(&self, script: &str) {
        self.open().batch(script).expect("a script");
    }

    fn single(&self, query: &str) -> String {
        let rows = self.open().query(query, &[]).expect("an answer");
        rows.single().map(ToString::to_string).unwrap_or_default()
    }

    fn open(&self) -> Postgres {
        Postgres::open(&self.url, &Options::default()).expect("a connection")
    }
}

impl Drop for Court {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        drop(self.server.connection().execute(&sql, &[]));
    }
}

const ROWS: &str =
    "INSERT INTO users (email, name) VALUES ('ada@example.org', 'Ada'), ('bob@example.org', NULL);
    INSERT INTO posts (author_id, title) VALUES (1, 'one'), (2, 'two');";

#[test]
fn from_declarations_there_and_home() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    let file = court.project.read("migrations/0001_init.sql");
    assert!(file.contains("\n-- Catalog: "), "{file}");
    assert!(
        court.project.read("migrations/schema/0001_init.json").starts_with("[\n{\"CreateTable\"")
    );
    court.run(["migrate"]).ok();
    court.sql(ROWS);
    court.run(["check"]).ok().says("everything agrees");
    court.run(["generate"]).ok().says("nothing to do");
    court.run(["push"]).ok().says("nothing to do");

    // What is not in a transaction, too.
    let column = "    pub name: Option<String>,\n    #[index]\n    pub nick: Option<String>,\n";
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", column);
    court.run(["generate", "--name", "nick", "--concurrently"]).ok();
    assert!(court.project.read("migrations/0002_nick.sql").contains("-- peristyle:alone"));
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
    court.run(["rollback"]).ok();
    court.run(["check", "--no-database"]).ok();
    court.run(["check"]).exit(3).prints("0002_nick");
    court.run(["migrate"]).ok();
    court.run(["check"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM posts"), "2");

    // The database keeps what it holds, and so does the way back.
    court.project.edit("src/schema.rs", column, "");
    court.run(["generate", "--name", "gone"]).exit(6).says("--keep-data");
    court.run(["generate", "--name", "gone", "--keep-data"]).ok();
    court.run(["migrate"]).ok();
    court.run(["rollback"]).ok();
    assert_eq!(court.single("SELECT name FROM users ORDER BY id LIMIT 1"), "'Ada'");

    court.run(["reset", "--yes"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM users"), "0");
}

#[test]
fn an_interrupted_migration_is_completed() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.sql(&format!("{ROWS} UPDATE users SET name = 'same'"));
    court.run(["generate", "--name", "x", "--empty"]).ok();
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that do it, each closed by a semicolon.",
        "ALTER TABLE users ADD COLUMN nick text;\n-- peristyle:alone\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_name ON users (name);\nCOMMENT ON COLUMN users.nick IS 'late';",
    );
    court.project.edit(
        "migrations/0002_x.sql",
        "-- The statements that undo it, each closed by a semicolon.",
        "-- peristyle:alone\nDROP INDEX CONCURRENTLY IF EXISTS one_name;\nALTER TABLE users DROP COLUMN nick;",
    );
    court.run(["generate", "--prove"]).ok();
    // Two users share a name: the index cannot be built, and what was committed before it stays.
    court.run(["migrate"]).exit(1);
    court.run(["status"]).ok().prints("half applied");
    court.run(["rollback"]).exit(3).says("peristyle migrate");
    court.sql("UPDATE users SET name = email");
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
    let valid =
        "SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid = 'one_name'::regclass";
    assert_eq!(court.single(valid), "1");
    court.run(["rollback"]).ok();
    assert_eq!(court.single("SELECT count(*) FROM users"), "2");
}

#[test]
fn a_database_that_is_there_is_adopted() {
    let court = Court::new();
    court.sql(
        "CREATE TABLE room (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL);
         INSERT INTO room (name) VALUES ('one');
         CREATE FUNCTION total(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a + 1';
         CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY);
         INSERT INTO _sqlx_migrations VALUES (1), (2);",
    );
    court.run(["adopt"]).exit(3).prints("create table users");
    court.run(["adopt", "--pull", "--force"]).ok().says("the history of sqlx, with 2 entries");
    court.run(["generate"]).ok().says("nothing to do");
    court.run(["check"]).ok();
    court.run(["adopt"]).exit(2).says("0001_baseline");
    assert_eq!(court.single("SELECT count(*) FROM room"), "1");
    court.project.edit(
        "src/schema.rs",
        "pub name: String",
        "pub size: Option<i32>,\n    pub name: String",
    );
    court.run(["generate", "--name", "size"]).ok();
    court.run(["migrate"]).ok();
    court.run(["push"]).ok().says("nothing to do");
    assert_eq!(court.single("SELECT count(*) FROM _sqlx_migrations"), "2");
}

#[test]
fn changes_beside_a_migration_are_not_trusted_but_checked() {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.project.edit("migrations/schema/0001_init.json", "\"title\"", "\"other\"");
    court.run(["check"]).exit(3).says("edited-changes");
    // The history itself is as it was, and is replayed.
    court.run(["generate"]).ok().says("nothing to do");
}

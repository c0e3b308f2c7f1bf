//! What can go wrong with a server: each ends with its exit code, and says what to do.

mod support;

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use peristyle_driver::postgres::Postgres;
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_driver::{Connection, Options, Url};
use support::court::Court;
use support::{Project, Run};

/// A project whose first migration is applied, and the second is waiting: a column of `users`.
fn with_a_column_ahead() -> Court {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    let column = "    pub name: Option<String>,\n    pub nick: Option<String>,\n";
    court.project.edit("src/schema.rs", "    pub name: Option<String>,\n", column);
    court.run(["generate", "--name", "nick"]).ok();
    court
}

/// The same with a statement that takes its time, written by hand.
fn with_a_slow_one_ahead() -> Court {
    let court = Court::new();
    court.run(["generate", "--name", "init"]).ok();
    court.run(["migrate"]).ok();
    court.run(["generate", "--empty", "--name", "slow"]).ok();
    let text = court.project.read("migrations/0002_slow.sql");
    let (header, _) = text.split_once("-- peristyle:up").expect("two parts");
    // Slow where there are rows: the proof has none in this table.
    let up = "ALTER TABLE users ADD COLUMN nick text;\nSELECT pg_sleep(60) FROM users WHERE email = 'slow';";
    let text = format!(
        "{header}-- peristyle:up\n{up}\n\n-- peristyle:down\nALTER TABLE users DROP COLUMN nick;\n"
    );
    court.project.write("migrations/0002_slow.sql", text);
    court.run(["generate", "--prove"]).ok();
    court.sql("INSERT INTO users (email) VALUES ('slow')");
    court
}

fn start(court: &Court, arguments: &[&str]) -> Child {
    let mut command = court.project.command();
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}

fn end(child: Child) -> Run {
    Run::from(child.wait_with_output().expect("it ends"))
}

/// The number of the session that sleeps in the court's database.
fn sleeper(court: &Court) -> String {
    let end = Instant::now() + Duration::from_secs(30);
    let query = format!(
        "SELECT pid FROM pg_stat_activity WHERE datname = '{}' AND wait_event = 'PgSleep'",
        court.name
    );
    loop {
        let found = court.single(&query);
        if !found.is_empty() {
            return found;
        }
        assert!(Instant::now() < end, "nobody sleeps");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A project on an address of its own.
fn at(url: &str, dev_url: &str) -> Project {
    let project = Project::new();
    let text = format!(
        "[project]\ndialect = \"postgres\"\ndev_url = \"{dev_url}\"\n[environments.dev]\nurl = \"{url}\"\n"
    );
    project.write("peristyle.toml", text);
    project
}

/// The commands that need the database.
const COMMANDS: [&[&str]; 5] = [&["migrate"], &["rollback"], &["status"], &["check"], &["push"]];

#[test]
fn who_stands_in_the_way_is_named() {
    let court = with_a_column_ahead();
    let mut reader = court.open();
    reader.batch("BEGIN; LOCK TABLE users IN ACCESS SHARE MODE").expect("a lock");
    let process = reader.query("SELECT pg_backend_pid()", &[]).expect("a number");
    let process = process.single().expect("a number").to_string();
    let run = court.run(["migrate", "--lock-timeout", "4"]).exit(5);
    run.says(&process).says("`SELECT pg_backend_pid()`").says("again in");
    let failed = court.run(["migrate", "--lock-timeout", "1", "--json"]).exit(5);
    let answer = failed.json();
    assert_eq!(answer["error"]["code"], "locked", "{answer}");
    reader.batch("COMMIT").expect("an end");
    court.run(["migrate"]).ok();
}

#[test]
fn a_session_that_is_ended_leaves_nothing_and_the_next_run_completes() {
    let court = with_a_slow_one_ahead();
    let child = start(&court, &["migrate"]);
    let process = sleeper(&court);
    court.sql(&format!("SELECT pg_terminate_backend({process})"));
    end(child).exit(8).says("connection").says("again");
    assert_eq!(court.single("SELECT count(*) FROM _peristyle_migrations"), "1");
    court.sql("DELETE FROM users");
    court.run(["migrate"]).ok();
    court.run(["status"]).ok().says("2 applied, 0 pending");
}

#[test]
fn a_server_that_goes_away_ends_with_the_code_for_it() {
    let own = Cluster::start(&ClusterOptions::default()).expect("a server");
    let url = own.url().with_database("app").expect("a server's URL");
    let text = |url: &Url| url.secret().expect("a server's URL").to_owned();
    let project = at(&text(&url), &text(&own.url()));
    project.run(["generate", "--name", "init"]).ok();
    project.run(["migrate"]).ok();
    let mut witness = Postgres::open(&url, &Options::default()).expect("a connection");
    witness.batch("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE").expect("a lock");
    let mut command = project.command();
    command
        .args(["rollback", "--lock-timeout", "60"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let child = command.spawn().expect("the binary starts");
    std::thread::sleep(Duration::from_millis(500));
    drop(own);
    end(child).exit(8).says("peristyle status");
    project.run(["status"]).exit(8);
}

#[test]
fn an_address_where_nobody_listens_says_so() {
    let nobody = "postgres://postgres@127.0.0.1:1/app";
    let project = at(nobody, nobody);
    for command in COMMANDS.iter().chain([&["generate"][..]].iter()) {
        let run = project.run(command.iter()).exit(8);
        run.says("no server listens there").says("127.0.0.1:1");
    }
    let court = Court::new();
    court.run(["generate", "--dev-url", nobody]).exit(8).says("no server listens there");
    court.run(["generate", "--dev-url", "postgres://"]).exit(2).says("--dev-url");
    court.run(["generate", "--dev-url", "sqlite:x.db"]).exit(2).says("sqlite:x.db");
}

#[test]
fn a_database_that_is_not_there_says_so_and_is_made_by_what_writes() {
    let court = Court::new();
    let missing = format!("{}_missing", court.name);
    let url = court.server.url.with_database(&missing).expect("a server's URL");
    let url = url.secret().expect("a server's URL").to_owned();
    for command in ["rollback", "status", "check"] {
        let run = court.run([command, "--url", &url]).exit(8);
        run.says("does not exist").says(&missing);
    }
    court.run(["generate"]).ok();
    court.run(["migrate", "--url", &url]).ok();
    court.sql(&format!("DROP DATABASE {missing}"));
}

#[test]
fn a_role_that_may_not_make_databases_is_told_what_to_do() {
    let court = Court::new();
    let role = format!("{}_role", court.name);
    court.sql(&format!("CREATE ROLE {role} LOGIN"));
    let text = court.server.url.secret().expect("a URL").replace("postgres@", &format!("{role}@"));
    let run = court.run(["generate", "--dev-url", &text]).exit(8);
    run.says("CREATEDB").says("does not let this role make databases");
    court.sql(&format!("DROP ROLE {role}"));
}

#[test]
fn a_wrong_password_is_told_and_not_shown() {
    let access = "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    let own = Cluster::start(&ClusterOptions {
        files: vec![("access".to_owned(), access.as_bytes().to_vec())],
        settings: vec![("hba_file".to_owned(), "{folder}/access".to_owned())],
        loopback: true,
        binaries: None,
    })
    .expect("a server");
    let mut server = Postgres::open(&own.url(), &Options::default()).expect("a connection");
    server.batch("CREATE ROLE app LOGIN PASSWORD 'right'").expect("a role");
    let port = own.port();
    let url = format!("postgres://app:hunter2@127.0.0.1:{port}/postgres");
    let project = at(&url, &url);
    for command in COMMANDS.iter().chain([&["generate"][..]].iter()) {
        let run = project.run(command.iter()).exit(8);
        let run = run.says("look at the user and the password");
        assert!(!format!("{run:?}").contains("hunter2"), "{run:?}");
    }
}

#[test]
fn a_server_without_encryption_is_refused_where_encryption_is_wanted() {
    let own = Cluster::start(&ClusterOptions { loopback: true, ..ClusterOptions::default() })
        .expect("a server");
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres?sslmode=verify-full", own.port());
    let project = at(&url, &url);
    for command in COMMANDS.iter().chain([&["generate"][..]].iter()) {
        project.run(command.iter()).exit(8).says("TLS");
    }
}

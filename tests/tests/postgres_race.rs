//! Sixteen migrators at once on PostgreSQL, directly and through PgBouncer; and a reader that holds a table while a migration
//! wants it.
//!
//! `PERISTYLE_RACES=20` sets how many rounds, `PERISTYLE_HOLD=30` for how many seconds the reader holds the table.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use ::postgres::{Client, NoTls};
use peristyle_driver::postgres::cluster::{Cluster, ClusterOptions};
use peristyle_tests::history::{Project, rounds};
use peristyle_tests::pooler::Pooler;
use peristyle_tests::postgres::{Database, Server};

const MIGRATOR: &str = env!("CARGO_BIN_EXE_migrator");

/// How many rounds the normal run makes, of each kind.
const RACES: usize = 2;

/// How many migrators start at once.
const MIGRATORS: usize = 16;

/// For how many seconds the normal run holds the table.
const HOLD: usize = 4;

const STEPS: &[(&str, &str)] = &[
    ("users", "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String }"),
    (
        "index",
        "#[derive(Table)] #[index(name, concurrently)] struct User { #[key(auto)] id: Id<User>, name: String }",
    ),
    (
        "email",
        "#[derive(Table)] #[index(name, concurrently)] #[index(email, concurrently)] struct User { #[key(auto)] id: Id<User>, name: String, email: Option<String> }",
    ),
    (
        "notes",
        "#[derive(Table)] #[index(name, concurrently)] #[index(email, concurrently)] struct User { #[key(auto)] id: Id<User>, name: String, email: Option<String> }
         #[derive(Table)] struct Note { #[key(auto)] id: Id<Note>, user_id: Id<User> }",
    ),
];

const EXPECTED: [&str; 4] = ["0001_users", "0002_index", "0003_email", "0004_notes"];

#[test]
fn each_migration_is_applied_once() {
    let project = Project::on_postgres(Server::shared().url(), STEPS);
    let mut locked = 0;
    let races = rounds("PERISTYLE_RACES", RACES);
    for race in 0..races {
        let database = Database::fresh("race");
        locked += run(race, &project, database.url_text(), database.url_text());
    }
    println!(
        "{races} races of {MIGRATORS}: each migration applied once; {locked} told that the lock was held"
    );
}

#[test]
fn each_migration_is_applied_once_behind_a_pooler() {
    let cluster = Cluster::start(&ClusterOptions { loopback: true, ..ClusterOptions::default() })
        .unwrap_or_else(|error| panic!("{error}"));
    let server = cluster.loopback_url().expect("it was asked to listen there");
    let Some(pooler) = Pooler::before("127.0.0.1", cluster.port()) else {
        println!("NOT TRIED: PgBouncer is not installed");
        return;
    };
    let project = Project::on_postgres(&server, STEPS);
    let mut locked = 0;
    let races = rounds("PERISTYLE_RACES", RACES);
    for race in 0..races {
        let name = format!("race_{race}");
        let text = server.secret().expect("the URL of a server");
        execute(text, &format!("CREATE DATABASE {name}"));
        let direct = server.with_database(&name).expect("the URL of a server");
        let direct = direct.secret().expect("the URL of a server");
        let pooled = pooler.url(&name);
        locked += run(race, &project, pooled.secret().expect("the URL of a server"), direct);
    }
    println!(
        "{races} races of {MIGRATORS} behind PgBouncer: each migration applied once; {locked} told that the lock was held"
    );
}

/// One race; says how many were told that the lock was held.
fn run(race: usize, project: &Project, url: &str, direct: &str) -> usize {
    let children: Vec<Child> = (0..MIGRATORS).map(|_| start(project, url)).collect();
    let mut applied = Vec::new();
    let mut locked = 0;
    for child in children {
        let output = child.wait_with_output().expect("the child is ours");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => {}
            // Documented: another holds the lock, and held it longer than we wait.
            Some(5) => locked += 1,
            other => panic!("race {race}: exit {other:?}: {words}"),
        }
        applied.extend(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned));
    }
    applied.sort();
    assert_eq!(applied, EXPECTED, "race {race}: each migration is applied once");
    assert_eq!(
        texts(direct, "SELECT id FROM _peristyle_migrations WHERE state = 'done' ORDER BY id"),
        EXPECTED
    );
    let left = "SELECT 'an invalid index' FROM pg_index WHERE NOT indisvalid
        UNION ALL SELECT 'an advisory lock' FROM pg_locks
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        UNION ALL SELECT 'a lease of ' || owner FROM _peristyle_lease WHERE expires > clock_timestamp()";
    assert_eq!(texts(direct, left), Vec::<String>::new(), "race {race}: nothing is left locked");
    let indexes = "SELECT indexname::text FROM pg_indexes WHERE tablename = 'users' ORDER BY 1";
    assert_eq!(texts(direct, indexes), ["users_email_idx", "users_name_idx", "users_pkey"]);
    locked
}

/// While somebody reads a table for long, a migration that wants the table alone lets the other readers pass.
#[test]
fn readers_do_not_queue_behind_a_waiting_migration() {
    let hold = Duration::from_secs(rounds("PERISTYLE_HOLD", HOLD) as u64);
    let project = Project::on_postgres(
        Server::shared().url(),
        &[("users", "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String }")],
    );
    let database = Database::fresh("reader");
    let url = database.url_text();
    let output = start(&project, url).wait_with_output().expect("the child is ours");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    execute(url, "INSERT INTO users (name) SELECT 'user ' || i FROM generate_series(1, 1000) i");
    let project = project.then(
        "email",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String, email: Option<String> }",
    );

    let mut holder = Client::connect(url, NoTls).expect("the server is there");
    holder.batch_execute("BEGIN; SELECT count(*) FROM users").expect("the table can be read");
    let begun = Instant::now();
    let migrator = start(&project, url);
    let mut reader = Client::connect(url, NoTls).expect("the server is there");
    let (mut longest, mut reads) = (Duration::ZERO, 0);
    while begun.elapsed() < hold {
        let asked = Instant::now();
        reader.batch_execute("SELECT count(*) FROM users").expect("the table can be read");
        longest = longest.max(asked.elapsed());
        reads += 1;
        std::thread::sleep(Duration::from_millis(10));
    }
    holder.batch_execute("COMMIT").expect("the reader lets go");
    let output = migrator.wait_with_output().expect("the child is ours");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    println!(
        "the table was held for {hold:?}; {reads} other reads, the longest {longest:?}; the migrator: {} {words}",
        output.status
    );
    // The lock timeout of a migration's statements and a little; in the normal run, what a loaded machine may add to it.
    let more = if std::env::var_os("PERISTYLE_HOLD").is_some() { 100 } else { 1000 };
    let bound = Duration::from_secs(2) + Duration::from_millis(more);
    assert!(longest < bound, "a reader waited {longest:?}");
    match output.status.code() {
        Some(0) => {}
        Some(5) => {
            assert!(words.contains("SELECT count(*) FROM users"), "the blocker is named: {words}")
        }
        other => panic!("exit {other:?}: {words}"),
    }
    let output = start(&project, url).wait_with_output().expect("the child is ours");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(texts(url, "SELECT state FROM _peristyle_migrations"), ["done", "done"]);
}

fn start(project: &Project, url: &str) -> Child {
    project
        .migrator_of(MIGRATOR, "migrate", url)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the migrator starts")
}

fn execute(url: &str, sql: &str) {
    let mut client = Client::connect(url, NoTls).expect("the server is there");
    client.batch_execute(sql).unwrap_or_else(|error| panic!("{error}, in:\n{sql}"));
}

fn texts(url: &str, sql: &str) -> Vec<String> {
    let mut client = Client::connect(url, NoTls).expect("the server is there");
    let rows = client.query(sql, &[]).unwrap_or_else(|error| panic!("{error}, in:\n{sql}"));
    rows.iter().map(|row| row.get(0)).collect()
}

//! `kill -9` of a migrator, and the immediate stop of its server, at any instant of migrations and their ways back: every
//! migration is done, not done, or known to be on its way; no row is lost; and the next run succeeds unaided.
//!
//! One of the migrations runs in a transaction and writes a table anew, the other has statements that stand outside of one.
//! `PERISTYLE_KILLS=500` and `PERISTYLE_STOPS=50` set how many; `cargo xtask kill --postgres` and `cargo xtask stop` do the
//! full counts.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use ::postgres::{Client, NoTls};
use peristyle_tests::history::{Project, rounds};
use peristyle_tests::postgres::{Database, Server};
use peristyle_tests::random::Dice;
use peristyle_tests::server::StoppableServer;

const MIGRATOR: &str = env!("CARGO_BIN_EXE_migrator");

/// How many times the normal run kills.
const KILLS: usize = 10;

/// How many times the normal run stops the server.
const STOPS: usize = 2;

/// How many rows the table has.
const ROWS: usize = 20_000;

/// One in so many rounds waits until the lease of the dead expires by itself; the others let it expire at once, so that five
/// hundred rounds do not take two hours.
const PATIENT: usize = 50;

const BEFORE: &str = r#"
#[derive(Table)]
struct Item {
    #[key(auto)]
    id: Id<Item>,
    name: String,
    #[column(default = 1)]
    amount: i32,
}

#[derive(Table)]
struct Part {
    #[key(auto)]
    id: Id<Part>,
    #[references(on_delete = cascade)]
    item_id: Id<Item>,
}
"#;

/// In one transaction: a column written anew, a check, a column that comes.
const WRITTEN_ANEW: &str = r#"
#[derive(Table)]
struct Item {
    #[key(auto)]
    id: Id<Item>,
    name: String,
    #[column(default = 2, check = "amount >= 0")]
    amount: i64,
    #[column(default = "none")]
    note: String,
}

#[derive(Table)]
struct Part {
    #[key(auto)]
    id: Id<Part>,
    #[references(on_delete = cascade)]
    item_id: Id<Item>,
}
"#;

/// Two indexes that are built outside of a transaction, and a column inside of one.
const CONCURRENTLY: &str = r#"
#[derive(Table)]
#[index(name, concurrently)]
struct Item {
    #[key(auto)]
    id: Id<Item>,
    name: String,
    #[column(default = 2, check = "amount >= 0")]
    amount: i64,
    #[column(default = "none")]
    note: String,
    weight: Option<i64>,
}

#[derive(Table)]
#[index(item_id, concurrently)]
struct Part {
    #[key(auto)]
    id: Id<Part>,
    #[references(on_delete = cascade)]
    item_id: Id<Item>,
}
"#;

/// What each round does, and how many migrations are done behind it.
const ROUNDS: [(&str, usize); 3] = [("migrate", 3), ("rollback", 2), ("rollback", 1)];

/// A project with its database, and what the database holds at each stand.
struct Trial {
    project: Project,
    url: String,
    whole: String,
    /// The facts at one, two and three migrations.
    facts: [String; 3],
    took: [Duration; 3],
}

impl Trial {
    fn new(server: &peristyle_driver::Url, url: &str) -> Self {
        let project = Project::on_postgres(server, &[("items", BEFORE)]);
        finish(&project, url, "migrate");
        let mut client = Client::connect(url, NoTls).expect("the server is there");
        let rows = format!(
            "INSERT INTO items (name, amount) SELECT 'item ' || (i * 7919 % 104729), i % 97 FROM generate_series(1, {ROWS}) i;
             INSERT INTO parts (item_id) SELECT id FROM items;"
        );
        client.batch_execute(&rows).expect("rows can be put in");
        drop(client);
        let first = facts(url);
        let project = project.then("anew", WRITTEN_ANEW).then("concurrently", CONCURRENTLY);
        let whole = print(url);
        let took = ROUNDS.map(|(verb, _)| {
            let begun = Instant::now();
            finish(&project, url, verb);
            begun.elapsed()
        });
        let mut trial = Self {
            project,
            url: url.to_owned(),
            whole,
            facts: [first.clone(), String::new(), String::new()],
            took,
        };
        assert_eq!(facts(url), first, "the ways back lead home");
        finish(&trial.project, url, "migrate");
        trial.facts[2] = facts(url);
        finish(&trial.project, url, "rollback");
        trial.facts[1] = facts(url);
        finish(&trial.project, url, "rollback");
        trial
    }

    fn start(&self, round: usize) -> Child {
        self.project
            .migrator_of(MIGRATOR, ROUNDS[round % 3].0, &self.url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the migrator starts")
    }

    /// An instant between the start of a run and a little after its end.
    fn instant(&self, dice: &mut Dice, round: usize) -> Duration {
        let longest = self.took[round % 3].as_micros() as u64;
        Duration::from_micros(dice.below(longest + longest / 10))
    }

    /// Looks at what is there after an end before its time, and lets the next run bring it to the round's stand.
    fn check(&self, round: usize, seen: &mut Seen) {
        let (verb, behind) = ROUNDS[round % 3];
        assert_eq!(print(&self.url), self.whole, "round {round}: rows were lost or changed");
        let history = history(&self.url);
        let on_the_way = history.iter().any(|state| state != "done");
        match on_the_way {
            true => seen.on_the_way += 1,
            false if history.len() == behind => seen.behind += 1,
            false => seen.before += 1,
        }
        if !on_the_way {
            let expected = &self.facts[history.len() - 1];
            assert_eq!(&facts(&self.url), expected, "round {round}: history and catalog disagree");
        }
        if round % PATIENT == PATIENT - 1 {
            wait_for_the_lease(&self.url);
        } else {
            execute(&self.url, EXPIRE);
        }
        if on_the_way || history.len() != behind {
            finish(&self.project, &self.url, verb);
        }
        assert_eq!(facts(&self.url), self.facts[behind - 1], "round {round}: unaided");
        assert_eq!(print(&self.url), self.whole, "round {round}: rows were lost or changed");
    }
}

/// What the rounds showed.
#[derive(Default)]
struct Seen {
    before: usize,
    behind: usize,
    on_the_way: usize,
}

#[test]
fn a_killed_migration_goes_on() {
    let kills = rounds("PERISTYLE_KILLS", KILLS);
    let database = Database::fresh("kill");
    let trial = Trial::new(Server::shared().url(), database.url_text());
    let mut dice = Dice::of(11);
    let mut seen = Seen::default();
    for round in 0..kills {
        let mut child = trial.start(round);
        std::thread::sleep(trial.instant(&mut dice, round));
        child.kill().expect("a process of ours can be killed");
        child.wait().expect("the child is ours");
        // The server notices a dead client at the end of its statement.
        wait_for_the_dead(&trial.url);
        trial.check(round, &mut seen);
    }
    println!(
        "{kills} kills: {} before, {} on the way, {} behind, 0 half, 0 rows lost",
        seen.before, seen.on_the_way, seen.behind
    );
    assert!(kills < 30 || seen.before > 0 && seen.on_the_way > 0, "the kills hit too little");
}

#[test]
fn a_stopped_server_loses_nothing() {
    let stops = rounds("PERISTYLE_STOPS", STOPS);
    let server = StoppableServer::start();
    let maintenance = server.url();
    let url = maintenance.secret().expect("the URL of a server").to_owned();
    let trial = Trial::new(&maintenance, &url);
    let mut dice = Dice::of(12);
    let mut seen = Seen::default();
    for round in 0..stops {
        let mut child = trial.start(round);
        std::thread::sleep(trial.instant(&mut dice, round));
        server.stop_immediately();
        let status = child.wait().expect("the child is ours");
        assert!(status.code().is_some(), "the migrator ends by itself: {status}");
        server.start_again();
        trial.check(round, &mut seen);
    }
    println!(
        "{stops} stops: {} before, {} on the way, {} behind, 0 half, 0 rows lost",
        seen.before, seen.on_the_way, seen.behind
    );
}

/// Runs to the end.
fn finish(project: &Project, url: &str, verb: &str) {
    let output = project.migrator_of(MIGRATOR, verb, url).output().expect("the migrator starts");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{verb}: {words}");
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

/// The fifteen seconds pass at once.
const EXPIRE: &str = "UPDATE _peristyle_lease SET expires = clock_timestamp() - interval '1 second' WHERE expires > clock_timestamp()";

fn wait_for_the_lease(url: &str) {
    let held = "SELECT owner FROM _peristyle_lease WHERE expires > clock_timestamp()";
    let begun = Instant::now();
    while !texts(url, held).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "a dead migrator's lease expires");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Waits until no session but ours is left in the database.
fn wait_for_the_dead(url: &str) {
    let others = "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    let begun = Instant::now();
    while !texts(url, others).is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the server lets go of a dead client");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Every row, in one text: nothing of it may ever change.
fn print(url: &str) -> String {
    texts(
        url,
        "SELECT md5(string_agg(id || ' ' || name || ' ' || amount, ',' ORDER BY id)) FROM items
         UNION ALL SELECT md5(string_agg(id || ' ' || item_id, ',' ORDER BY id)) FROM parts
         UNION ALL SELECT string_agg(sequencename || ' ' || last_value, ',' ORDER BY sequencename) FROM pg_sequences",
    )
    .join("\n")
}

fn history(url: &str) -> Vec<String> {
    texts(url, "SELECT state FROM _peristyle_migrations ORDER BY id")
}

/// What the catalog says: columns, constraints, indexes, and whether these can be used.
fn facts(url: &str) -> String {
    texts(
        url,
        "SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\\_peristyle\\_lease'
         UNION ALL
         SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_peristyle_lease'
         UNION ALL
         SELECT concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisready) FROM pg_index WHERE indrelid::regclass::text IN ('items', 'parts')
         ORDER BY 1",
    )
    .join("\n")
}

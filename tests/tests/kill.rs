//! `kill -9` at any instant of a migration or its way back: the database is before it or behind it, no row is lost, and
//! the next run succeeds unaided.
//!
//! `PERISTYLE_KILLS=1000` sets how many; `cargo xtask kill` does the full count.

use std::process::Stdio;
use std::time::{Duration, Instant};

use peristyle_tests::engine::{Engine, SqliteEngine};
use peristyle_tests::history::{Project, rounds};
use peristyle_tests::random::Dice;

const MIGRATOR: &str = env!("CARGO_BIN_EXE_migrator");

/// How many times the normal run kills.
const KILLS: usize = 40;

/// How many rows the rebuilt table has.
const ROWS: usize = 20_000;

const BEFORE: &str = r#"
#[derive(Table)]
struct Item {
    #[key(autoincrement)]
    id: Id<Item>,
    #[index]
    name: String,
    #[column(default = 1)]
    amount: i64,
}

#[derive(Table)]
struct Part {
    #[key(auto)]
    id: Id<Part>,
    #[references(on_delete = cascade)]
    #[index]
    item_id: Id<Item>,
}
"#;

const AFTER: &str = r#"
#[derive(Table)]
struct Item {
    #[key(autoincrement)]
    id: Id<Item>,
    #[index]
    name: String,
    #[column(default = 2, check = "amount >= 0")]
    amount: i64,
}

#[derive(Table)]
struct Part {
    #[key(auto)]
    id: Id<Part>,
    #[references(on_delete = cascade)]
    #[index]
    item_id: Id<Item>,
}
"#;

/// Where the database stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Before,
    After,
}

#[test]
fn a_killed_migration_has_happened_or_not() {
    let kills = rounds("PERISTYLE_KILLS", KILLS);
    let project = Project::with(&[("items", BEFORE)]);
    project.migrate(&project.folder()).expect("the first migration runs");
    populate(&project);
    let project = project.then("default", AFTER);
    let whole = print(&project);

    let mut took = [("migrate", Stand::After), ("rollback", Stand::Before)].map(|(verb, stand)| {
        let begun = Instant::now();
        finish(&project, verb);
        assert_eq!(stand_of(&project, &whole), stand);
        begun.elapsed()
    });
    let mut dice = Dice::of(9);
    let (mut untouched, mut done, mut late) = (0, 0, 0);
    for round in 0..kills {
        let (verb, from, to) = match round % 2 {
            0 => ("migrate", Stand::Before, Stand::After),
            _ => ("rollback", Stand::After, Stand::Before),
        };
        let longest = took[round % 2].as_micros() as u64;
        let wait = Duration::from_micros(dice.below(longest + longest / 10));
        let mut child = project
            .migrator(MIGRATOR, verb)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the migrator starts");
        std::thread::sleep(wait);
        late += usize::from(child.try_wait().expect("the child is ours").is_some());
        child.kill().expect("a process of ours can be killed");
        child.wait().expect("the child is ours");

        let stand = stand_of(&project, &whole);
        if stand == from {
            untouched += 1;
        } else {
            done += 1;
        }
        let begun = Instant::now();
        if stand == from || verb == "migrate" {
            finish(&project, verb);
        }
        if stand == from {
            took[round % 2] = begun.elapsed();
        }
        assert_eq!(stand_of(&project, &whole), to, "round {round}: the next run does it unaided");
    }
    println!(
        "{kills} kills: {untouched} before, {done} behind ({late} came too late), 0 half, 0 rows lost"
    );
    assert!(kills < 20 || untouched > 0, "every kill came too late to prove anything");
}

/// Puts the rows in, and deletes the last so that the mark is above them.
fn populate(project: &Project) {
    let engine = SqliteEngine::file(&project.database());
    let rows = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= {ROWS})
         INSERT INTO items (id, name, amount) SELECT i, 'item ' || (i * 7919 % 104729), i % 97 FROM n;
         DELETE FROM items WHERE id > {ROWS};
         INSERT INTO parts (item_id) SELECT id FROM items;"
    );
    engine.script(&rows).expect("rows can be put in");
}

/// Runs to the end.
fn finish(project: &Project, verb: &str) {
    let output = project.migrator(MIGRATOR, verb).output().expect("the migrator starts");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{verb}: {words}");
}

/// Every row, in one text: nothing of it may ever change.
fn print(project: &Project) -> String {
    let engine = SqliteEngine::file(&project.database());
    let ask = |sql: &str| engine.query(sql).expect("the database answers").1;
    let rows = ask(
        "SELECT group_concat(id || ' ' || name || ' ' || amount, char(10)) FROM (SELECT * FROM items ORDER BY id)",
    );
    let parts = ask(
        "SELECT group_concat(id || ' ' || item_id, char(10)) FROM (SELECT * FROM parts ORDER BY id)",
    );
    let mark = ask("SELECT seq FROM sqlite_sequence WHERE name = 'items'");
    format!("{rows:?} {parts:?} {mark:?}")
}

/// Where the database stands, which must be whole on one side: catalog, history, rows and health agree.
fn stand_of(project: &Project, whole: &str) -> Stand {
    assert!(print(project) == whole, "rows were lost or changed");
    let engine = SqliteEngine::file(&project.database());
    assert_eq!(engine.ailments(), Vec::<String>::new());
    let ask = |sql: &str| engine.query(sql).expect("the database answers").1.len();
    let applied = ask("SELECT id FROM _peristyle_migrations");
    let checked = ask("SELECT 1 FROM sqlite_schema WHERE name = 'items' AND sql LIKE '%CHECK%'");
    let copies =
        ask("SELECT 1 FROM sqlite_schema WHERE name LIKE '\\_peristyle\\_new%' ESCAPE '\\'");
    let indexes = ask(
        "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name IN ('items_name_idx', 'parts_item_id_idx')",
    );
    match (applied, checked, copies, indexes) {
        (1, 0, 0, 2) => Stand::Before,
        (2, 1, 0, 2) => Stand::After,
        half => panic!("half applied: (migrations, checks, copies, indexes) = {half:?}"),
    }
}

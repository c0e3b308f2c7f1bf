//! Sixteen migrators at once: each migration is applied once, and nobody fails but in a documented way.
//!
//! `PERISTYLE_RACES=50` sets how many rounds.

use std::process::Stdio;

use peristyle_schema::QualifiedName;
use peristyle_tests::engine::{Engine, SqliteEngine};
use peristyle_tests::history::{Project, rounds};

const MIGRATOR: &str = env!("CARGO_BIN_EXE_migrator");

/// How many rounds the normal run makes.
const RACES: usize = 10;

/// How many migrators start at once.
const MIGRATORS: usize = 16;

const STEPS: &[(&str, &str)] = &[
    ("users", "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String }"),
    (
        "email",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, name: String, email: Option<String> }",
    ),
    (
        "default",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, #[column(default = \"x\")] name: String, email: Option<String> }",
    ),
    (
        "notes",
        "#[derive(Table)] struct User { #[key(auto)] id: Id<User>, #[column(default = \"x\")] name: String, email: Option<String> }
         #[derive(Table)] struct Note { #[key(auto)] id: Id<Note>, user_id: Id<User> }",
    ),
];

#[test]
fn each_migration_is_applied_once() {
    let races = rounds("PERISTYLE_RACES", RACES);
    let project = Project::with(STEPS);
    let mut locked = 0;
    for race in 0..races {
        for file in ["app.db", "app.db-wal", "app.db-shm", "app.db-journal"] {
            let path = project.database().with_file_name(file);
            if path.exists() {
                std::fs::remove_file(path).expect("the last round's database can be removed");
            }
        }
        let children: Vec<_> = (0..MIGRATORS)
            .map(|_| {
                project
                    .migrator(MIGRATOR, "migrate")
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("the migrator starts")
            })
            .collect();
        let mut applied = Vec::new();
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
        let expected = ["0001_users", "0002_email", "0003_default", "0004_notes"];
        assert_eq!(applied, expected, "race {race}: each migration is applied once");
        let engine = SqliteEngine::file(&project.database());
        let history = engine.query("SELECT id FROM _peristyle_migrations").expect("a history");
        assert_eq!(history.1.len(), expected.len(), "race {race}");
        assert_eq!(engine.tables(), ["notes", "users"].map(QualifiedName::from), "race {race}");
    }
    println!(
        "{races} races of {MIGRATORS}: each migration applied once; {locked} told that the lock was held"
    );
}

//! Migrations that are planned: from a schema to a proven file, to a database, and back.

mod support;

use std::time::Duration;

use peristyle_driver::Value;
use peristyle_migrate::{
    CheckRequest, Choices, DroppedData, Error, ErrorKind, GenerateRequest, Generated,
    GeneratedMigration, PushOptions, RollbackOptions, Source, Writing, check, generate, kept_list,
    kept_purge, load, parse_fill, push, reset, rollback,
};
use peristyle_schema::Pair;
use peristyle_sql::Reversible;
use support::{Place, SQLITE, quiet};

const FIRST: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL, name TEXT, age INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, title TEXT NOT NULL);
CREATE VIEW titles AS SELECT title FROM posts;
CREATE TRIGGER posts_no_blank BEFORE INSERT ON posts WHEN new.title = '' BEGIN SELECT RAISE(ABORT, 'blank title'); END;";

impl Place {
    fn target(&self, sql: &str) -> Source {
        let path = self.path("schema.sql");
        std::fs::write(&path, sql).unwrap();
        Source::Sql(path)
    }

    fn plan(&self, sql: &str, choices: Choices) -> Result<GeneratedMigration, Error> {
        match self.generate(&self.target(sql), choices)? {
            Generated::Migration(made) => Ok(*made),
            Generated::Nothing { .. } => panic!("nothing was generated"),
        }
    }

    fn planned(&self, sql: &str) -> GeneratedMigration {
        self.plan(sql, Choices::default()).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// A place with two tables and some rows.
fn place() -> Place {
    let place = Place::new();
    place.planned(FIRST);
    place.migrate().unwrap();
    place.run(
        "INSERT INTO users (id, email, name, age) VALUES (1, 'a@x', 'Ann', 30), (2, 'b@x', NULL, 40), (90, 'c@x', 'Cy', 50);
         DELETE FROM users WHERE id = 90;
         INSERT INTO posts VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three');",
    );
    place
}

fn all(place: &Place) -> [Vec<Vec<Value>>; 2] {
    [
        place.rows("SELECT id, email, name, age FROM users ORDER BY id"),
        place.rows("SELECT * FROM posts ORDER BY id"),
    ]
}

#[test]
fn the_file_reads_as_it_should() {
    let place = Place::new();
    let made = place.planned(FIRST);
    assert_eq!(made.id.as_str(), "0001_create_2_tables");
    assert_eq!(
        made.proof.as_ref().unwrap().summary,
        "up, down and up again; with 6 rows in 2 new tables"
    );
    let text = std::fs::read_to_string(&made.path).unwrap();
    assert_eq!(text, made.text);
    let keys: Vec<&str> = text
        .lines()
        .take_while(|l| *l != "-- peristyle:up")
        .map(|l| l[3..].split(':').next().unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "Migration",
            "Purpose",
            "Ticket",
            "Reversible",
            "Parent",
            "Schema",
            "Rollback",
            "Proven",
            "Hash"
        ]
    );
    assert!(text.contains("-- Parent: none") && text.contains("-- Reversible: Yes"));
    assert!(place.folder().faults().is_empty());
    assert!(matches!(
        place.generate(&place.target(FIRST), Choices::default()).unwrap(),
        Generated::Nothing { .. }
    ));
    let again = Place::new();
    assert_eq!(again.planned(FIRST).text, text, "equal input gives equal bytes");
}

#[test]
fn a_rebuild_keeps_children_marks_views_and_triggers_both_ways() {
    let place = place();
    let before = all(&place);
    let made = place.planned(&FIRST.replace("DEFAULT 0", "DEFAULT 18"));
    assert_eq!(made.proof.unwrap().summary, "up, down and up again; 6 rows in 2 tables came back");
    place.migrate().unwrap();
    assert_eq!(all(&place), before);
    assert_eq!(
        place.rows("SELECT seq FROM sqlite_sequence WHERE name = 'users'"),
        [[Value::Integer(90)]]
    );
    assert_eq!(place.rows("SELECT count(*) FROM titles"), [[Value::Integer(3)]]);
    place.rollback().unwrap();
    assert_eq!(all(&place), before);
    assert_eq!(
        place.rows("SELECT seq FROM sqlite_sequence WHERE name = 'users'"),
        [[Value::Integer(90)]]
    );
}

#[test]
fn dropped_data_needs_a_decision_and_can_be_kept() {
    let place = place();
    let before = all(&place);
    let without = FIRST.replace(", name TEXT", "");
    let error = place.plan(&without, Choices::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decision);
    let Error::Undecided(decisions) = &error else { panic!("{error}") };
    let flags: Vec<&str> = decisions[0].answers.iter().map(|(flag, _)| flag.as_str()).collect();
    assert_eq!(flags, ["--keep-data", "--allow-destructive"]);
    assert!(decisions[0].question.contains("users.name"));
    assert_eq!(place.folder().migrations().len(), 1, "nothing was written");

    let made =
        place.plan(&without, Choices { dropped: DroppedData::Keep, ..Choices::default() }).unwrap();
    assert_eq!(made.proof.unwrap().reversible, Reversible::Yes);
    place.migrate().unwrap();
    let kept = kept_list(place.connect().as_mut()).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].label.as_str(), kept[0].subject.as_str()), ("0002", "users.name"));
    place.rollback().unwrap();
    assert_eq!(all(&place), before);
    assert!(kept_list(place.connect().as_mut()).unwrap().is_empty());

    place.migrate().unwrap();
    assert_eq!(kept_purge(place.connect().as_mut(), &["0002".to_owned()]).unwrap().len(), 1);
    assert!(kept_list(place.connect().as_mut()).unwrap().is_empty());
}

#[test]
fn dropped_data_can_be_lost_when_allowed() {
    let place = place();
    let made = place
        .plan(
            &FIRST.replace(", name TEXT", ""),
            Choices { dropped: DroppedData::Lose, ..Choices::default() },
        )
        .unwrap();
    assert_eq!(made.proof.unwrap().reversible, Reversible::Partial);
    place.migrate().unwrap();
    place.rollback().unwrap();
    assert_eq!(place.rows("SELECT count(name) FROM users"), [[Value::Integer(0)]]);
    assert_eq!(place.count("posts"), 3);
}

#[test]
fn a_dropped_table_comes_back_with_its_rows() {
    let place = place();
    let before = all(&place);
    let users = FIRST.lines().take(2).collect::<Vec<_>>().join("\n");
    place.plan(&users, Choices { dropped: DroppedData::Keep, ..Choices::default() }).unwrap();
    place.migrate().unwrap();
    assert!(place.connect().query("SELECT * FROM posts", &[]).is_err());
    place.rollback().unwrap();
    assert_eq!(all(&place), before);
    assert_eq!(place.rows("SELECT count(*) FROM titles"), [[Value::Integer(3)]]);
}

#[test]
fn a_rename_is_offered_and_taken() {
    let place = place();
    let renamed = FIRST.replace(", name TEXT", ", full_name TEXT");
    let Err(Error::Undecided(decisions)) = place.plan(&renamed, Choices::default()) else {
        panic!()
    };
    assert_eq!(decisions[0].answers[0].0, "--rename users.name:full_name");
    let choices =
        Choices { renames: vec!["users.name:full_name".parse().unwrap()], ..Choices::default() };
    let made = place.plan(&renamed, choices).unwrap();
    assert_eq!(made.id.as_str(), "0002_alter_users_rename_name_to_full_name");
    place.migrate().unwrap();
    assert_eq!(place.rows("SELECT full_name FROM users WHERE id = 1"), [["Ann".into()]]);
    place.rollback().unwrap();
    assert_eq!(place.rows("SELECT name FROM users WHERE id = 1"), [["Ann".into()]]);
    let wrong =
        Choices { renames: vec!["users.name:nothing".parse().unwrap()], ..Choices::default() };
    assert_eq!(place.plan(&renamed, wrong).unwrap_err().kind(), ErrorKind::Usage);
}

#[test]
fn a_column_that_becomes_not_null_asks_what_to_fill() {
    let place = place();
    let filled = FIRST.replace(", name TEXT", ", name TEXT NOT NULL");
    let Err(Error::Undecided(decisions)) = place.plan(&filled, Choices::default()) else {
        panic!()
    };
    assert!(
        decisions[0].answers.iter().any(|(flag, _)| flag.contains("--fill users.name:")),
        "{decisions:?}"
    );
    let choices =
        Choices { fills: vec![parse_fill("users.name:'nobody'").unwrap()], ..Choices::default() };
    place.plan(&filled, choices).unwrap();
    place.migrate().unwrap();
    assert_eq!(
        place.rows("SELECT name FROM users ORDER BY id"),
        [["Ann".into()], ["nobody".into()]]
    );
}

#[test]
fn a_value_that_would_change_meaning_stops_the_migration() {
    let place = place();
    let made = place.planned(&FIRST.replace("title TEXT NOT NULL", "title INTEGER NOT NULL"));
    assert!(made.text.contains("-- peristyle:guard "), "{}", made.text);
    let before = all(&place);
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification);
    assert!(error.to_string().contains("three"), "{error}");
    assert_eq!(all(&place), before);
    place.run("UPDATE posts SET title = id * 10");
    place.migrate().unwrap();
    assert_eq!(place.rows("SELECT title FROM posts WHERE id = 2"), [[Value::Integer(20)]]);
}

#[test]
fn a_check_that_made_up_rows_fit_is_proven_with_rows() {
    let place = place();
    let made = place.planned(
        &FIRST.replace("title TEXT NOT NULL", "title TEXT NOT NULL CHECK (length(title) > 12)"),
    );
    let proof = made.proof.unwrap();
    assert_eq!(proof.without_rows, []);
    assert_eq!(proof.summary, "up, down and up again; 6 rows in 2 tables came back");
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    let folder = place.migrations();
    let target = place.target(FIRST);
    let request = GenerateRequest { writing: Writing::Dry, ..place.request(&folder, &target) };
    let Generated::Migration(made) = generate(&request, &mut quiet()).unwrap() else { panic!() };
    assert!(made.text.contains("CREATE TABLE"));
    assert!(!folder.exists());
}

#[test]
fn check_finds_pending_drift_and_stale() {
    let place = place();
    let target = place.target(FIRST);
    let look = |target: &Source| {
        let mut connection = place.connect();
        let folder = place.folder();
        let request = CheckRequest {
            sidecars: &[],
            folder: &folder,
            scratch: SQLITE.into(),
            target: Some(target),
            connection: Some(connection.as_mut()),
        };
        check(request).unwrap()
    };
    assert!(look(&target).is_clean(), "{:?}", look(&target));
    let wider = place.target(&format!("{FIRST}\nCREATE TABLE tags (id INTEGER PRIMARY KEY);"));
    assert_eq!(look(&wider).stale.words(), ["create table tags"]);
    place.generate(&wider, Choices::default()).unwrap();
    let report = look(&wider);
    assert_eq!(report.pending.len(), 1);
    assert!(report.stale.changes.is_empty() && report.drift.changes.is_empty());
    place.migrate().unwrap();
    place.run("ALTER TABLE users ADD COLUMN sneaky TEXT; DROP INDEX users_email_key;");
    assert_eq!(
        look(&wider).drift.words(),
        ["drop index users_email_key of users", "add column users.sneaky"]
    );
}

#[test]
fn push_reaches_the_target_or_leaves_everything() {
    let place = place();
    let before = all(&place);
    let target = |sql: &str| load(&place.target(sql), SQLITE).unwrap();
    let mut connection = place.connect();
    let pushed = push(
        connection.as_mut(),
        target(&FIRST.replace("DEFAULT 0", "DEFAULT 9")),
        &PushOptions::default(),
        &mut quiet(),
    )
    .unwrap();
    assert!(!pushed.planned.is_empty());
    assert_eq!(all(&place), before);
    let again = push(
        connection.as_mut(),
        target(&FIRST.replace("DEFAULT 0", "DEFAULT 9")),
        &PushOptions::default(),
        &mut quiet(),
    )
    .unwrap();
    assert!(again.planned.is_empty());
    let error = push(
        connection.as_mut(),
        target("CREATE TABLE x (id INTEGER)"),
        &PushOptions::default(),
        &mut quiet(),
    )
    .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decision);
    assert_eq!(all(&place), before);
}

#[test]
fn reset_leaves_nothing() {
    let place = place();
    let report = reset(place.connect().as_mut(), Duration::ZERO, &mut quiet()).unwrap();
    assert!(report.dropped.contains(&"view titles".to_owned()));
    assert_eq!(
        place.rows("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'"),
        [[Value::Integer(0)]]
    );
    assert_eq!(place.migrate().unwrap().applied.len(), 1);
}

#[test]
fn sources_name_themselves_and_their_errors_the_place() {
    let place = Place::new();
    for (text, same) in [
        ("empty", "empty"),
        ("file:a/x.rs", "file:a/x.rs"),
        ("x.sql", "file:x.sql"),
        ("file:x.json", "file:x.json"),
        ("dir:migrations", "dir:migrations"),
        ("sqlite:x.db", "sqlite:x.db"),
        ("x.db", "sqlite:x.db"),
        ("schema.prisma", "file:schema.prisma"),
    ] {
        assert_eq!(text.parse::<Source>().unwrap().to_string(), same);
    }
    for text in ["", "file:", "dir:", "x.txt", "mysql://x", "sqlite:"] {
        assert_eq!(text.parse::<Source>().unwrap_err().kind(), ErrorKind::Usage, "{text}");
    }
    let broken =
        load(&place.target("CREATE TABLE a (id INTEGER);\n\nCREATE TABLE a (id INTEGER);"), SQLITE)
            .unwrap_err();
    assert!(broken.to_string().contains("schema.sql:3:"), "{broken}");
    for source in [
        Source::Sql(place.path("none.sql")),
        Source::Prisma(place.path("x.prisma")),
        Source::Snapshot(place.path("none.json")),
    ] {
        assert_eq!(load(&source, SQLITE).unwrap_err().kind(), ErrorKind::Failure, "{source}");
    }
    let nothing = Source::Database("sqlite:none.db".parse().unwrap());
    assert_eq!(load(&nothing, SQLITE).unwrap_err().kind(), ErrorKind::Connection);
    let planned = peristyle_migrate::plan(
        Pair::new(
            load(&Source::Empty, SQLITE).unwrap().schema,
            load(&place.target(FIRST), SQLITE).unwrap().schema,
        ),
        SQLITE,
        &Choices::default(),
        "0001",
    )
    .unwrap();
    assert_eq!(planned.changes.len(), 4);
}

#[test]
fn a_way_back_that_rows_block_is_freed_by_a_fill() {
    let place = Place::new();
    let old = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)";
    place.plan(old, Choices::default()).unwrap();
    place.planned("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    place.migrate().unwrap();
    place.run("INSERT INTO users (name) VALUES ('Ann'), (NULL)");
    let error = place.rollback().unwrap_err();
    assert!(error.to_string().contains("--fill users.name:"), "{error}");
    let fills = vec![parse_fill("users.name:'nobody ' || id").unwrap()];
    let options = RollbackOptions { fills, ..RollbackOptions::default() };
    rollback(place.connect().as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    let names = place.rows("SELECT name FROM users ORDER BY id");
    assert_eq!(names, [["Ann".into()], ["nobody 2".into()]]);
}

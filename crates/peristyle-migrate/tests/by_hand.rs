//! Migrations that somebody wrote: proven, applied, taken back.

mod support;

use std::sync::Barrier;

use peristyle_driver::{Error as DriverError, Options, Url, open};
use peristyle_migrate::{
    Direction, Error, ErrorKind, Event, Losses, MigrateOptions, MigrationId, RollbackOptions,
    Running, StatusState, Until, migrate, prove, rollback, status,
};
use peristyle_sql::Reversible;
use support::{Place, SQLITE, quiet};

const USERS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);";

#[test]
fn a_whole_life() {
    let place = Place::new();
    let proof = place.by_hand("users", USERS, "DROP TABLE users;");
    assert_eq!(proof.reversible, Reversible::Yes);
    assert_eq!(proof.summary, "up, down and up again; with 3 rows in 1 new table");
    let proof = place.by_hand(
        "nick",
        "ALTER TABLE users ADD COLUMN nick TEXT;\nUPDATE users SET nick = name;",
        "ALTER TABLE users DROP COLUMN nick;",
    );
    assert_eq!(proof.summary, "up, down and up again; 3 rows in 1 table came back");

    let mut events = Vec::new();
    let mut connection = place.connect();
    let migrated =
        migrate(connection.as_mut(), &place.folder(), &MigrateOptions::default(), &mut |e| {
            events.push(e)
        })
        .unwrap();
    assert_eq!(migrated.applied.len(), 2);
    assert_eq!(migrated.applied[1].statements.len(), 2);
    let ends =
        events.iter().filter(|e| matches!(e, Event::Finished { direction: Direction::Up, .. }));
    assert_eq!(ends.count(), 2);
    assert!(place.migrate().unwrap().applied.is_empty(), "the second run has nothing to do");

    place.run("INSERT INTO users (name) VALUES ('a'), ('b')");
    assert_eq!(place.rollback().unwrap().undone[0].id.as_str(), "0002_nick");
    assert_eq!(place.count("users"), 2);
    let found = status(connection.as_mut(), &place.folder()).unwrap();
    assert!(
        matches!(&found.migrations[0].state, StatusState::Applied(applied) if applied.parent.is_none())
    );
    assert_eq!(found.migrations[1].state, StatusState::Pending);
    assert_eq!(found.migrations[1].purpose.as_deref(), Some("a test"));

    let options = RollbackOptions { until: Until::Start, ..RollbackOptions::default() };
    let undone = rollback(connection.as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    assert_eq!(undone.undone.len(), 1);
    assert!(connection.query("SELECT * FROM users", &[]).is_err());
}

#[test]
fn to_and_dry_runs_stop_where_they_should() {
    let place = Place::new();
    for name in ["a", "b", "c"] {
        place.by_hand(
            name,
            &format!("CREATE TABLE {name} (id INTEGER);"),
            &format!("DROP TABLE {name};"),
        );
    }
    let mut connection = place.connect();
    let dry = MigrateOptions { running: Running::Dry, ..MigrateOptions::default() };
    let shown = migrate(connection.as_mut(), &place.folder(), &dry, &mut quiet()).unwrap();
    assert_eq!(shown.applied.len(), 3);
    assert!(connection.catalog().unwrap().schema.is_empty());
    let to: MigrationId = "0002_b".parse().unwrap();
    let options = MigrateOptions { to: Some(to.clone()), ..MigrateOptions::default() };
    migrate(connection.as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    assert_eq!(connection.catalog().unwrap().schema.tables.len(), 2);
    place.migrate().unwrap();
    let options = RollbackOptions { until: Until::Migration(to), ..RollbackOptions::default() };
    let undone = rollback(connection.as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    assert_eq!(undone.undone[0].id.as_str(), "0003_c");
    let nowhere =
        MigrateOptions { to: Some("0009_x".parse().unwrap()), ..MigrateOptions::default() };
    let error = migrate(connection.as_mut(), &place.folder(), &nowhere, &mut quiet()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
}

#[test]
fn a_way_back_that_does_not_lead_back_is_refused() {
    let place = Place::new();
    let id = place.draft("users", USERS, "CREATE TABLE other (id INTEGER);");
    let error = prove(&place.migrations(), &id, SQLITE, Losses::Refuse, &mut quiet()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification);
    let text = error.to_string();
    assert!(text.contains("drop table other") && text.contains("drop table users"), "{text}");
}

#[test]
fn what_comes_back_is_found_out() {
    let place = Place::new();
    assert_eq!(place.by_hand("users", USERS, "DROP TABLE users;").reversible, Reversible::Yes);
    let proof =
        place.by_hand("lower", "UPDATE users SET name = 'x';", "UPDATE users SET name = 'y';");
    assert_eq!(proof.reversible, Reversible::Partial);
    let proof = place.by_hand("upper", "UPDATE users SET name = upper(name);", "");
    assert_eq!(proof.reversible, Reversible::No);
    place.migrate().unwrap();
    let error = place.rollback().unwrap_err();
    assert!(error.to_string().contains("0003_upper has no way back"), "{error}");
}

#[test]
fn an_unproven_file_is_proven_when_it_is_applied() {
    let place = Place::new();
    place.draft("users", USERS, "DROP TABLE users;");
    assert!(place.folder().migrations()[0].header.seal.is_none());
    place.migrate().unwrap();
    assert!(place.folder().migrations()[0].header.seal.is_some());
    assert_eq!(place.folder().faults(), []);
}

#[test]
fn a_failing_statement_is_placed_and_leaves_nothing() {
    let place = Place::new();
    let up =
        "CREATE TABLE a (id INTEGER);\n\nCREATE TABLE b (\n  id INTEGER,\n  CHEK (id > 0) x y\n);";
    let id = place.draft("a", up, "DROP TABLE b; DROP TABLE a;");
    let Err(Error::Statement(failure)) =
        prove(&place.migrations(), &id, SQLITE, Losses::Refuse, &mut quiet())
    else {
        panic!()
    };
    let span = failure.span.unwrap();
    let text = std::fs::read_to_string(place.migrations().join("0001_a.sql")).unwrap();
    let line = text.lines().nth(span.start.line as usize - 1).unwrap();
    assert!(line.contains("CHEK"), "{span}: {line}");
    assert!(matches!(failure.error, DriverError::Syntax { .. }));
}

/// A migration that only some rows allow.
fn guarded() -> Place {
    let place = Place::new();
    place.by_hand("users", USERS, "DROP TABLE users;");
    place.by_hand(
        "short_names",
        "-- peristyle:guard these names are longer than three letters\nSELECT id, name FROM users WHERE length(name) > 30;\nUPDATE users SET name = lower(name);\nALTER TABLE users ADD COLUMN short INTEGER;",
        "ALTER TABLE users DROP COLUMN short;",
    );
    place
}

#[test]
fn a_failing_guard_shows_rows_and_leaves_everything() {
    let place = guarded();
    let options =
        MigrateOptions { to: Some("0001_users".parse().unwrap()), ..MigrateOptions::default() };
    migrate(place.connect().as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    let long = "A".repeat(31);
    place.run(&format!("INSERT INTO users (name) VALUES ('Short'), ('{long}')"));
    let before = std::fs::read(place.path("app.db")).unwrap();
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification);
    let Error::Guard(failure) = &error else { panic!("{error}") };
    assert_eq!((failure.count, failure.rows.rows.len()), (1, 1));
    assert_eq!(failure.rows.columns, ["id", "name"]);
    assert!(error.to_string().contains(&format!("id = 2, name = '{long}'")), "{error}");
    assert_eq!(std::fs::read(place.path("app.db")).unwrap(), before);

    place.run("DELETE FROM users WHERE id = 2");
    place.migrate().unwrap();
    assert_eq!(place.rows("SELECT name FROM users")[0][0].as_text(), Some("short"));
}

#[test]
fn many_migrators_apply_each_migration_once() {
    let place = Place::new();
    for number in 1..=6 {
        // An insert that would show if a migration ran twice.
        let up = format!("CREATE TABLE t{number} (id INTEGER);\nINSERT INTO t{number} VALUES (1);");
        place.by_hand(&format!("t{number}"), &up, &format!("DROP TABLE t{number};"));
    }
    let folder = place.folder();
    let barrier = Barrier::new(16);
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let run = || {
            barrier.wait();
            let mut connection = place.connect();
            migrate(connection.as_mut(), &folder, &MigrateOptions::default(), &mut quiet())
                .unwrap()
                .applied
                .len()
        };
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(counts.iter().sum::<usize>(), 6);
    for number in 1..=6 {
        assert_eq!(place.count(&format!("t{number}")), 1);
    }
    assert_eq!(place.count("_peristyle_migrations"), 6);
}

#[test]
fn a_held_lock_is_told_as_one() {
    let place = guarded();
    let mut other = place.connect();
    other.begin_migration().unwrap();
    let options =
        MigrateOptions { lock_timeout: std::time::Duration::ZERO, ..MigrateOptions::default() };
    let mut connection = place.connect();
    let error = migrate(connection.as_mut(), &place.folder(), &options, &mut quiet()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    other.rollback_migration().unwrap();
}

#[test]
fn a_database_that_drifted_is_migrated_and_the_drift_is_told() {
    let place = Place::new();
    place.by_hand("users", USERS, "DROP TABLE users;");
    place.migrate().unwrap();
    place.run("CREATE TABLE theirs (id INTEGER PRIMARY KEY)");
    place.by_hand(
        "note",
        "ALTER TABLE users ADD COLUMN note TEXT;",
        "ALTER TABLE users DROP COLUMN note;",
    );
    let mut drifted = Vec::new();
    let mut connection = place.connect();
    let mut note = |event| {
        if let Event::Drifted { differences } = event {
            drifted.extend(differences);
        }
    };
    migrate(connection.as_mut(), &place.folder(), &MigrateOptions::default(), &mut note).unwrap();
    assert_eq!(drifted, ["create table theirs"]);
    place.rollback().unwrap();
    assert_eq!(place.count("theirs"), 0);
}

#[test]
fn a_migration_that_does_not_do_what_its_file_promises_is_undone() {
    let place = Place::new();
    place.by_hand("users", USERS, "DROP TABLE users;");
    place.migrate().unwrap();
    // `IF NOT EXISTS` finds a table that is not the one the file was proven with.
    place.by_hand(
        "notes",
        "CREATE TABLE IF NOT EXISTS notes (id INTEGER, body TEXT);",
        "DROP TABLE notes;",
    );
    place.run("CREATE TABLE notes (id INTEGER)");
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification, "{error}");
    assert!(error.to_string().contains("notes.body"), "{error}");
    assert_eq!(place.count("_peristyle_migrations"), 1);
}

#[test]
fn orphans_that_a_migration_makes_stop_it() {
    let place = Place::new();
    place.by_hand(
        "family",
        "CREATE TABLE parents (id INTEGER PRIMARY KEY);\nCREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents);",
        "DROP TABLE children;\nDROP TABLE parents;",
    );
    place.by_hand("lonely", "DELETE FROM parents WHERE id > 100;", "");
    let options =
        MigrateOptions { to: Some("0001_family".parse().unwrap()), ..MigrateOptions::default() };
    migrate(place.connect().as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    place.run("INSERT INTO parents VALUES (1), (101); INSERT INTO children VALUES (7, 101)");
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Verification);
    assert!(error.to_string().contains("row 7 of children has no row in parents"), "{error}");
    assert_eq!(place.count("parents"), 2);
}

#[test]
fn a_read_only_database_is_not_changed() {
    let place = Place::new();
    place.by_hand("users", USERS, "DROP TABLE users;");
    place.run("CREATE TABLE x (id INTEGER)");
    let url: Url = format!("sqlite:{}?mode=ro", place.path("app.db").display()).parse().unwrap();
    let mut connection = open(&url, &Options::default()).unwrap();
    let error =
        migrate(connection.as_mut(), &place.folder(), &MigrateOptions::default(), &mut quiet())
            .unwrap_err();
    assert!(
        matches!(error, Error::Database(DriverError::ReadOnly(_)) | Error::Statement(_)),
        "{error:?}"
    );
}

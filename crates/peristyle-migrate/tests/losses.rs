//! What a migration written by hand loses is found by its proof, said in its header, and refused until somebody has decided.

mod support;

use peristyle_migrate::{Error, ErrorKind, Losses, MigrateOptions, Proof, migrate, prove};
use peristyle_sql::Reversible;
use support::{Place, SQLITE, quiet};

const VISITS: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT);
    CREATE TABLE visits (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), note TEXT NOT NULL DEFAULT '', paid BOOLEAN NOT NULL CHECK (paid = 1));";

/// A history in which rows can be lost.
fn place() -> Place {
    let place = Place::new();
    place.by_hand("first", VISITS, "DROP TABLE visits; DROP TABLE users;");
    place
}

/// What a migration is asked about, and its proof once that is decided.
fn decided(place: &Place, up: &str, down: &str) -> (Vec<String>, Proof) {
    let id = place.draft("second", up, down);
    let file = place.migrations().join("0002_second.sql");
    let before = std::fs::read_to_string(&file).unwrap();
    let Err(Error::Undecided(questions)) =
        prove(&place.migrations(), &id, SQLITE, Losses::Refuse, &mut quiet())
    else {
        panic!("{up}: nobody was asked")
    };
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before, "{up}: it was sealed");
    assert!(questions.iter().all(|q| q.answers[0].0 == "--allow-destructive"), "{questions:?}");
    let proof = prove(&place.migrations(), &id, SQLITE, Losses::Allow, &mut quiet()).unwrap();
    assert_eq!(questions.len(), proof.losses.len());
    for (question, loss) in questions.iter().zip(&proof.losses) {
        assert!(question.question.contains(loss), "{question:?}: {loss}");
    }
    (proof.losses.clone(), proof)
}

#[test]
fn each_way_to_lose_is_found() {
    let cases: [(&str, &str, &[&str]); 11] = [
        ("DROP TABLE visits;", "", &["table visits is dropped"]),
        ("ALTER TABLE visits DROP COLUMN note;", "", &["column visits.note is dropped"]),
        (
            "ALTER TABLE visits DROP COLUMN note;",
            "ALTER TABLE visits ADD COLUMN note TEXT NOT NULL DEFAULT '';",
            &["column visits.note is dropped"],
        ),
        ("DELETE FROM visits;", "", &["rows of visits go (3 of the 3 that were tried)"]),
        (
            "DELETE FROM visits; DELETE FROM users;",
            "INSERT INTO users (name) VALUES ('a'), ('b'), ('c');",
            &[
                "rows of users go (3 of the 3 that were tried)",
                "rows of visits go (3 of the 3 that were tried)",
            ],
        ),
        (
            "DELETE FROM visits WHERE note LIKE 'spam%';",
            "",
            &["its DELETE in line 12 may find rows that the trial did not have"],
        ),
        (
            "WITH old AS (SELECT 77 AS id) DELETE FROM visits WHERE id IN (SELECT id FROM old);",
            "",
            &["its DELETE in line 12 may find rows that the trial did not have"],
        ),
        ("UPDATE users SET nick = NULL;", "", &["values of users.nick become NULL"]),
        (
            "DROP TABLE visits; CREATE TABLE visits (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), note TEXT NOT NULL DEFAULT '', paid BOOLEAN NOT NULL CHECK (paid = 1));",
            "",
            &["rows of visits go (3 of the 3 that were tried)"],
        ),
        // One value for all rows might be a default that nobody has written a value into.
        (
            "ALTER TABLE visits RENAME TO w; CREATE TABLE visits (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), note TEXT NOT NULL DEFAULT ''); INSERT INTO visits SELECT id, user_id, note FROM w; DROP TABLE w;",
            "ALTER TABLE visits RENAME TO w; CREATE TABLE visits (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), note TEXT NOT NULL DEFAULT '', paid BOOLEAN NOT NULL CHECK (paid = 1)); INSERT INTO visits SELECT id, user_id, note, 1 FROM w; DROP TABLE w;",
            &["column visits.paid is dropped"],
        ),
        // Without rows, nothing can be seen to come back.
        (
            "-- peristyle:guard there are visits\nSELECT id FROM visits;\nALTER TABLE visits RENAME COLUMN note TO remark;",
            "ALTER TABLE visits RENAME COLUMN remark TO note;",
            &["column visits.note is dropped"],
        ),
    ];
    for (up, down, expected) in cases {
        let (losses, proof) = decided(&place(), up, down);
        assert_eq!(losses, expected, "{up} / {down}");
        let said = format!("data is lost: {}", expected.join(", "));
        assert!(proof.summary.contains(&said), "{}", proof.summary);
    }
}

#[test]
fn what_comes_back_is_not_lost() {
    let cases = [
        (
            "ALTER TABLE visits RENAME COLUMN note TO remark;",
            "ALTER TABLE visits RENAME COLUMN remark TO note;",
        ),
        ("ALTER TABLE visits RENAME TO stays;", "ALTER TABLE stays RENAME TO visits;"),
        (
            "CREATE TABLE gone AS SELECT * FROM visits; DELETE FROM visits;",
            "INSERT INTO visits SELECT * FROM gone; DROP TABLE gone;",
        ),
        ("UPDATE users SET name = upper(name);", ""),
        ("CREATE INDEX visits_note ON visits (note);", ""),
    ];
    for (up, down) in cases {
        let place = place();
        let proof = place.by_hand("second", up, down);
        assert_eq!(proof.losses, [] as [String; 0], "{up}: {}", proof.summary);
        if !down.is_empty() {
            assert_eq!(proof.reversible, Reversible::Yes, "{up}");
        }
    }
}

#[test]
fn a_file_that_is_proven_when_it_is_applied_is_asked_about_first() {
    let place = place();
    place.migrate().unwrap();
    place.run("INSERT INTO users (name, nick) VALUES ('Ada', 'a')");
    place.draft("second", "ALTER TABLE users DROP COLUMN nick;", "");
    let error = place.migrate().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decision);
    assert!(error.to_string().contains("column users.nick is dropped"), "{error}");
    assert_eq!(place.rows("SELECT nick FROM users")[0][0], "a".into());
    let options = MigrateOptions { losses: Losses::Allow, ..MigrateOptions::default() };
    let mut connection = place.connect();
    migrate(connection.as_mut(), &place.folder(), &options, &mut quiet()).unwrap();
    let text = std::fs::read_to_string(place.migrations().join("0002_second.sql")).unwrap();
    assert!(text.contains("data is lost: column users.nick is dropped"), "{text}");
    // Decided is decided: another database is not asked again.
    assert!(place.migrate().unwrap().applied.is_empty());
}

//! Enumerated types, with rows, defaults, arrays, indexes and views that use them.

use peristyle_sql::Transaction;

use super::support::Case;

const REST: &str = "CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok', many mood[] DEFAULT '{ok}',
        CHECK (m <> 'sad'), label text GENERATED ALWAYS AS (CASE m WHEN 'ok'::mood THEN 'fine' ELSE 'other' END) STORED);
    CREATE INDEX moods ON t (m) WHERE m = 'ok';
    CREATE VIEW v AS SELECT id, m FROM t WHERE m > 'sad';
    CREATE FUNCTION better(m mood) RETURNS boolean LANGUAGE sql AS $$ SELECT m > 'sad' $$;";
const ROWS: &str = "INSERT INTO t (id, m, many) VALUES (1, 'ok', '{ok,sad}'), (2, 'ok', NULL);";

#[test]
fn values_come() {
    let arrived = Case::new(
        &format!("CREATE TYPE mood AS ENUM ('sad', 'ok'); {REST} {ROWS}"),
        &format!(
            "CREATE TYPE mood AS ENUM ('awful', 'sad', 'so-so', 'ok', 'it''s great'); {}",
            REST.replace("DEFAULT 'ok'", "DEFAULT 'so-so'")
        ),
    )
    .travels();
    assert_eq!(arrived.plan.transaction, Transaction::Several);
    arrived.shows(
        "SELECT enum_range(NULL::mood) AS r",
        &[r#"{"r": ["awful", "sad", "so-so", "ok", "it's great"]}"#],
    );
}

#[test]
fn values_get_other_texts() {
    Case::new(
        &format!("CREATE TYPE mood AS ENUM ('sad', 'ok'); {REST} {ROWS}"),
        &format!("CREATE TYPE mood AS ENUM ('sad', 'fine'); {}", REST.replace("ok", "fine")),
    )
    .value_was("mood", "fine", "ok")
    .travels()
    .shows("SELECT m FROM t", &[r#"{"m": "fine"}"#, r#"{"m": "fine"}"#]);
}

#[test]
fn values_go_and_move() {
    let old = format!(
        "CREATE TYPE mood AS ENUM ('sad', 'bad', 'ok', 'great'); COMMENT ON TYPE mood IS 'Moods'; {REST}"
    );
    let new = format!("CREATE TYPE mood AS ENUM ('great', 'sad', 'ok'); {REST}");
    let arrived = Case::new(&format!("{old} {ROWS}"), &new).travels();
    assert_eq!(arrived.plan.transaction, Transaction::One);
    arrived.shows(
        "SELECT id, m, many, label FROM t",
        &[
            r#"{"m": "ok", "id": 1, "many": ["ok", "sad"], "label": "fine"}"#,
            r#"{"m": "ok", "id": 2, "many": null, "label": "fine"}"#,
        ],
    );
    for rows in ["(1, 'bad', NULL)", "(1, 'ok', '{bad}')"] {
        let (message, row) =
            Case::new(&format!("{old} INSERT INTO t (id, m, many) VALUES {rows};"), &new).stops();
        assert!(
            message.contains("not one of the new values") && row.contains("bad"),
            "{message} {row}"
        );
    }
}

#[test]
fn types_come_and_go_with_their_columns() {
    Case::new(
        "CREATE TABLE t (id integer PRIMARY KEY, m text NOT NULL DEFAULT 'ok', CHECK (m <> 'x')); INSERT INTO t VALUES (1, 'sad');",
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok');",
    )
    .travels();
    Case::new(
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id integer PRIMARY KEY, m mood); CREATE TABLE u (id integer PRIMARY KEY, m mood);
         INSERT INTO t VALUES (1, 'ok'); INSERT INTO u VALUES (1, 'sad');",
        "CREATE TABLE t (id integer PRIMARY KEY);",
    )
    .keep()
    .travels();
}

//! Kept data: what is dropped comes home.

use peristyle_sql::{HazardKind, Reversible};

use crate::support::Case;

#[test]
fn a_dropped_table_comes_home_with_rowids_and_mark() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE, g TEXT AS (upper(a))); INSERT INTO t (id, a) VALUES (3, 'x'), (90, 'y'); DELETE FROM t WHERE id = 90;
         CREATE TABLE bare (a, b BLOB, n NUMERIC); INSERT INTO bare (rowid, a, b, n) VALUES (5, 'x', x'00ff', 1.5), (2, 7, NULL, 'odd');
         CREATE TABLE c (t_id INTEGER REFERENCES t (id) ON DELETE CASCADE); INSERT INTO c VALUES (3);
         CREATE TABLE w (k TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO w VALUES ('k'); CREATE INDEX i ON c (t_id);",
        "",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    assert!(arrived.endangers(HazardKind::DataKept) && !arrived.endangers(HazardKind::DataLoss));
    arrived.shows(
        "SELECT _peristyle_rowid, a FROM _peristyle_kept_0007_bare ORDER BY 1",
        &[&["2", "7"], &["5", "'x'"]],
    );
}

#[test]
fn dropped_columns_come_home_beside_rows_that_came_since() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL UNIQUE, c INTEGER DEFAULT 5, d TEXT); INSERT INTO t VALUES (1, 'a', 'b', NULL, 'd'), (2, 'A', 'B', 7, NULL);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, d TEXT);",
    )
    .keep()
    .travels_with("UPDATE t SET d = 'D' WHERE id = 1; DELETE FROM t WHERE id = 2");
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.home_shows("SELECT * FROM t", &[&["1", "'a'", "'b'", "NULL", "'D'"]]);
}

#[test]
fn new_rows_get_the_default_or_the_plainest_value() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, c INTEGER DEFAULT 5, d TEXT); INSERT INTO t VALUES (1, 'a', NULL, 'd');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY);",
    )
    .keep()
    .travels_with("INSERT INTO t VALUES (2)");
    arrived
        .home_shows("SELECT * FROM t", &[&["1", "'a'", "NULL", "'d'"], &["2", "''", "5", "NULL"]]);
}

#[test]
fn a_table_without_key_is_kept_by_rowid() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t (rowid, a, b) VALUES (7, 'x', 'y'), (3, 'x', 'z');",
        "CREATE TABLE t (a TEXT);",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_column_of_a_renamed_table_is_kept() {
    let arrived = Case::new(
        "CREATE TABLE old (x TEXT NOT NULL, y INTEGER NOT NULL, a TEXT, PRIMARY KEY (x, y)) WITHOUT ROWID; INSERT INTO old VALUES ('x', 1, 'a'), ('x', 2, NULL);",
        "CREATE TABLE new (v TEXT NOT NULL, y TEXT NOT NULL, PRIMARY KEY (v, y)) WITHOUT ROWID;",
    )
    .was("new", "old")
    .was("new.v", "x")
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn values_that_convert_by_meaning_are_kept_as_they_were() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, p TEXT); INSERT INTO t VALUES (1, '12.50'), (2, '3'), (3, NULL), (4, '1.00');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, p NUMERIC(10,2));",
    )
    .keep()
    .travels_with("UPDATE t SET p = 9.75 WHERE id = 2; INSERT INTO t VALUES (5, 1)");
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.home_shows(
        "SELECT p FROM t",
        &[&["'12.50'"], &["'9.75'"], &["NULL"], &["'1.00'"], &["'1'"]],
    );
}

#[test]
fn values_that_give_way_to_generated_ones_are_kept() {
    let case = || {
        Case::new(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, u TEXT); INSERT INTO t VALUES (1, 'x', 'odd'), (2, 'y', 'Y');",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, u TEXT GENERATED ALWAYS AS (upper(a)) STORED);",
        )
    };
    assert!(case().travels().endangers(HazardKind::DataLoss));
    let kept = case().keep().travels();
    assert_eq!(kept.plan.reversible, Reversible::Yes);
    kept.home_shows("SELECT u FROM t", &[&["'odd'"], &["'Y'"]]);
}

#[test]
fn names_of_kept_tables_do_not_collide() {
    let arrived = Case::new(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT); CREATE TABLE a__b (id INTEGER PRIMARY KEY); CREATE TABLE a__sequence (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO a VALUES (1, 'x'); INSERT INTO a__b VALUES (4); INSERT INTO a__sequence VALUES (9);",
        "CREATE TABLE a (id INTEGER PRIMARY KEY);",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_row_that_lost_its_parent_meanwhile_is_shown_on_the_way_home() {
    let arrived = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO c VALUES (5, 1);",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);",
    )
    .keep()
    .travels_with("DELETE FROM p");
    let stopped =
        crate::support::go(&arrived.at_the_new, &arrived.plan.down).expect_err("it is shown");
    assert!(stopped.to_string().contains("c.p_id refers to p"), "{stopped}");
}

#[test]
fn a_key_that_changes_its_type_still_finds_what_was_kept() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL); CREATE TABLE c (t_id INTEGER REFERENCES t (id) ON DELETE CASCADE, b TEXT);
         INSERT INTO t VALUES (1, 'x'), (2, 'y'); INSERT INTO c VALUES (1, 'p'), (2, 'q');",
        "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL); CREATE TABLE c (t_id TEXT REFERENCES t (id) ON DELETE CASCADE);",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn everything_at_once_comes_home() {
    let arrived = Case::new(
        "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, born TEXT, kind TEXT NOT NULL CONSTRAINT kind_enum CHECK (kind IN ('a', 'b')), note TEXT NOT NULL UNIQUE);
         CREATE TABLE visits (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE, at TEXT);
         CREATE TABLE tags (tag TEXT); CREATE VIEW names AS SELECT name FROM people; CREATE TRIGGER log AFTER DELETE ON visits BEGIN DELETE FROM tags; END;
         INSERT INTO people VALUES (4, 'Ada', '1815-12-10', 'a', 'n1'), (9, NULL, NULL, 'b', 'n2'); INSERT INTO visits VALUES (1, 4, '2024-05-01 10:00:00'), (2, 9, NULL);
         INSERT INTO tags (rowid, tag) VALUES (77, 'x'); DELETE FROM people WHERE id = 10;",
        "CREATE TABLE persons (id INTEGER PRIMARY KEY AUTOINCREMENT, full_name TEXT NOT NULL, born DATE, kind TEXT NOT NULL CONSTRAINT kind_enum CHECK (kind IN ('a', 'b', 'c')));
         CREATE TABLE visits (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES persons (id) ON DELETE RESTRICT, at TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01T00:00:00.000000Z');
         CREATE VIEW names AS SELECT full_name FROM persons;",
    )
    .was("persons", "people")
    .was("persons.full_name", "name")
    .fill("persons", "full_name", "'somebody'")
    .keep()
    .travels_with("INSERT INTO persons VALUES (20, 'Bo', NULL, 'a'); UPDATE persons SET full_name = 'Eve' WHERE id = 9; DELETE FROM visits WHERE id = 1");
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.shows("SELECT at FROM visits", &[&["'1970-01-01T00:00:00.000000Z'"]]);
}

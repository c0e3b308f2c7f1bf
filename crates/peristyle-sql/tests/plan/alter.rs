//! What is altered in place, and what is not.

use peristyle_sql::{HazardKind, Reversible};

use crate::support::Case;

#[test]
fn a_schema_comes_from_nothing_and_goes() {
    Case::new(
        "",
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b_id INTEGER REFERENCES b (id), t TEXT NOT NULL DEFAULT 'it''s' COLLATE NOCASE,
           n NUMERIC(10,2) CHECK (n > 0), j TEXT CHECK (json_valid(j)), e TEXT CONSTRAINT e_enum CHECK (e IN ('x', 'y')),
           up TEXT GENERATED ALWAYS AS (upper(t)) STORED, lo TEXT AS (lower(t)), at TIMESTAMPTZ DEFAULT (strftime('%Y', 'now')), z INTEGER DEFAULT -1, w DEFAULT CURRENT_TIMESTAMP);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER, FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED);
         CREATE TABLE c (x TEXT NOT NULL, y TEXT NOT NULL, PRIMARY KEY (x, y)) STRICT, WITHOUT ROWID;
         CREATE TABLE d (x TEXT, y TEXT, CONSTRAINT odd FOREIGN KEY (x, y) REFERENCES c (x, y));
         CREATE UNIQUE INDEX a_t ON a (t COLLATE BINARY, n DESC) WHERE n > 1;
         CREATE INDEX a_e ON a (lower(t), (t || e) COLLATE NOCASE);
         CREATE VIEW w AS SELECT * FROM v; CREATE VIEW v AS SELECT t FROM a;
         CREATE TRIGGER tr AFTER INSERT ON a BEGIN INSERT INTO c VALUES (new.t, 'y'); END;",
    )
    .travels();
}

#[test]
fn a_nullable_column_is_added_in_place() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER NOT NULL DEFAULT 7, c TEXT COLLATE NOCASE, g INTEGER AS (b + 1));",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
    arrived
        .shows("SELECT id, a, b, g FROM t", &[&["1", "NULL", "7", "8"], &["2", "NULL", "7", "8"]]);
}

#[test]
fn a_column_is_added_in_place_with_its_own_check_and_foreign_key() {
    let arrived = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);
         CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CONSTRAINT small CHECK (n < 10), p_id INTEGER REFERENCES p (id) ON DELETE CASCADE,
           j TEXT CHECK (json_valid(j)), e TEXT DEFAULT 'x' CONSTRAINT e_enum CHECK (e IN ('x', 'y')));",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
}

#[test]
fn a_column_whose_default_is_made_by_a_function_needs_a_rebuild() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, r TEXT NOT NULL DEFAULT (hex(randomblob(4))), c TEXT DEFAULT CURRENT_TIMESTAMP);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 1);
    arrived.shows("SELECT count(DISTINCT r), min(length(r)) FROM t", &[&["2", "8"]]);
}

#[test]
fn a_stored_generated_column_needs_a_rebuild() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, u TEXT GENERATED ALWAYS AS (upper(a)) STORED);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 1);
    arrived.shows("SELECT u FROM t", &[&["'X'"]]);
}

#[test]
fn a_plain_column_is_dropped_in_place_and_named_as_lost() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, 'x', 'y');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
    assert!(arrived.endangers(HazardKind::DataLoss));
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
    assert_eq!(arrived.plan.unrestored, ["the values of t.b"]);
}

#[test]
fn a_not_null_column_comes_home_with_the_plainest_value() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL, n INTEGER NOT NULL, j TEXT NOT NULL CHECK (json_valid(j)));
         INSERT INTO t VALUES (1, 'x', 5, '[]');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY);",
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
    arrived.home_shows("SELECT * FROM t", &[&["1", "''", "0", "'{}'"]]);
}

#[test]
fn a_dropped_unique_not_null_column_has_no_way_home() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE); INSERT INTO t VALUES (1, 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY);",
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::No);
    assert!(arrived.plan.unrestored[0].contains("t.b"), "{:?}", arrived.plan.unrestored);
}

#[test]
fn columns_that_something_else_reads_are_dropped_by_a_rebuild() {
    for (held, left) in [
        ("b INTEGER, CHECK (b > id)", ""),
        ("b INTEGER REFERENCES t (id)", ""),
        ("b INTEGER, g INTEGER AS (b + 1)", ""),
        ("b INTEGER UNIQUE", ""),
        ("b TEXT CHECK (json_valid(b))", ""),
    ] {
        let old = format!(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, {held}); INSERT INTO t (id, a) VALUES (1, 'x');"
        );
        let new = format!("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT {left});");
        let arrived = Case::new(&old, &new).travels();
        assert_eq!(arrived.rebuilds(), 1, "{held}");
        arrived.shows("SELECT * FROM t", &[&["1", "'x'"]]);
    }
}

#[test]
fn an_indexed_column_is_dropped_in_place_after_its_index() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); CREATE INDEX i ON t (a) WHERE b > 'x'; CREATE INDEX j ON t (b); INSERT INTO t VALUES (1, 'x', 'y');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
}

#[test]
fn tables_are_dropped_children_first() {
    let arrived = Case::new(
        "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY REFERENCES a (id)); CREATE TABLE z (id INTEGER PRIMARY KEY REFERENCES b (id));
         INSERT INTO a VALUES (1); INSERT INTO b VALUES (1); INSERT INTO z VALUES (1);",
        "",
    )
    .travels();
    let titles: Vec<&str> = arrived.plan.up.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(titles, ["drop table z", "drop table b", "drop table a"]);
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
}

#[test]
fn indexes_change_without_touching_the_table() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a); CREATE UNIQUE INDEX u ON t (b); CREATE INDEX same ON t (a, b); INSERT INTO t VALUES ('x', 'y');",
        "CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (a DESC, b); CREATE UNIQUE INDEX v ON t (b); CREATE INDEX same ON t (a, b); CREATE INDEX e ON t (lower(a)) WHERE b IS NOT NULL;",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
}

#[test]
fn an_index_moves_to_another_table_and_another_column() {
    Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); CREATE TABLE s (a TEXT); CREATE UNIQUE INDEX i ON t (a); CREATE INDEX j ON s (a); INSERT INTO t VALUES ('x', 'y');",
        "CREATE TABLE t (a TEXT, b TEXT); CREATE TABLE s (a TEXT); CREATE UNIQUE INDEX j ON t (b); CREATE INDEX i ON s (a);",
    )
    .travels();
}

#[test]
fn an_index_of_a_dropped_table_gives_its_name_to_another() {
    Case::new(
        "CREATE TABLE gone (a TEXT); CREATE INDEX i ON gone (a); CREATE TABLE t (a TEXT);",
        "CREATE TABLE t (a TEXT); CREATE TABLE comes (a TEXT); CREATE INDEX i ON comes (a);",
    )
    .travels();
}

#[test]
fn a_table_takes_the_name_of_an_index_and_a_view_that_of_a_table() {
    Case::new(
        "CREATE TABLE t (a TEXT); CREATE INDEX x ON t (a); CREATE TABLE y (a TEXT);",
        "CREATE TABLE t (a TEXT); CREATE TABLE x (a TEXT); CREATE VIEW y AS SELECT a FROM t;",
    )
    .travels();
}

#[test]
fn generated_columns_are_added_after_what_they_read() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, c INTEGER AS (b + 1), b INTEGER AS (a + 1), a INTEGER DEFAULT 1);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 0);
    arrived.shows("SELECT a, b, c FROM t", &[&["1", "2", "3"]]);
}

#[test]
fn all_columns_give_way_to_others() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT, b TEXT NOT NULL); INSERT INTO t VALUES ('x', 'y');",
        "CREATE TABLE t (c INTEGER, d TEXT DEFAULT 'd');",
    )
    .keep()
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

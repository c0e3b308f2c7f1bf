//! Views, triggers and virtual tables around changes.

use peristyle_sql::Reversible;

use crate::support::Case;

#[test]
fn views_on_views_follow_a_renamed_table_and_column() {
    Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE VIEW apart AS SELECT 1 AS one; INSERT INTO t VALUES ('x', 'y');",
        "CREATE TABLE s (c TEXT, b TEXT); CREATE VIEW v AS SELECT c AS a FROM s; CREATE VIEW w AS SELECT a FROM v; CREATE VIEW apart AS SELECT 1 AS one;",
    )
    .was("s", "t")
    .was("s.c", "a")
    .travels()
    .shows("SELECT * FROM w", &[&["'x'"]]);
}

#[test]
fn only_what_reads_a_changed_table_is_made_again() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT DEFAULT 'x'); CREATE TABLE u (a TEXT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW apart AS SELECT a FROM u;",
        "CREATE TABLE t (a TEXT DEFAULT 'y'); CREATE TABLE u (a TEXT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW apart AS SELECT a FROM u;",
    )
    .travels();
    let sql = crate::support::script(&arrived.plan);
    assert!(sql.contains("CREATE VIEW v") && !sql.contains("apart"), "{sql}");
}

#[test]
fn objects_are_replaced_and_exchanged() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW gone AS SELECT * FROM v; CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM t; END; CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;",
        "CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT a || 'x' AS a FROM t; CREATE VIEW comes AS SELECT * FROM v; CREATE TRIGGER tr AFTER DELETE ON t BEGIN DELETE FROM t; END; CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END;",
    )
    .travels();
    assert_eq!((arrived.rebuilds(), arrived.plan.reversible), (0, Reversible::Yes));
}

#[test]
fn an_external_content_index_still_finds_its_rows_after_a_rebuild() {
    let schema = |default: &str| {
        format!(
            "CREATE TABLE notes (title TEXT DEFAULT '{default}', body TEXT); CREATE VIRTUAL TABLE notes_fts USING fts5 (title, body, content = 'notes');
             CREATE TRIGGER notes_ai AFTER INSERT ON notes BEGIN INSERT INTO notes_fts (rowid, title, body) VALUES (new.rowid, new.title, new.body); END;"
        )
    };
    let rows =
        "INSERT INTO notes (rowid, title, body) VALUES (40, 'one', 'alpha'), (7, 'two', 'beta');";
    let arrived = Case::new(&format!("{}{rows}", schema("x")), &schema("y")).travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.shows(
        "SELECT rowid, title FROM notes_fts WHERE notes_fts MATCH 'alpha'",
        &[&["40", "'one'"]],
    );
}

#[test]
fn a_virtual_table_comes_and_goes() {
    Case::new(
        "CREATE TABLE t (a TEXT);",
        "CREATE TABLE t (a TEXT); CREATE VIRTUAL TABLE f USING fts5 (a);",
    )
    .travels();
    let arrived = Case::new(
        "CREATE VIRTUAL TABLE f USING fts5 (a); INSERT INTO f VALUES ('x'); CREATE VIEW v AS SELECT a FROM f;",
        "",
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
}

#[test]
fn a_view_that_reads_a_quoted_name_is_found() {
    Case::new(
        "CREATE TABLE t (a TEXT DEFAULT 'x'); CREATE VIEW v AS SELECT a FROM [T]; CREATE VIEW w AS SELECT a FROM `t`; CREATE TABLE o (a TEXT); CREATE TRIGGER tr AFTER INSERT ON o BEGIN INSERT INTO t(a) VALUES (1); END;",
        "CREATE TABLE t (a TEXT DEFAULT 'y'); CREATE VIEW v AS SELECT a FROM [T]; CREATE VIEW w AS SELECT a FROM `t`; CREATE TABLE o (a TEXT); CREATE TRIGGER tr AFTER INSERT ON o BEGIN INSERT INTO t(a) VALUES (1); END;",
    )
    .travels();
}

#[test]
fn a_full_text_index_finds_the_rows_that_were_there_before_it() {
    let table = "CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);";
    let arrived = Case::new(
        &format!("{table} INSERT INTO notes VALUES (4, 'one', 'alpha');"),
        &format!("{table} CREATE VIRTUAL TABLE f USING fts5 (title, content = 'notes', content_rowid = 'id');"),
    )
    .travels();
    arrived.shows("SELECT rowid FROM f WHERE f MATCH 'one'", &[&["4"]]);
    let arrived = Case::new(
        &format!("{table} CREATE VIRTUAL TABLE f USING fts5 (title, content = 'notes', content_rowid = 'id'); INSERT INTO notes VALUES (4, 'one', 'alpha'); INSERT INTO f (f) VALUES ('rebuild');"),
        &format!("{table} CREATE VIRTUAL TABLE f USING fts5 (title, body, content = notes, content_rowid = id);"),
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.shows("SELECT rowid FROM f WHERE f MATCH 'alpha'", &[&["4"]]);
}

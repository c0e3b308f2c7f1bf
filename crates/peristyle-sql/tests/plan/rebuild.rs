//! What a rebuild keeps.

use peristyle_sql::Reversible;

use crate::support::Case;

/// The trap: dropping the old table must not reach any child, whatever its foreign key does.
#[test]
fn children_of_a_rebuilt_parent_are_untouched() {
    let rest = "
        CREATE TABLE cascades (id INTEGER PRIMARY KEY, p INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE);
        CREATE TABLE nulls (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE SET NULL);
        CREATE TABLE defaults (id INTEGER PRIMARY KEY, p INTEGER DEFAULT 1 REFERENCES parent (id) ON DELETE SET DEFAULT);
        CREATE TABLE pairs (x TEXT, y TEXT, FOREIGN KEY (x, y) REFERENCES parent (x, y) ON DELETE CASCADE ON UPDATE CASCADE);
        CREATE TABLE grandchildren (id INTEGER PRIMARY KEY, c INTEGER REFERENCES cascades (id) ON DELETE CASCADE);";
    let parent = |default: &str| {
        format!(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY, x TEXT NOT NULL, y TEXT NOT NULL, boss INTEGER REFERENCES parent (id) ON DELETE CASCADE,
               language TEXT NOT NULL DEFAULT '{default}', UNIQUE (x, y)); {rest}"
        )
    };
    let rows = "
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO parent SELECT i, 'x' || i, 'y' || i, nullif(i - 1, 0), 'de' FROM n;
        INSERT INTO cascades SELECT id, id FROM parent; INSERT INTO nulls SELECT id, id FROM parent; INSERT INTO defaults SELECT id, id FROM parent;
        INSERT INTO pairs SELECT x, y FROM parent; INSERT INTO grandchildren SELECT id, id FROM cascades;";
    let arrived = Case::new(&format!("{}{rows}", parent("de")), &parent("en")).travels();
    assert_eq!(arrived.rebuilds(), 1);
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    for table in ["parent", "cascades", "nulls", "defaults", "pairs", "grandchildren"] {
        arrived.shows(&format!("SELECT count(*) FROM {table}"), &[&["200"]]);
    }
    arrived.shows("SELECT count(*) FROM nulls WHERE p = id", &[&["200"]]);
}

#[test]
fn the_autoincrement_mark_is_kept() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT 'x'); INSERT INTO t VALUES (50, 'a'); INSERT INTO t VALUES (900, 'b'); DELETE FROM t WHERE id = 900;
         CREATE TABLE fresh (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT 'y'); CREATE TABLE fresh (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT 'y');",
    )
    .travels();
    arrived.shows("SELECT name, seq FROM sqlite_sequence", &[&["'t'", "900"]]);
}

#[test]
fn autoincrement_comes_and_goes() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (50, 'a');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);",
    )
    .travels();
    arrived.shows("SELECT seq FROM sqlite_sequence", &[&["50"]]);
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t VALUES (50, 'a');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
}

#[test]
fn rowids_are_kept_where_the_table_has_no_name_for_them() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT DEFAULT 'x'); INSERT INTO t (rowid, a) VALUES (7, 'a'), (3, 'b');
         CREATE TABLE u (rowid TEXT, oid TEXT DEFAULT 'x'); INSERT INTO u (_rowid_, rowid) VALUES (9, 'a');",
        "CREATE TABLE t (a TEXT DEFAULT 'y'); CREATE TABLE u (rowid TEXT, oid TEXT DEFAULT 'y');",
    )
    .travels();
    arrived.shows("SELECT rowid, a FROM t ORDER BY 1", &[&["3", "'b'"], &["7", "'a'"]]);
    arrived.shows("SELECT _rowid_, rowid FROM u", &[&["9", "'a'"]]);
}

#[test]
fn triggers_do_not_fire_while_rows_are_copied() {
    let rest = "CREATE TABLE log (what TEXT);
        CREATE TRIGGER i AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('insert'); END;
        CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES ('delete'); END;
        CREATE TRIGGER u BEFORE UPDATE ON t BEGIN INSERT INTO log VALUES ('update'); END;";
    let arrived = Case::new(
        &format!("CREATE TABLE t (a TEXT DEFAULT 'x'); INSERT INTO t VALUES ('1'), ('2'); {rest}"),
        &format!("CREATE TABLE t (a TEXT DEFAULT 'y'); {rest}"),
    )
    .travels();
    arrived.shows("SELECT * FROM log", &[]);
    arrived.shows("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", &[&["3"]]);
}

#[test]
fn everything_that_hangs_on_the_table_stays() {
    let schema = |default: &str| {
        format!(
            "CREATE TABLE t (k TEXT NOT NULL COLLATE NOCASE, a TEXT NOT NULL DEFAULT '{default}', n INTEGER CHECK (n > 0), up TEXT GENERATED ALWAYS AS (upper(a)) STORED, lo TEXT AS (lower(a)),
               j TEXT CHECK (json_valid(j)), PRIMARY KEY (k), CHECK (length(a) < 9)) STRICT, WITHOUT ROWID;
             CREATE UNIQUE INDEX t_n ON t (n DESC) WHERE n > 3; CREATE INDEX t_e ON t (lower(a) COLLATE NOCASE); CREATE INDEX t_g ON t (up);
             CREATE VIEW v AS SELECT k FROM t; CREATE VIEW w AS SELECT * FROM v; CREATE TRIGGER tr INSTEAD OF DELETE ON w BEGIN DELETE FROM t WHERE k = old.k; END;
             CREATE TABLE other (x TEXT); CREATE TRIGGER far AFTER INSERT ON other BEGIN UPDATE t SET a = new.x; END;"
        )
    };
    let rows = "INSERT INTO t (k, a, n, j) VALUES ('K', 'A', 4, '[1]'), ('l', 'b', NULL, NULL);";
    let arrived = Case::new(&format!("{}{rows}", schema("x")), &schema("y")).travels();
    assert_eq!((arrived.rebuilds(), arrived.plan.reversible), (1, Reversible::Yes));
    arrived.shows(
        "SELECT k, a, n, up, lo, j FROM t WHERE k = 'k'",
        &[&["'K'", "'A'", "4", "'A'", "'a'", "'[1]'"]],
    );
}

#[test]
fn storage_options_change_both_ways() {
    Case::new(
        "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, n INTEGER); INSERT INTO t VALUES ('b', 1), ('a', NULL);",
        "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, n INTEGER) STRICT, WITHOUT ROWID;",
    )
    .without_rowids()
    .travels();
}

#[test]
fn a_unique_constraint_becomes_an_index_when_the_table_is_rebuilt() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT DEFAULT 'x'); INSERT INTO t VALUES (1, 'a', 'b');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT DEFAULT 'y');",
    )
    .travels();
    arrived.shows("SELECT \"unique\", origin FROM pragma_index_list('t')", &[&["1", "'c'"]]);
}

#[test]
fn a_unique_constraint_moves_to_another_column() {
    Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT); INSERT INTO t VALUES (1, 'a', 'b'), (2, 'c', 'd');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE);",
    )
    .travels();
}

#[test]
fn one_rebuild_serves_all_edits() {
    let arrived = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);
         CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c TEXT CHECK (c > 'a')); INSERT INTO t VALUES (1, 5, 'b', 'c');",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);
         CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', c TEXT, d INTEGER DEFAULT 1 REFERENCES p (id), e TEXT NOT NULL DEFAULT (lower('E')), CHECK (length(c) = 1)); CREATE INDEX t_c ON t (c);",
    )
    .travels();
    assert_eq!(arrived.rebuilds(), 1);
    arrived.shows("SELECT * FROM t", &[&["1", "'5'", "'c'", "1", "'e'"]]);
}

#[test]
fn the_new_table_has_its_columns_in_the_declared_order() {
    let arrived = Case::new(
        "CREATE TABLE t (b TEXT, a TEXT DEFAULT 'x'); INSERT INTO t VALUES ('b', 'a');",
        "CREATE TABLE t (a TEXT DEFAULT 'y', c TEXT, b TEXT);",
    )
    .travels();
    arrived.shows("SELECT * FROM t", &[&["'a'", "NULL", "'b'"]]);
}

#[test]
fn the_primary_key_changes() {
    for (old, new) in [
        (
            "id INTEGER PRIMARY KEY, a TEXT NOT NULL",
            "id INTEGER NOT NULL, a TEXT NOT NULL PRIMARY KEY",
        ),
        (
            "id INTEGER PRIMARY KEY, a TEXT NOT NULL",
            "id INTEGER NOT NULL, a TEXT NOT NULL, PRIMARY KEY (a, id)",
        ),
        ("id INTEGER PRIMARY KEY, a TEXT NOT NULL", "id INTEGER NOT NULL, a TEXT NOT NULL"),
        (
            "id INTEGER NOT NULL, a TEXT NOT NULL",
            "id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL",
        ),
        (
            "id INTEGER NOT NULL, a TEXT NOT NULL, PRIMARY KEY (id, a)",
            "id INTEGER NOT NULL, a TEXT NOT NULL, PRIMARY KEY (a)",
        ),
    ] {
        let rows = "INSERT INTO t VALUES (5, 'x'), (9, 'y');";
        let arrived = Case::new(
            &format!("CREATE TABLE t ({old}); {rows}"),
            &format!("CREATE TABLE t ({new});"),
        )
        .without_rowids()
        .travels();
        arrived.shows("SELECT id, a FROM t ORDER BY id", &[&["5", "'x'"], &["9", "'y'"]]);
    }
}

#[test]
fn a_numbered_key_comes_from_the_rowid() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT); INSERT INTO t (rowid, a) VALUES (4, 'x'), (8, 'y');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels();
    arrived.shows("SELECT id, a FROM t", &[&["4", "'x'"], &["8", "'y'"]]);
}

#[test]
fn foreign_keys_in_a_ring_are_rebuilt_together() {
    let schema = |default: &str| {
        format!(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b (id) ON DELETE CASCADE, d TEXT DEFAULT '{default}');
             CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a (id) ON DELETE CASCADE, d TEXT DEFAULT '{default}');"
        )
    };
    let rows = "INSERT INTO a VALUES (1, NULL, 'd'); INSERT INTO b VALUES (1, 1, 'd'); UPDATE a SET b_id = 1;";
    Case::new(&format!("{}{rows}", schema("x")), &schema("y")).travels();
    Case::new(&format!("{}{rows}", schema("x")), "").travels();
    Case::new("", &schema("x")).travels();
}

#[test]
fn foreign_keys_come_go_and_change() {
    let tables = |keys: &str| {
        format!(
            "CREATE TABLE p (id INTEGER PRIMARY KEY, x TEXT, y TEXT); CREATE UNIQUE INDEX p_xy ON p (x, y); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER, x TEXT, y TEXT {keys});"
        )
    };
    let rows = "INSERT INTO p VALUES (1, 'x', 'y'); INSERT INTO c VALUES (1, 1, 'x', 'y'), (2, NULL, 'x', NULL);";
    for (old, new) in [
        ("", ", FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE"),
        ("", ", FOREIGN KEY (x, y) REFERENCES p (x, y) ON UPDATE CASCADE"),
        (
            ", FOREIGN KEY (p_id) REFERENCES p (id)",
            ", CONSTRAINT named FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
        ),
    ] {
        Case::new(&format!("{}{rows}", tables(old)), &tables(new)).travels();
        Case::new(&format!("{}{rows}", tables(new)), &tables(old)).travels();
    }
}

#[test]
fn a_check_that_names_its_table_survives() {
    Case::new(
        "CREATE TABLE t (a INTEGER DEFAULT 1, CHECK (t.a > 0)); INSERT INTO t VALUES (1); CREATE INDEX i ON t (a) WHERE t.a > 5;",
        "CREATE TABLE t (a INTEGER DEFAULT 2, CHECK (t.a > 0)); CREATE INDEX i ON t (a) WHERE t.a > 5;",
    )
    .travels();
}

#[test]
fn odd_names_are_quoted_everywhere() {
    let schema = |default: &str| {
        format!(
            "CREATE TABLE \"order\" (\"select\" INTEGER PRIMARY KEY AUTOINCREMENT, \"group \"\" by\" TEXT DEFAULT '{default}', \"größe\" TEXT COLLATE NOCASE, \"it's\" TEXT UNIQUE, CHECK (\"größe\" <> 'it''s'));
             CREATE TABLE \"a b\" (\"index\" INTEGER REFERENCES \"order\" (\"select\") ON DELETE CASCADE, \"1st\" TEXT DEFAULT '{default}');
             CREATE INDEX \"where\" ON \"order\" (\"größe\", lower(\"group \"\" by\")) WHERE \"select\" > 0;
             CREATE VIEW \"from\" AS SELECT \"select\" FROM \"order\";
             CREATE TRIGGER \"trigger\" AFTER DELETE ON \"order\" BEGIN DELETE FROM \"a b\" WHERE \"index\" = old.\"select\"; END;"
        )
    };
    let rows =
        "INSERT INTO \"order\" VALUES (3, 'a', 'b', 'c'); INSERT INTO \"a b\" VALUES (3, 'x');";
    Case::new(&format!("{}{rows}", schema("x")), &schema("y")).travels();
    Case::new(&format!("{}{rows}", schema("x")), "").keep().travels();
}

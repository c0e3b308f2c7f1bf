//! Renames, and what follows them.

use peristyle_sql::Reversible;

use crate::support::Case;

#[test]
fn a_table_is_renamed_with_all_that_refers_to_it() {
    let arrived = Case::new(
        "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, boss INTEGER REFERENCES users (id)); CREATE TABLE notes (user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
         CREATE VIEW v AS SELECT id FROM users; CREATE TRIGGER tr AFTER DELETE ON users BEGIN DELETE FROM notes; END; CREATE INDEX i ON users (boss);
         INSERT INTO users VALUES (7, NULL), (8, 7); INSERT INTO notes VALUES (7);",
        "CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, boss INTEGER REFERENCES people (id)); CREATE TABLE notes (user_id INTEGER REFERENCES people (id) ON DELETE CASCADE);
         CREATE VIEW v AS SELECT id FROM people; CREATE TRIGGER tr AFTER DELETE ON people BEGIN DELETE FROM notes; END; CREATE INDEX i ON people (boss);",
    )
    .was("people", "users")
    .travels();
    assert_eq!((arrived.rebuilds(), arrived.plan.reversible), (0, Reversible::Yes));
    arrived.shows("SELECT * FROM sqlite_sequence", &[&["'people'", "8"]]);
}

#[test]
fn a_column_is_renamed_with_all_that_reads_it() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> ''), g TEXT AS (a || 'x'), e TEXT CONSTRAINT e_enum CHECK (e IN ('x')), UNIQUE (a)); CREATE INDEX i ON t (lower(a)) WHERE a > 'b';
         CREATE TABLE c (a TEXT REFERENCES t (a)); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN SELECT old.a; END;
         INSERT INTO t (id, a, e) VALUES (1, 'q', 'x'); INSERT INTO c VALUES ('q');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, \"order\" TEXT CHECK (\"order\" <> ''), g TEXT AS (\"order\" || 'x'), f TEXT CONSTRAINT e_enum CHECK (f IN ('x')), UNIQUE (\"order\")); CREATE INDEX i ON t (lower(\"order\")) WHERE \"order\" > 'b';
         CREATE TABLE c (a TEXT REFERENCES t (\"order\")); CREATE VIEW v AS SELECT \"order\" FROM t; CREATE TRIGGER tr AFTER UPDATE OF \"order\" ON t BEGIN SELECT old.\"order\"; END;",
    )
    .was("t.order", "a")
    .was("t.f", "e")
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn table_column_and_type_change_at_once() {
    let arrived = Case::new(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, age TEXT, x TEXT); CREATE TABLE notes (u INTEGER REFERENCES users (id)); INSERT INTO users VALUES (1, '41', 'x'); INSERT INTO notes VALUES (1);",
        "CREATE TABLE people (number INTEGER PRIMARY KEY, years INTEGER, x TEXT DEFAULT 'y'); CREATE TABLE notes (u INTEGER REFERENCES people (number));",
    )
    .was("people", "users")
    .was("people.number", "id")
    .was("people.years", "age")
    .travels();
    arrived.shows("SELECT * FROM people", &[&["1", "41", "'x'"]]);
    assert_eq!((arrived.rebuilds(), arrived.plan.reversible), (1, Reversible::Yes));
}

#[test]
fn a_chain_of_renames_keeps_every_column() {
    let arrived = Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('1', '2'); CREATE TABLE x (v TEXT); CREATE TABLE y (v TEXT); INSERT INTO x VALUES ('x'); INSERT INTO y VALUES ('y');",
        "CREATE TABLE t (b TEXT, c TEXT); CREATE TABLE y (v TEXT); CREATE TABLE z (v TEXT);",
    )
    .was("t.b", "a")
    .was("t.c", "b")
    .was("y", "x")
    .was("z", "y")
    .travels();
    arrived.shows("SELECT b, c FROM t", &[&["'1'", "'2'"]]);
    arrived.shows("SELECT y.v, z.v FROM y, z", &[&["'x'", "'y'"]]);
}

#[test]
fn a_new_column_takes_the_name_of_a_renamed_one() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO t VALUES (1, 'Ada Lovelace');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, name TEXT);",
    )
    .was("t.full_name", "name")
    .travels();
    arrived.shows("SELECT full_name, name FROM t", &[&["'Ada Lovelace'", "NULL"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_new_table_takes_the_name_of_a_renamed_one() {
    let arrived = Case::new(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE notes (u INTEGER REFERENCES users (id) ON DELETE CASCADE); INSERT INTO users VALUES (1, 'x'); INSERT INTO notes VALUES (1);",
        "CREATE TABLE people (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE notes (u INTEGER REFERENCES people (id) ON DELETE CASCADE);",
    )
    .was("people", "users")
    .travels();
    arrived.shows("SELECT count(*) FROM notes", &[&["1"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_child_follows_the_new_table_under_the_old_name() {
    Case::new(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE notes (u INTEGER REFERENCES users (id) ON DELETE CASCADE); INSERT INTO users VALUES (1, 'x'); INSERT INTO notes VALUES (NULL);",
        "CREATE TABLE people (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE notes (u INTEGER REFERENCES users (id) ON DELETE CASCADE);",
    )
    .was("people", "users")
    .travels();
}

#[test]
fn a_name_changes_only_its_case() {
    Case::new(
        "CREATE TABLE Users (Id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE notes (u INTEGER REFERENCES Users (Id)); INSERT INTO Users VALUES (1, 'x'); INSERT INTO notes VALUES (1);",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE notes (u INTEGER REFERENCES users (id));",
    )
    .was("users", "Users")
    .was("users.id", "Id")
    .travels();
    let arrived = Case::new(
        "CREATE TABLE Users (Id INTEGER PRIMARY KEY, A TEXT); INSERT INTO Users VALUES (1, 'x');",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels();
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
}

#[test]
fn a_dropped_column_gives_its_name_to_a_renamed_one() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, 'a', 'b');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT);",
    )
    .was("t.c", "b")
    .keep()
    .travels();
    arrived.shows("SELECT * FROM t", &[&["1", "'b'"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn columns_are_renamed_to_keywords_and_from_them() {
    let case = Case::new(
        "CREATE TABLE t (a TEXT, \"null\" TEXT, CHECK (a IS NULL OR \"null\" <> 'null')); CREATE INDEX i ON t (a) WHERE a IS NOT NULL; INSERT INTO t VALUES ('x', 'y');",
        "CREATE TABLE t (\"index\" TEXT, b TEXT, CHECK (\"index\" IS NULL OR b <> 'null')); CREATE INDEX i ON t (\"index\") WHERE \"index\" IS NOT NULL;",
    )
    .was("t.index", "a")
    .was("t.b", "null");
    let arrived = case.travels();
    assert_eq!((arrived.rebuilds(), arrived.plan.reversible), (0, Reversible::Yes));
}

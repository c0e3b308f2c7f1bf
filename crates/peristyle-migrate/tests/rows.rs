//! Rows made to fit: the engine is the judge.

use peristyle_driver::{Connection, scratch};
use peristyle_migrate::{Filled, fill};
use peristyle_sql::DialectName;

/// Fills a schema made by a script, and lets the database check every foreign key.
fn filled(script: &str) -> (Filled, Box<dyn Connection>) {
    let mut connection = scratch(DialectName::Sqlite).unwrap();
    connection.batch(script).unwrap();
    let schema = connection.catalog().unwrap().schema;
    connection.begin_migration().unwrap();
    let filled = fill(connection.as_mut(), &schema, 3).unwrap();
    connection.check_migration().unwrap();
    connection.commit_migration().unwrap();
    (filled, connection)
}

/// Every table must get three rows.
fn all_filled(script: &str) -> Box<dyn Connection> {
    let (filled, connection) = filled(script);
    assert_eq!(filled.unfilled, [], "{script}");
    assert!(filled.rows.values().all(|rows| *rows == 3), "{:?}", filled.rows);
    connection
}

#[test]
fn every_type_gets_values() {
    let mut connection = all_filled(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b BOOLEAN NOT NULL, r REAL NOT NULL, n NUMERIC(6,2) NOT NULL, m NUMERIC NOT NULL,
            t TEXT NOT NULL UNIQUE, v VARCHAR(3) NOT NULL UNIQUE, c CHAR(1) NOT NULL, x BLOB NOT NULL, d DATE NOT NULL, ti TIME NOT NULL,
            ts TIMESTAMP NOT NULL, tz TIMESTAMPTZ NOT NULL, j TEXT NOT NULL CHECK (json_valid(j)), o ODD NOT NULL,
            k TEXT NOT NULL CONSTRAINT k_enum CHECK (k IN ('one', 'two')), g INTEGER AS (id + 1) STORED, loose);
         CREATE TABLE s (id INTEGER PRIMARY KEY, i INT NOT NULL, r REAL NOT NULL, b BLOB NOT NULL, t TEXT NOT NULL) STRICT;
         CREATE TABLE w (a TEXT, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;",
    );
    let nulls = connection.query("SELECT count(*) FROM a WHERE loose IS NULL", &[]).unwrap();
    assert_eq!(
        nulls.single().and_then(|n| n.as_integer()),
        Some(1),
        "one row is without value where it may be"
    );
}

#[test]
fn foreign_keys_of_every_shape() {
    let mut connection = all_filled(
        "CREATE TABLE tenants (id TEXT PRIMARY KEY NOT NULL);
         CREATE TABLE users (tenant_id TEXT NOT NULL REFERENCES tenants, id INTEGER NOT NULL, boss_id INTEGER,
            PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, boss_id) REFERENCES users (tenant_id, id));
         CREATE TABLE projects (tenant_id TEXT NOT NULL REFERENCES tenants, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id));
         CREATE TABLE members (tenant_id TEXT NOT NULL, user_id INTEGER NOT NULL, project_id INTEGER NOT NULL,
            PRIMARY KEY (tenant_id, user_id, project_id),
            FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
            FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id));
         CREATE TABLE nodes (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES nodes);
         CREATE TABLE rings (id INTEGER PRIMARY KEY, next_id INTEGER NOT NULL REFERENCES rings);
         CREATE TABLE details (user_tenant TEXT NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (user_tenant, user_id),
            FOREIGN KEY (user_tenant, user_id) REFERENCES users);
         CREATE TABLE chickens (id INTEGER PRIMARY KEY, egg_id INTEGER NOT NULL REFERENCES eggs);
         CREATE TABLE eggs (id INTEGER PRIMARY KEY, chicken_id INTEGER NOT NULL REFERENCES chickens);
         CREATE TABLE heads (id INTEGER PRIMARY KEY, tail_id INTEGER REFERENCES tails);
         CREATE TABLE tails (id INTEGER PRIMARY KEY, head_id INTEGER NOT NULL REFERENCES heads);",
    );
    let linked =
        connection.query("SELECT count(*) FROM nodes WHERE parent_id IS NOT NULL", &[]).unwrap();
    assert_eq!(linked.single().and_then(|n| n.as_integer()), Some(2));
}

#[test]
fn checks_are_satisfied() {
    all_filled(
        "CREATE TABLE a (id INTEGER PRIMARY KEY,
            rating INTEGER NOT NULL CHECK (rating BETWEEN 40 AND 50),
            email TEXT NOT NULL UNIQUE CHECK (email LIKE '%_@_%._%'),
            code TEXT NOT NULL CHECK (length(code) = 11 AND code GLOB '[0-9]*'),
            kind TEXT NOT NULL CHECK (kind IN ('small', 'large')),
            price NUMERIC NOT NULL CHECK (price > 999),
            tags TEXT NOT NULL CHECK (json_valid(tags) AND json_type(tags) = 'array'),
            flag INTEGER NOT NULL CHECK (flag IN (0, 1)));
         CREATE TABLE slots (id INTEGER PRIMARY KEY, starts_at TIMESTAMPTZ NOT NULL, ends_at TIMESTAMPTZ NOT NULL, CHECK (ends_at > starts_at));
         CREATE TABLE backwards (ends_at INTEGER NOT NULL, starts_at INTEGER NOT NULL, CHECK (ends_at > starts_at));
         CREATE TABLE either (a TEXT, b TEXT, CONSTRAINT one_of_both CHECK ((a IS NULL) <> (b IS NULL)));
         CREATE TABLE sums (a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, CHECK (a + b = c), CHECK (a <> b));
         CREATE TABLE folded (name TEXT NOT NULL, CHECK (name = lower(name)));
         CREATE UNIQUE INDEX folded_name ON folded (lower(name));",
    );
}

#[test]
fn what_cannot_be_filled_is_named_with_the_reason() {
    let (filled, _) = filled(
        "CREATE TABLE never (id INTEGER PRIMARY KEY, CHECK (id <> id));
         CREATE TABLE children (id INTEGER PRIMARY KEY, never_id INTEGER NOT NULL REFERENCES never);
         CREATE TABLE guarded (id INTEGER PRIMARY KEY);
         CREATE TRIGGER guard BEFORE INSERT ON guarded BEGIN SELECT RAISE(ABORT, 'nobody may write here'); END;
         CREATE TABLE fine (id INTEGER PRIMARY KEY, never_id INTEGER REFERENCES never);",
    );
    let reasons: Vec<String> =
        filled.unfilled.iter().map(|(table, reason)| format!("{table}: {reason}")).collect();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(reasons.iter().any(|r| r.starts_with("never: CHECK constraint failed")), "{reasons:?}");
    assert!(
        reasons.iter().any(|r| r.starts_with("children: it must point to never")),
        "{reasons:?}"
    );
    assert!(reasons.iter().any(|r| r == "guarded: nobody may write here"), "{reasons:?}");
}

#[test]
fn rows_that_are_there_are_not_in_the_way() {
    let (filled, mut connection) = filled(
        "CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         INSERT INTO roles VALUES (1, 'name 1'), (2, 'name 2');
         CREATE TABLE users (id INTEGER PRIMARY KEY, role_id INTEGER NOT NULL REFERENCES roles);",
    );
    assert_eq!(filled.unfilled, []);
    let count = connection.query("SELECT count(*) FROM roles", &[]).unwrap();
    assert_eq!(count.single().and_then(|n| n.as_integer()), Some(5));
}

#[test]
fn equal_schemas_get_equal_rows() {
    let script =
        "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 70), t TEXT UNIQUE);
        CREATE TABLE b (id TEXT PRIMARY KEY, a_id INTEGER REFERENCES a);";
    let dump = || {
        let mut connection = all_filled(script);
        ["a", "b"].map(|t| connection.query(&format!("SELECT * FROM {t}"), &[]).unwrap().rows)
    };
    assert_eq!(dump(), dump());
}

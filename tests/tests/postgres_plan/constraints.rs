//! Constraints and indexes of tables that are there.

use peristyle_sql::{Role, Transaction};
use peristyle_tests::postgres::Server;

use super::support::Case;

#[test]
fn they_come_and_go() {
    Case::new(
        "CREATE EXTENSION btree_gist;
         CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, r int4range);
         INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 'x', '[1,2)'), (2, NULL, 'y', '[2,3)');",
        "CREATE EXTENSION btree_gist;
         CREATE TABLE p (id integer PRIMARY KEY);
         CREATE TABLE t (id integer PRIMARY KEY, a integer REFERENCES p ON DELETE SET NULL, b text UNIQUE, r int4range,
            CHECK (a > 0), EXCLUDE USING gist (r WITH &&));
         CREATE UNIQUE INDEX lowered ON t (lower(b)); CREATE INDEX plain ON t (a DESC);",
    )
    .travels();
}

#[test]
fn rows_that_break_them_are_shown() {
    let old = "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
         INSERT INTO t VALUES (1, 5, 'x'), (2, 6, 'x'), (3, NULL, NULL), (4, NULL, NULL);";
    for (new, says) in [
        (
            "id integer PRIMARY KEY, a integer REFERENCES p, b text",
            "point at rows of it that do not exist",
        ),
        ("id integer PRIMARY KEY, a integer, b text UNIQUE", "stand in more than one row"),
        (
            "id integer PRIMARY KEY, a integer UNIQUE NULLS NOT DISTINCT, b text",
            "stand in more than one row",
        ),
        ("id integer PRIMARY KEY, a integer CHECK (a > 5), b text", "that these rows do not pass"),
    ] {
        let new = format!("CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t ({new});");
        if Server::shared().is_too_old_for(&new) {
            continue;
        }
        let (message, _) = Case::new(old, &new).stops();
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn names_validity_and_deferral_change_in_place() {
    let arrived = Case::new(
        "CREATE TABLE p (id integer, CONSTRAINT pk PRIMARY KEY (id));
         CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT old_check CHECK (a > 0), b integer CONSTRAINT u UNIQUE,
            c integer CONSTRAINT f REFERENCES p);
         ALTER TABLE t ADD CONSTRAINT later CHECK (b > 0) NOT VALID;
         ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p NOT VALID;
         INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 2, 1, 1);",
        "CREATE TABLE p (id integer PRIMARY KEY);
         CREATE TABLE t (id integer PRIMARY KEY, a integer CONSTRAINT new_check CHECK (a > 0), b integer UNIQUE,
            c integer CONSTRAINT f REFERENCES p DEFERRABLE INITIALLY DEFERRED);
         ALTER TABLE t ADD CONSTRAINT later CHECK (b > 0);
         ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p;",
    )
    .travels();
    let up = arrived.up();
    for words in [
        "RENAME CONSTRAINT pk TO p_pkey",
        "RENAME CONSTRAINT old_check TO new_check",
        "RENAME CONSTRAINT u TO t_b_key",
        "ALTER CONSTRAINT f DEFERRABLE INITIALLY DEFERRED",
        "VALIDATE CONSTRAINT later",
        "VALIDATE CONSTRAINT fk",
    ] {
        assert!(up.contains(words), "{words}\n{up}");
    }
    assert!(!up.contains("DROP CONSTRAINT"), "{up}");
}

#[test]
fn the_primary_key_changes_under_foreign_keys() {
    Case::new(
        "CREATE TABLE p (id integer PRIMARY KEY, code integer NOT NULL, UNIQUE (code));
         CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id), q integer REFERENCES p (code));
         INSERT INTO p VALUES (1, 2); INSERT INTO c VALUES (1, 1, 2);",
        "CREATE TABLE p (id integer NOT NULL UNIQUE, code integer NOT NULL, PRIMARY KEY (code));
         CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id), q integer REFERENCES p (code));",
    )
    .travels();
    Case::new(
        "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL); INSERT INTO t VALUES (1, 2), (1, 3);",
        "CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b));",
    )
    .travels();
}

#[test]
fn rings_of_tables_come_and_go() {
    let ring = "CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
         ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b; CREATE TABLE self (id integer PRIMARY KEY, p integer REFERENCES self);";
    Case::new("CREATE TABLE x (id integer);", &format!("CREATE TABLE x (id integer); {ring}"))
        .travels();
    Case::new(
        &format!("{ring} INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (2, 1); UPDATE a SET b = 2; INSERT INTO self VALUES (1, 1);"),
        "CREATE TABLE x (id integer);",
    )
    .keep()
    .travels();
}

#[test]
fn indexes_are_built_without_blocking_writers() {
    let arrived = Case::new(
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer); CREATE INDEX old ON t (b); INSERT INTO t VALUES (1, 2, 3);",
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer); CREATE UNIQUE INDEX new ON t (a);
         CREATE TABLE other (id integer); CREATE INDEX inside ON other (id);",
    )
    .concurrently()
    .travels();
    assert_eq!(arrived.plan.transaction, Transaction::Several);
    let alone: Vec<&str> = arrived
        .plan
        .up
        .iter()
        .flat_map(|step| &step.statements)
        .filter(|statement| statement.role == Role::Alone)
        .map(|statement| statement.sql.as_str())
        .collect();
    assert_eq!(
        alone,
        [
            "DROP INDEX CONCURRENTLY IF EXISTS old",
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS new ON t (a)"
        ]
    );
}

//! Constraints, as they are on the table.

use peristyle_schema::{
    Action, Check, Deferrable, Exclusion, ForeignKey, Match, PrimaryKey, Reference, Unique,
};
use peristyle_tests::postgres::Server;

use crate::live::Live;

fn names(names: &[&str]) -> Vec<peristyle_schema::Name> {
    names.iter().copied().map(Into::into).collect()
}

#[test]
fn keys_and_uniques() {
    if Server::shared().is_too_old_for("NULLS NOT DISTINCT") {
        return;
    }
    let read = Live::new().whole(
        "CREATE TABLE t (a int, b int, c int, PRIMARY KEY (b, a), UNIQUE (c), CONSTRAINT pair UNIQUE NULLS NOT DISTINCT (c, a) DEFERRABLE,
           UNIQUE (a, c) DEFERRABLE INITIALLY DEFERRED);
         CREATE TABLE none (a int)",
    );
    let table = read.table("t");
    let key = PrimaryKey {
        name: Some("t_pkey".into()),
        columns: names(&["b", "a"]),
        autoincrement: false,
    };
    assert_eq!(table.primary_key, Some(key));
    let unique = |name: &str, columns: &[&str], nulls_not_distinct, deferrable| Unique {
        name: Some(name.into()),
        columns: names(columns),
        nulls_not_distinct,
        deferrable,
    };
    assert_eq!(
        table.uniques,
        [
            unique("pair", &["c", "a"], true, Deferrable::InitiallyImmediate),
            unique("t_a_c_key", &["a", "c"], false, Deferrable::InitiallyDeferred),
            unique("t_c_key", &["c"], false, Deferrable::Not),
        ]
    );
    assert!(table.indexes.is_empty(), "what stands behind a constraint is no index of its own");
    assert_eq!(read.table("none").primary_key, None);
}

#[test]
fn checks() {
    let read = Live::new().whole(
        "CREATE TABLE t (a int CHECK (a > 0), b text, CONSTRAINT either CHECK (a > 5 OR b IS NULL) NO INHERIT, CHECK (a <> length(b)));
         ALTER TABLE t ADD CONSTRAINT later CHECK (b <> '') NOT VALID",
    );
    let check = |name: &str, expr: &str| Check { name: Some(name.into()), ..Check::new(expr) };
    assert_eq!(
        read.table("t").checks,
        [
            Check { no_inherit: true, ..check("either", "a > 5 OR b IS NULL") },
            Check { not_valid: true, ..check("later", "b <> ''::text") },
            check("t_a_check", "a > 0"),
            check("t_check", "a <> length(b)"),
        ]
    );
}

#[test]
fn foreign_keys() {
    if Server::shared().is_too_old_for("ON DELETE SET DEFAULT (y)") {
        return;
    }
    let read = Live::new().whole(
        "CREATE SCHEMA app; CREATE TABLE app.parent (x int, y int, PRIMARY KEY (y, x), UNIQUE (x));
         CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t, x int REFERENCES app.parent (x) ON DELETE CASCADE ON UPDATE SET NULL,
           y int, CONSTRAINT pair FOREIGN KEY (y, x) REFERENCES app.parent MATCH FULL ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
           CONSTRAINT part FOREIGN KEY (x, y) REFERENCES app.parent (x, y) ON DELETE SET DEFAULT (y) DEFERRABLE);
         ALTER TABLE t ADD CONSTRAINT later FOREIGN KEY (up) REFERENCES t NOT VALID;
         ALTER TABLE app.parent ADD CONSTRAINT cycle FOREIGN KEY (x) REFERENCES t",
    );
    let key = |name: &str, columns: &[&str], table: &str, referenced: &[&str]| ForeignKey {
        name: Some(name.into()),
        columns: names(columns),
        references: Reference { table: table.parse().unwrap(), columns: names(referenced) },
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    };
    assert_eq!(
        read.table("t").foreign_keys,
        [
            ForeignKey { not_valid: true, ..key("later", &["up"], "t", &["id"]) },
            ForeignKey {
                matching: Match::Full,
                on_delete: Action::Restrict,
                deferrable: Deferrable::InitiallyDeferred,
                ..key("pair", &["y", "x"], "app.parent", &["y", "x"])
            },
            ForeignKey {
                on_delete: Action::SetDefault,
                set_columns: names(&["y"]),
                deferrable: Deferrable::InitiallyImmediate,
                ..key("part", &["x", "y"], "app.parent", &["x", "y"])
            },
            key("t_up_fkey", &["up"], "t", &["id"]),
            ForeignKey {
                on_delete: Action::Cascade,
                on_update: Action::SetNull,
                ..key("t_x_fkey", &["x"], "app.parent", &["x"])
            },
        ]
    );
    assert_eq!(read.table("app.parent").foreign_keys, [key("cycle", &["x"], "t", &["id"])]);
}

#[test]
fn exclusions() {
    let read = Live::new().whole(
        "CREATE EXTENSION btree_gist;
         CREATE TABLE t (room int, during tstzrange, cancelled boolean,
           CONSTRAINT once EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (NOT cancelled) DEFERRABLE INITIALLY DEFERRED,
           EXCLUDE USING hash (room WITH =), CONSTRAINT made EXCLUDE (lower(during) WITH =, (room + 1) WITH =))",
    );
    let exclusion = |name: &str, rule: &str, deferrable| Exclusion {
        name: Some(name.into()),
        rule: rule.into(),
        deferrable,
    };
    assert_eq!(
        read.table("t").exclusions,
        [
            exclusion(
                "made",
                "USING btree (lower(during) WITH =, (room + 1) WITH =)",
                Deferrable::Not
            ),
            exclusion(
                "once",
                "USING gist (room WITH =, during WITH &&) WHERE (NOT cancelled)",
                Deferrable::InitiallyDeferred
            ),
            exclusion("t_room_excl", "USING hash (room WITH =)", Deferrable::Not),
        ]
    );
    assert!(read.table("t").indexes.is_empty());
}

/// What a constraint's index carries beyond the constraint is in no declaration.
#[test]
fn what_a_constraint_s_index_carries_is_noted() {
    let read = Live::new().read(
        "CREATE TABLE t (a int, b int, UNIQUE (a) INCLUDE (b), PRIMARY KEY (b) WITH (fillfactor = 70))",
    );
    assert_eq!(
        read.table("t").unmodelled,
        ["INCLUDE of constraint `t_a_b_key`", "storage parameters of constraint `t_pkey`"]
    );
    assert_eq!(read.notes.len(), 2);
}

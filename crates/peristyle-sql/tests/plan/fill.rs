//! Values for rows that have none, and rows that a new constraint does not fit.

use peristyle_sql::Reversible;

use crate::support::Case;

#[test]
fn a_new_not_null_column_asks_for_its_value() {
    let case = || {
        Case::new(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y');",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL);",
        )
    };
    let refusal = case().plan().expect_err("it asks");
    assert_eq!(refusal.decisions.len(), 1);
    assert_eq!(refusal.decisions[0].answers[0].0, "--fill t.b:''");
    case().fill("t", "b", "a || '!'").travels().shows("SELECT b FROM t", &[&["'x!'"], &["'y!'"]]);
    case().flag_fill("t", "b", "'f'").travels().shows("SELECT b FROM t", &[&["'f'"], &["'f'"]]);
}

#[test]
fn a_nullable_column_can_be_filled_too() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT DEFAULT 'd');",
    )
    .fill("t", "b", "upper(a)")
    .travels();
    arrived.shows("SELECT b FROM t", &[&["'X'"]]);
}

#[test]
fn a_column_becomes_not_null() {
    let case = || {
        Case::new(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (2, NULL);",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);",
        )
    };
    assert_eq!(case().plan().expect_err("it asks").decisions.len(), 1);
    let arrived = case().fill("t", "a", "'none'").travels();
    arrived.shows("SELECT a FROM t", &[&["'x'"], &["'none'"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
    let kept =
        case().fill("t", "a", "'none'").keep().travels_with("UPDATE t SET a = 'now' WHERE id = 1");
    assert_eq!(kept.plan.reversible, Reversible::Yes);
    kept.home_shows("SELECT a FROM t", &[&["'now'"], &["NULL"]]);
}

#[test]
fn a_default_fills_what_becomes_not_null() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, NULL);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'd');",
    )
    .travels();
    arrived.shows("SELECT a FROM t", &[&["'d'"]]);
}

#[test]
fn a_column_that_could_be_null_meanwhile_comes_home_filled() {
    let arrived = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL); INSERT INTO t VALUES (1, 'x');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
    )
    .travels_with("INSERT INTO t VALUES (2, NULL)");
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
    arrived.home_shows("SELECT a FROM t", &[&["'x'"], &["''"]]);
}

#[test]
fn duplicates_are_shown_before_a_unique_index_fails() {
    for (index, shown) in
        [("UNIQUE (a)", vec!["'x'", "2"]), ("UNIQUE (a, b)", vec!["'x'", "'y'", "2"])]
    {
        let (message, row) = Case::new(
            "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'y'), ('x', 'y'), (NULL, NULL), (NULL, NULL);",
            &format!("CREATE TABLE t (a TEXT, b TEXT, {index});"),
        )
        .stops();
        assert!(message.contains("more than one row"), "{message}");
        assert_eq!(row, shown);
    }
    Case::new(
        "CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t VALUES ('x', 'y'), ('x', NULL), (NULL, NULL), (NULL, NULL);",
        "CREATE TABLE t (a TEXT, b TEXT); CREATE UNIQUE INDEX i ON t (a) WHERE b IS NOT NULL;",
    )
    .travels();
}

#[test]
fn duplicates_that_a_conversion_makes_are_shown() {
    let (message, _) = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); CREATE UNIQUE INDEX i ON t (a); INSERT INTO t VALUES (1, '1.0'), (2, '1.00');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a REAL); CREATE UNIQUE INDEX i ON t (a);",
    )
    .stops();
    assert!(message.contains("unique index i"), "{message}");
}

#[test]
fn orphans_are_shown_before_a_foreign_key_comes() {
    let (message, row) = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1), (2, NULL), (3, 9);",
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id));",
    )
    .stops();
    assert!(message.contains("c.p_id refers to p"), "{message}");
    assert_eq!(row, ["3", "9"]);
}

#[test]
fn rows_that_a_new_check_refuses_are_shown() {
    let (message, row) = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER); INSERT INTO t VALUES (1, 5), (2, NULL), (3, -1);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CHECK (a > 0));",
    )
    .stops();
    assert!(message.contains("a > 0"), "{message}");
    assert_eq!(row, ["3", "-1"]);
}

#[test]
fn a_check_sees_the_converted_value() {
    Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, '5');",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, CHECK (typeof(a) = 'integer'));",
    )
    .travels();
}

#[test]
fn duplicates_in_a_new_primary_key_are_shown() {
    let (message, row) = Case::new(
        "CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL); INSERT INTO t VALUES ('x', '1'), ('x', '2');",
        "CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY, b TEXT NOT NULL);",
    )
    .stops();
    assert!(message.contains("primary key"), "{message}");
    assert_eq!(row, ["'x'", "2"]);
}

#[test]
fn a_filled_value_that_cannot_be_converted_back_was_none() {
    let case = || {
        Case::new(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER); INSERT INTO t VALUES (1, 5), (2, NULL);",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL);",
        )
        .was("t.b", "a")
    };
    for filled in [case().fill("t", "b", "'none'"), case().flag_fill("t", "b", "'none'")] {
        let arrived = filled.travels();
        arrived.shows("SELECT b FROM t", &[&["'5'"], &["'none'"]]);
        arrived.home_shows("SELECT a FROM t", &[&["5"], &["NULL"]]);
    }
}

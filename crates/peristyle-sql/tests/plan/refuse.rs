//! What is refused, and how it is said.

use peristyle_sql::Reversible;

use crate::support::Case;

#[test]
fn a_table_that_others_refer_to_is_not_dropped() {
    let refusal = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INTEGER REFERENCES p (id));",
        "CREATE TABLE c (p_id INTEGER REFERENCES p (id));",
    )
    .plan()
    .expect_err("it is refused");
    assert_eq!(refusal.diagnostics[0].code, "still-referenced");
}

#[test]
fn a_clause_that_is_not_known_forbids_a_rebuild_and_nothing_else() {
    let old = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE ON CONFLICT REPLACE); INSERT INTO t VALUES (1, 'x');";
    let refusal =
        Case::new(old, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'y' UNIQUE);")
            .plan()
            .expect_err("it is refused");
    assert_eq!(refusal.diagnostics[0].code, "unmodelled-clause");
    assert!(refusal.diagnostics[0].message.contains("ON CONFLICT"), "{refusal:?}");
    assert!(refusal.diagnostics[0].help.is_some());
    let arrived =
        Case::new(old, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT);").travels();
    assert_eq!(arrived.rebuilds(), 0);
}

#[test]
fn a_type_change_without_a_rule_asks_for_an_expression() {
    let refusal = Case::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TIMESTAMPTZ);",
    )
    .plan()
    .expect_err("it asks");
    assert_eq!(refusal.decisions.len(), 1);
    assert!(refusal.decisions[0].answers[0].0.contains("using"), "{refusal:?}");
}

#[test]
fn tables_of_another_application_are_left_alone() {
    let arrived = Case::new(
        "CREATE TABLE theirs (id INTEGER PRIMARY KEY, secret TEXT DEFAULT 'x'); CREATE TABLE ours (id INTEGER PRIMARY KEY); INSERT INTO theirs VALUES (1, 's'); INSERT INTO ours VALUES (1);",
        "CREATE TABLE theirs (id INTEGER PRIMARY KEY, secret TEXT DEFAULT 'x'); CREATE TABLE ours (id INTEGER PRIMARY KEY, t INTEGER REFERENCES theirs (id));",
    )
    .adjust(|schema| schema.tables.get_mut(&"theirs".into()).expect("theirs").external = true)
    .plan()
    .expect("it is planned");
    assert_eq!(arrived.reversible, Reversible::Yes);
    assert_eq!(arrived.up.len(), 1, "{:?}", arrived.up);
}

#[test]
fn nothing_to_do_is_no_steps() {
    let plan =
        Case::new("CREATE TABLE t (a TEXT);", "CREATE TABLE t (a TEXT);").plan().expect("a plan");
    assert!(plan.up.is_empty() && plan.down.is_empty());
    assert_eq!(plan.reversible, Reversible::Yes);
}

//! Lists of values: added, renamed, removed, with rows in place.

use peristyle_schema::{Hint, Type};
use peristyle_sql::Reversible;

use crate::support::Case;

fn with(values: &str, rows: &str) -> String {
    format!(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, e TEXT NOT NULL CONSTRAINT e_enum CHECK (e IN ({values}))); {rows}"
    )
}

/// Declares that a value had another text.
fn value_was(case: Case, now: &str, was: &str) -> Case {
    case.adjust(|schema| {
        let table = schema.tables.get_mut(&"t".into()).expect("the table is declared");
        let column = table.columns.get_mut("e").expect("the column is declared");
        let Type::Values(values) = &mut column.data_type else { panic!("the column has values") };
        let value =
            values.iter_mut().find(|value| value.name == now).expect("the value is declared");
        value.was = Hint::some(was.into());
    })
}

#[test]
fn a_value_is_added() {
    let arrived =
        Case::new(&with("'a', 'b'", "INSERT INTO t VALUES (1, 'a');"), &with("'a', 'c', 'b'", ""))
            .travels_with("INSERT INTO t VALUES (2, 'c')");
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_value_is_renamed_in_the_rows_too() {
    let case = Case::new(
        &with("'a', 'b'", "INSERT INTO t VALUES (1, 'a'), (2, 'b');"),
        &with("'z', 'b'", ""),
    );
    let arrived = value_was(case, "z", "a").travels();
    arrived.shows("SELECT e FROM t", &[&["'z'"], &["'b'"]]);
    arrived.home_shows("SELECT e FROM t", &[&["'a'"], &["'b'"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Yes);
}

#[test]
fn a_removed_value_stops_the_migration_if_a_row_holds_it() {
    Case::new(&with("'a', 'b'", "INSERT INTO t VALUES (1, 'a');"), &with("'a'", "")).travels();
    let (message, row) =
        Case::new(&with("'a', 'b'", "INSERT INTO t VALUES (1, 'b');"), &with("'a'", "")).stops();
    assert!(message.contains("t.e"), "{message}");
    assert_eq!(row, ["1", "'b'"]);
}

#[test]
fn a_removed_value_becomes_what_the_declaration_says() {
    let case = || {
        Case::new(&with("'a', 'b'", "INSERT INTO t VALUES (1, 'b'), (2, 'a');"), &with("'a'", ""))
            .using("t", "e", "replace(e, 'b', 'a')")
    };
    let arrived = case().travels();
    arrived.shows("SELECT e FROM t", &[&["'a'"], &["'a'"]]);
    assert_eq!(arrived.plan.reversible, Reversible::Partial);
    let kept = case().keep().travels();
    kept.home_shows("SELECT e FROM t", &[&["'b'"], &["'a'"]]);
    assert_eq!(kept.plan.reversible, Reversible::Yes);
}

#[test]
fn text_becomes_a_list_of_values() {
    let text =
        |rows: &str| format!("CREATE TABLE t (id INTEGER PRIMARY KEY, e TEXT NOT NULL); {rows}");
    Case::new(&text("INSERT INTO t VALUES (1, 'a');"), &with("'a', 'b'", "")).travels();
    let (_, row) =
        Case::new(&text("INSERT INTO t VALUES (1, 'x');"), &with("'a', 'b'", "")).stops();
    assert_eq!(row, ["1", "'x'"]);
}

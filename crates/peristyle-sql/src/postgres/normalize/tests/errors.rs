//! What PostgreSQL cannot hold, and what is said about it.

use super::*;
use peristyle_schema::{
    Action, Check, Deferrable, Expr, ForeignKey, Generated, Identity, Index, Match, Precision,
    Reference, Unique,
};

fn with(column: Column) -> String {
    error(schema([table("t", [column])]))
}

fn defaulted(data_type: Type, default: ColumnDefault) -> String {
    let mut column = column("a", data_type);
    column.default = Some(default);
    let mut schema = schema([table("t", [column])]);
    schema.insert_enum(mood());
    error(schema)
}

fn key(columns: &[&str], table: &str, references: &[&str]) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: columns.iter().map(|name| (*name).into()).collect(),
        references: Reference {
            table: table.into(),
            columns: references.iter().map(|name| (*name).into()).collect(),
        },
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
    }
}

#[test]
fn an_error_says_what_where_and_the_way_out() {
    let mut a = column("a", Type::Text);
    a.collation = Some("nocase".into());
    assert_eq!(
        with(a),
        "schema.rs:3:5: error[unknown-collation]: the column `t.a` has the collation NOCASE, which is SQLite's (help: give the \
         column the type `citext` (an extension), or a collation that ignores case (`CREATE COLLATION … (provider = icu, \
         locale = 'und-u-ks-level2', deterministic = false)`), or drop the collation and put a unique index on `lower(…)`)"
    );
}

#[test]
fn columns() {
    let has = |found: String, expected: &str| assert!(found.contains(expected), "{found}");
    has(with(column("a", Type::Enum("gone".into()))), "unknown-enum");
    has(with(column("a", Type::Values(vec!["a".into()]))), "#[derive(Enum)]");
    let many = Precision { precision: 1001, scale: 0 };
    has(with(column("a", Type::Numeric(Some(many)))), "counts to 1000");
    has(with(column("xmin", Type::Text)), "every PostgreSQL table has by itself");
    has(with(column(&"a".repeat(64), Type::Text)), "of 64 bytes; PostgreSQL keeps 63");
    let mut numbered = column("a", Type::Text);
    numbered.identity = Some(Identity::Always);
    has(with(numbered), "is of the type text");
    let mut collated = column("a", Type::Integer);
    collated.collation = Some("C".into());
    has(with(collated), "only text has one");
    let mut generated = column("a", Type::Integer);
    generated.generated = Some(Generated { expr: Expr::new("(id"), stored: true });
    has(with(generated.clone()), "`(` is not closed");
    generated.generated = Some(Generated { expr: Expr::new("a + 1"), stored: true });
    has(with(generated), "generated-loop");
    let many = (0..1600).map(|at| column(&format!("c{at}"), Type::Text));
    has(error(schema([table("t", many)])), "has 1601 columns");
}

#[test]
fn defaults() {
    let has = |found: String, expected: &str| assert!(found.contains(expected), "{found}");
    let text = |text: &str| ColumnDefault::Literal(Literal::Text(text.to_owned()));
    has(defaulted(Type::Enum("mood".into()), text("sad")), "none of its values");
    has(defaulted(Type::Text, text("\0")), "NUL");
    has(defaulted(Type::Uuid, ColumnDefault::Uuid7), "default = app::uuid7");
    has(defaulted(Type::Boolean, ColumnDefault::Now), "holds no current time");
    has(defaulted(Type::Date, ColumnDefault::Uuid4), "holds no UUID");
    has(defaulted(Type::Text, ColumnDefault::Expr("'a".into())), "no expression");
    has(defaulted(Type::Text, ColumnDefault::Literal(Literal::Number("x".into()))), "is no number");
}

#[test]
fn keys() {
    let has = |found: String, expected: &str| assert!(found.contains(expected), "{found}");
    let keyed = |foreign: ForeignKey| {
        let mut t = table("t", [column("a", Type::BigInt)]);
        t.foreign_keys = vec![foreign];
        error(schema([t, table("u", [column("b", Type::BigInt)])]))
    };
    has(keyed(key(&["a"], "gone", &[])), "#[table(external)]");
    has(keyed(key(&["x"], "u", &[])), "unknown column `x`");
    has(keyed(key(&["a"], "u", &["x"])), "`u.x`, which is not declared");
    has(keyed(key(&["a"], "u", &["b"])), "neither its primary key nor unique");
    has(keyed(key(&["a"], "u", &["id", "b"])), "from 1 columns to 2");
    let mut nulled = key(&["a"], "u", &[]);
    nulled.on_delete = Action::SetNull;
    has(keyed(nulled), "which is NOT NULL");
    let mut some = key(&["a"], "u", &[]);
    some.set_columns = vec!["a".into()];
    has(keyed(some), "set_columns");

    let mut t = table("t", []);
    t.checks = vec![Check::new("")];
    has(error(schema([t])), "it is empty");
    let mut t = table("t", []);
    t.indexes.insert(Index::on_columns("i", ["x"]));
    has(error(schema([t])), "unknown column `x`");
    let mut t = table("t", [column("a", Type::Text)]);
    t.uniques = vec![Unique {
        name: Some("u".into()),
        columns: vec!["a".into()],
        nulls_not_distinct: false,
        deferrable: Deferrable::Not,
    }];
    has(error(schema([t, table("u", [])])), "brings the name `u`, which a table has already");
    let mut schema = schema([table("mood", [])]);
    schema.insert_enum(mood());
    has(error(schema), "which a table has already");
}

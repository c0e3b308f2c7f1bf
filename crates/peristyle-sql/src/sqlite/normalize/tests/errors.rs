//! What SQLite cannot hold: each with its own error, at its place, with a way out.

use super::*;

fn errors(schema: Schema) -> Vec<Diagnostic> {
    normalize(schema).expect_err("there must be an error")
}

/// The one error of a table, as `code line: message`.
fn error(table: Table) -> String {
    let errors = errors(schema([table]));
    assert_eq!(errors.len(), 1, "{errors:#?}");
    shown(&errors[0])
}

fn shown(error: &Diagnostic) -> String {
    assert!(error.is_error());
    assert!(error.help.as_ref().is_some_and(|help| !help.is_empty()), "{error} has no way out");
    let line = error.span.as_ref().map_or(0, |span| span.start.line);
    format!("{} {line}: {}", error.code, error.message)
}

fn with(column: Column) -> Table {
    table("t", [column])
}

#[test]
fn types() {
    assert_eq!(
        error(with(column("a", Type::Interval))),
        "unsupported-type 3: the column `t.a` is a span of time, for which SQLite has no type"
    );
    assert_eq!(
        error(with(column("a", Type::Array(Box::new(Type::Text))))),
        "unsupported-type 3: the column `t.a` is a list of text, and SQLite has no lists"
    );
    assert_eq!(
        error(with(column("a", Type::Native("TEXT NOT NULL".into())))),
        "unsupported-type 3: the column `t.a` has the type `TEXT NOT NULL`, which is no type that SQLite can read"
    );
    let mut strict = with(column("a", Type::Native("INT8".into())));
    strict.options.strict = true;
    assert_eq!(
        error(strict),
        "unsupported-type 3: the column `t.a` has the type `INT8`, and a STRICT table knows only INT, INTEGER, REAL, \
         TEXT, BLOB and ANY"
    );
    assert_eq!(
        error(with(column("a", Type::Enum("mood".into())))),
        "unknown-enum 3: the column `t.a` is of the enumerated type `mood`, which is not declared"
    );
}

#[test]
fn enumerated_types() {
    for (values, expected) in [
        (vec![], "empty-enum 3: the enumerated type `mood` has no value"),
        (
            vec!["a", "b", "a"],
            "duplicate-value 3: the enumerated type `mood` has the value `a` twice",
        ),
    ] {
        let mut schema = schema([with(column("a", Type::Enum("mood".into())))]);
        schema.insert_enum(EnumType {
            name: "mood".into(),
            was: Hint::NONE,
            doc: None,
            values: values.into_iter().map(Into::into).collect(),
        });
        let errors = errors(schema);
        assert!(errors.iter().any(|error| shown(error) == expected), "{errors:#?}");
    }
}

#[test]
fn defaults() {
    let default = |data_type: Type, default: ColumnDefault| {
        let mut column = column("a", data_type);
        column.default = Some(default);
        error(with(column))
    };
    assert_eq!(
        default(Type::Uuid, ColumnDefault::Uuid7),
        "unsupported-default 3: the column `t.a` wants a time-ordered UUID from SQLite, which cannot make one"
    );
    assert_eq!(
        default(Type::Boolean, ColumnDefault::Now),
        "unsupported-default 3: the column `t.a` is of the type boolean, which holds no current time"
    );
    assert_eq!(
        default(Type::Bytes, ColumnDefault::Uuid4),
        "unsupported-default 3: the column `t.a` is of the type bytes, which holds no UUID"
    );
    assert_eq!(
        default(Type::Double, ColumnDefault::Literal(Literal::Number("1; --".into()))),
        "bad-default 3: the column `t.a` has the default `1; --`, which is no number"
    );
    assert_eq!(
        default(Type::Text, ColumnDefault::Literal(Literal::Text("a\0b".into()))),
        "bad-default 3: the column `t.a` has a default with a NUL in it, which SQLite cannot write"
    );
    assert_eq!(
        default(Type::Values(vec!["x".into()]), ColumnDefault::Literal(Literal::Text("y".into()))),
        "bad-default 3: the column `t.a` has the default `y`, which is none of its values"
    );
    assert_eq!(
        default(Type::Text, ColumnDefault::Expr("id + 1".into())),
        "bad-default 3: the column `t.a` has a default that reads `id`, and a default can read no column"
    );
    assert_eq!(
        default(Type::Text, ColumnDefault::Expr("(SELECT 1)".into())),
        "bad-default 3: the column `t.a` has a default with a query in it, which SQLite does not allow"
    );
    assert_eq!(
        default(Type::Text, ColumnDefault::Expr("1); DROP TABLE t; --".into())),
        "bad-default 3: the column `t.a` has a default that is no expression: a parenthesis is closed that was not opened"
    );
}

#[test]
fn numbering() {
    let mut second = column("a", Type::BigInt);
    second.identity = Some(Identity::Always);
    assert_eq!(
        error(with(second)),
        "identity 3: the column `t.a` is to be numbered by the database, and SQLite numbers only a table's single \
         integer key"
    );
    let mut text = with(column("a", Type::Text));
    text.primary_key = Some(PrimaryKey { autoincrement: true, ..key(&["a"]) });
    assert!(
        error(text).starts_with("autoincrement 3: the primary key of `t` cannot be AUTOINCREMENT")
    );
    let mut without = table("t", []);
    without.primary_key = Some(PrimaryKey { autoincrement: true, ..key(&["id"]) });
    without.options.without_rowid = true;
    assert!(error(without).starts_with("autoincrement 1:"));
}

#[test]
fn keys() {
    let mut keyless = table("t", []);
    keyless.primary_key = None;
    keyless.options.without_rowid = true;
    assert_eq!(
        error(keyless),
        "without-rowid-key 1: the table `t` is WITHOUT ROWID and has no primary key"
    );
    let mut twice = with(column("a", Type::Text));
    twice.primary_key = Some(key(&["a", "A"]));
    assert_eq!(
        error(twice),
        "duplicate-column 3: the primary key of `t` names the column `a` twice"
    );
    let mut unknown = table("t", []);
    unknown.primary_key = Some(key(&["b"]));
    assert_eq!(
        error(unknown),
        "unknown-column 1: the primary key of `t` names the unknown column `b`"
    );
    let mut deferred = with(column("a", Type::Text));
    deferred.uniques = vec![Unique { deferrable: Deferrable::InitiallyDeferred, ..unique(&["a"]) }];
    assert_eq!(
        error(deferred),
        "deferrable-unique 3: a unique constraint of `t` is deferrable, and SQLite checks unique constraints at once"
    );
    let mut nulls = with(column("a", Type::Text));
    nulls.uniques = vec![Unique { nulls_not_distinct: true, ..unique(&["a"]) }];
    assert!(error(nulls).starts_with("nulls-not-distinct 3:"));
    let mut unknown = table("t", []);
    unknown.uniques = vec![unique(&["b"])];
    assert_eq!(
        error(unknown),
        "unknown-column 1: the index `t_b_key` of `t` names the unknown column `b`"
    );
}

#[test]
fn indexes() {
    let index = |change: fn(&mut Index)| {
        let mut table = with(column("a", Type::Text));
        let mut index = Index::on_columns("i", ["a"]);
        change(&mut index);
        table.indexes.insert(index);
        error(table)
    };
    assert!(index(|i| i.method = Some("gin".into())).ends_with("has an access method"));
    assert!(index(|i| i.include = vec!["id".into()]).ends_with("includes columns"));
    assert!(index(|i| i.nulls_not_distinct = true).starts_with("unsupported-index 3:"));
    assert!(index(|i| i.parts[0].nulls = Some(Nulls::Last)).contains("places nulls"));
    assert!(index(|i| i.parts[0].operator_class = Some("x".into())).ends_with("operator class"));
    assert!(index(|i| i.parts.clear()).ends_with("has no part"));
    assert!(index(|i| i.filter = Some("b > 0".into())).contains("unknown column `b`"));
    assert!(index(|i| i.parts[0].key = IndexKey::Expr("lower(b)".into())).contains("column `b`"));
    assert!(index(|i| i.parts[0].key = IndexKey::Expr("rowid".into())).contains("column `rowid`"));
}

#[test]
fn checks() {
    let check = |expr: &str| {
        let mut table = with(column("a", Type::Text));
        table.checks = vec![check(expr)];
        error(table)
    };
    assert_eq!(
        check("a > b"),
        "unknown-column 3: a check of `t` holds `a > b`, which names the unknown column `b`"
    );
    assert!(check("a = \"text\"").contains("unknown column `text`"));
    assert!(check("a IN (SELECT 1)").starts_with("bad-expression"));
    assert_eq!(
        check("a >"),
        "bad-expression 1: a check of `t` holds `a >`, which is no expression: a value is missing behind this"
    );
}

#[test]
fn generated_columns() {
    let generated = |name: &str, expr: &str| {
        let mut column = column(name, Type::Text);
        column.generated = Some(Generated { expr: expr.into(), stored: false });
        column
    };
    let mut both = generated("a", "id");
    both.default = Some(ColumnDefault::Literal(Literal::Int(1)));
    assert_eq!(
        error(with(both)),
        "generated-default 3: the column `t.a` is generated and has a default"
    );
    let mut key = with(generated("a", "id"));
    key.primary_key = Some(super::key(&["a"]));
    assert!(error(key).starts_with("generated-key 3:"));
    assert!(error(with(generated("a", "A || 'x'"))).starts_with("generated-loop 3:"));
    let loops = errors(schema([table("t", [generated("a", "b"), generated("b", "a")])]));
    assert_eq!(loops.len(), 2);
    let mut only = Table::new("t");
    only.columns.insert(generated("a", "1"));
    assert!(error(only).contains("has only generated columns"));
}

#[test]
fn names() {
    for (name, code) in
        [("sqlite_x", "reserved-name"), ("_PERISTYLE_x", "reserved-name"), ("", "bad-name")]
    {
        assert!(error(table(name, [])).starts_with(code));
    }
    let mut namespaced = table("t", []);
    namespaced.name = QualifiedName::qualified("app", "t");
    assert_eq!(
        error(namespaced),
        "namespace-unsupported 1: the table `app.t` is in the namespace `app`, and SQLite has no namespaces"
    );
    let cased = errors(schema([table("Users", []), table("users", [])]));
    assert_eq!(
        shown(&cased[0]),
        "duplicate-name 1: the table `users` brings the name `users`, which the table `Users` has already"
    );
    let columns = error(table("t", [column("a", Type::Text), column("A", Type::Text)]));
    assert!(columns.starts_with("duplicate-name 4: the column `t.A` brings the name `A`"));
    let mut indexed = table("t", []);
    indexed.indexes.insert(Index::on_columns("T", ["id"]));
    assert!(error(indexed).contains("which the table `t` has already"));
    let mut other = table("u", []);
    other.indexes.insert(Index::on_columns("i", ["id"]));
    let mut one = table("t", []);
    one.indexes.insert(Index::on_columns("i", ["id"]));
    assert!(shown(&errors(schema([one, other]))[0]).contains("which the index `i` has already"));
}

#[test]
fn size() {
    assert_eq!(error(Table::new("t")), "table-without-columns 0: the table `t` has no column");
    let many = table("t", (0..2000).map(|n| column(&format!("c{n}"), Type::Text)));
    assert_eq!(
        error(many),
        "too-many-columns 1: the table `t` has 2001 columns; SQLite holds at most 2000"
    );
}

#[test]
fn foreign_keys() {
    let mut parent = table("p", [column("a", Type::Text), column("b", Type::Text)]);
    parent.uniques = vec![unique(&["a"])];
    let mut partial = Index::on_columns("partial", ["b"]);
    partial.unique = true;
    partial.filter = Some("b > 0".into());
    parent.indexes.insert(partial);
    let child = |key: ForeignKey| {
        let mut child = table("c", [column("x", Type::Text), column("y", Type::Text)]);
        child.foreign_keys = vec![key];
        let errors = errors(schema([parent.clone(), child]));
        assert_eq!(errors.len(), 1, "{errors:#?}");
        shown(&errors[0])
    };
    assert_eq!(
        child(foreign_key(&["x"], "p", &["b"])),
        "foreign-key-target 3: the foreign key to `p` of `c` leads to `p` (b), which is neither its primary key nor unique"
    );
    assert!(child(foreign_key(&["x"], "p", &["zz"])).contains("`p.zz`, which is not declared"));
    assert!(child(foreign_key(&["x", "y"], "p", &[])).contains("has 2 columns"));
    assert!(child(foreign_key(&["x", "y"], "p", &["a"])).contains("from 2 columns to 1"));
    assert!(child(foreign_key(&["q"], "p", &["a"])).contains("unknown column `q`"));
    let full = ForeignKey { matching: Match::Full, ..foreign_key(&["x"], "p", &["a"]) };
    assert!(child(full).starts_with("match-full 3:"));
    let set_null = ForeignKey { on_delete: Action::SetNull, ..foreign_key(&["x"], "p", &["a"]) };
    assert_eq!(
        child(set_null),
        "set-null 3: the foreign key to `p` of `c` sets `x` to null, which is NOT NULL"
    );
    let set_default =
        ForeignKey { on_update: Action::SetDefault, ..foreign_key(&["x"], "p", &["a"]) };
    assert!(child(set_default).contains("sets `x` to its default, and it has none"));
}

#[test]
fn objects() {
    let error = |definition: Definition| {
        let mut schema = schema([table("t", [])]);
        schema.insert_object(definition);
        let errors = errors(schema);
        assert_eq!(errors.len(), 1, "{errors:#?}");
        shown(&errors[0])
    };
    assert_eq!(
        error(object(ObjectKind::View, "v", "CREATE VIEW v (a")),
        "bad-definition 40: the view `v` cannot be read: `)` is expected here, not the end (line 1, column 17 of its SQL)"
    );
    assert!(error(object(ObjectKind::View, "v", "SELECT 1")).contains("`CREATE` is expected here"));
    assert!(
        error(object(ObjectKind::View, "v", "CREATE VIEW w AS SELECT 1")).contains("makes `w`")
    );
    assert!(
        error(object(ObjectKind::View, "v", "CREATE VIEW v AS SELECT 1; DROP TABLE t"))
            .contains("the end is expected here, not `;`")
    );
    assert!(
        error(object(ObjectKind::Trigger, "g", "CREATE TRIGGER g AFTER INSERT ON t SELECT 1; END"))
            .contains("`BEGIN` is expected here")
    );
    assert!(
        error(object(
            ObjectKind::Trigger,
            "g",
            "CREATE TRIGGER g AFTER INSERT ON u BEGIN SELECT 1; END"
        ))
        .starts_with("unknown-table 40: the trigger `g` stands on `u`")
    );
    for kind in [ObjectKind::Function, ObjectKind::MaterializedView, ObjectKind::Policy] {
        assert!(error(object(kind, "f", "CREATE")).starts_with("unsupported-object 40:"));
    }
}

#[test]
fn all_errors_come_at_once() {
    let mut schema = schema([
        table("a", [column("x", Type::Interval), column("y", Type::Array(Box::new(Type::Text)))]),
        table("sqlite_b", []),
    ]);
    schema.insert_object(object(ObjectKind::Policy, "p", ""));
    assert_eq!(errors(schema).len(), 4);
}

#[test]
fn what_only_other_databases_tables_have() {
    use peristyle_schema::{Exclusion, Partition, RowSecurity};
    for (change, expected) in [
        (
            (|t: &mut Table| t.options.partition_by = Some("RANGE (a)".into())) as fn(&mut Table),
            "is partitioned, and SQLite has no partitions",
        ),
        (
            |t| {
                t.options.partition_of =
                    Some(Partition { table: "u".into(), bound: "DEFAULT".into() });
            },
            "is a partition, and SQLite has no partitions",
        ),
        (
            |t| t.options.inherits = vec!["u".into()],
            "inherits from a table, which SQLite's tables cannot",
        ),
        (
            |t| t.options.row_security = RowSecurity::Enabled,
            "has row security, which SQLite has not",
        ),
        (
            |t| {
                t.exclusions = vec![Exclusion {
                    name: None,
                    rule: "USING gist (a WITH =)".into(),
                    deferrable: Deferrable::Not,
                }];
            },
            "has an exclusion constraint, which SQLite has not",
        ),
    ] {
        let mut table = with(column("a", Type::Text));
        change(&mut table);
        assert_eq!(error(table), format!("unsupported-table 1: the table `t` {expected}"));
    }
    let mut key = foreign_key(&["a"], "t", &["id"]);
    key.set_columns = vec!["a".into()];
    key.on_delete = Action::SetNull;
    let mut a = column("a", Type::BigInt);
    a.nullable = true;
    let mut table = with(a);
    table.foreign_keys = vec![key];
    assert!(error(table).starts_with("set-columns 3: "));
}

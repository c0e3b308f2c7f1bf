//! The forms that declared things get.

use super::*;

fn normalized(schema: Schema) -> Schema {
    let once = normalize(schema).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(normalize(once.clone()).as_ref(), Ok(&once), "normalizing again changes nothing");
    once
}

fn one(table: Table) -> Table {
    let name = table.name.clone();
    normalized(schema([table])).tables.remove(&name).unwrap()
}

fn with(column: Column) -> Column {
    one(table("t", [column])).columns.get("a").unwrap().clone()
}

fn default(data_type: Type, default: ColumnDefault) -> Option<String> {
    let mut column = column("a", data_type);
    column.default = Some(default);
    match with(column).default? {
        ColumnDefault::Expr(expr) => Some(expr.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn types_are_reduced_to_those_that_sqlite_tells_apart() {
    let numeric = Type::Numeric(Some(Precision { precision: 10, scale: 2 }));
    for (declared, plain, strict) in [
        (Type::SmallInt, Type::BigInt, Type::BigInt),
        (Type::Integer, Type::BigInt, Type::BigInt),
        (Type::Real, Type::Double, Type::Double),
        (Type::Uuid, Type::Text, Type::Text),
        (Type::Boolean, Type::Boolean, Type::BigInt),
        (numeric.clone(), numeric, Type::Double),
        (Type::Varchar(Some(4)), Type::Varchar(Some(4)), Type::Text),
        (Type::TimestampTz, Type::TimestampTz, Type::Text),
        (Type::Json, Type::Json, Type::Json),
        (Type::Native("varchar( 40 )".into()), Type::Varchar(Some(40)), Type::Text),
        (Type::Native("any".into()), Type::Native("any".into()), Type::Native("any".into())),
    ] {
        assert_eq!(with(column("a", declared.clone())).data_type, plain);
        let mut table = table("t", [column("a", declared)]);
        table.options.strict = true;
        assert_eq!(one(table).columns.get("a").unwrap().data_type, strict);
    }
}

#[test]
fn an_enumerated_type_goes_into_its_columns() {
    let mut schema = schema([table("t", [column("a", Type::Enum("mood".into()))])]);
    let mut renamed = peristyle_schema::EnumValue::from("glad");
    renamed.was = Hint::some("happy".into());
    let values = vec![renamed, "sad".into()];
    schema.insert_enum(EnumType {
        name: "mood".into(),
        was: Hint::NONE,
        doc: Some("a mood".into()),
        values,
    });
    let schema = normalized(schema);
    assert!(schema.enums.is_empty());
    let column = schema.tables[&"t".into()].columns.get("a").unwrap();
    let Type::Values(values) = &column.data_type else { panic!("{column:?}") };
    assert_eq!(values[0].was.get().map(|name| name.as_str()), Some("happy"));
}

#[test]
fn defaults_become_expressions() {
    use ColumnDefault::{Literal as Constant, Now, Uuid4};
    for (data_type, value, expected) in [
        (Type::Boolean, Constant(Literal::Bool(true)), Some("1")),
        (Type::Boolean, Constant(Literal::Bool(false)), Some("0")),
        (Type::Text, Constant(Literal::Null), None),
        (Type::Text, Constant(Literal::Text("it's".into())), Some("'it''s'")),
        (Type::BigInt, Constant(Literal::Int(i64::MIN)), Some("-9223372036854775808")),
        (Type::Numeric(None), Constant(Literal::Number("-1.50".into())), Some("-1.50")),
        (Type::Bytes, Constant(Literal::Bytes(vec![0, 255])), Some("X'00FF'")),
        (Type::TimestampTz, Now, Some("strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')")),
        (Type::Timestamp, Now, Some("strftime('%Y-%m-%dT%H:%M:%f000', 'now')")),
        (Type::Date, Now, Some("date('now')")),
        (Type::Time, Now, Some("strftime('%H:%M:%f000', 'now')")),
        (Type::Text, ColumnDefault::Expr("( 'a'||'b' )".into()), Some("'a' || 'b'")),
        (Type::Text, ColumnDefault::Expr("null".into()), None),
    ] {
        assert_eq!(default(data_type, value).as_deref(), expected);
    }
    assert!(default(Type::Uuid, Uuid4).is_some());
}

#[test]
fn the_engine_makes_what_the_defaults_promise() {
    let engine = rusqlite::Connection::open_in_memory().unwrap();
    let value = |data_type: Type, kind: ColumnDefault| -> String {
        let expr = default(data_type, kind).unwrap();
        engine.query_row(&["SELECT ", &expr].concat(), [], |row| row.get(0)).unwrap()
    };
    let fits = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(c, p)| match p {
                b'0' => c.is_ascii_digit(),
                b'h' => c.is_ascii_digit() || (b'a'..=b'f').contains(&c),
                b'v' => matches!(c, b'8' | b'9' | b'a' | b'b'),
                other => c == other,
            })
    };
    for (data_type, pattern) in [
        (Type::Date, "0000-00-00"),
        (Type::Time, "00:00:00.000000"),
        (Type::Timestamp, "0000-00-00T00:00:00.000000"),
        (Type::TimestampTz, "0000-00-00T00:00:00.000000Z"),
    ] {
        let text = value(data_type, ColumnDefault::Now);
        assert!(fits(&text, pattern), "{text}");
    }
    for _ in 0..200 {
        let text = value(Type::Uuid, ColumnDefault::Uuid4);
        assert!(fits(&text, "hhhhhhhh-hhhh-4hhh-vhhh-hhhhhhhhhhhh"), "{text}");
    }
}

#[test]
fn the_row_number_is_never_null_and_needs_no_identity() {
    let mut numbered = table("t", []);
    let id = numbered.columns.get_mut("id").unwrap();
    id.data_type = Type::Integer;
    id.nullable = true;
    id.identity = Some(Identity::ByDefault);
    let id = one(numbered).columns.get("id").unwrap().clone();
    assert!(!id.nullable && id.identity.is_none());
}

#[test]
fn unique_constraints_become_indexes() {
    let mut t = table("t", [column("a", Type::Text), column("b", Type::Text)]);
    t.uniques = vec![unique(&["A", "b"]), Unique { name: Some("named".into()), ..unique(&["b"]) }];
    let t = one(t);
    assert!(t.uniques.is_empty());
    let names: Vec<_> = t.indexes.iter().map(|i| (i.name.as_str(), i.unique)).collect();
    assert_eq!(names, [("t_a_b_key", true), ("named", true)]);
    assert_eq!(t.indexes.get("t_a_b_key").unwrap().parts[0], IndexPart::column("a"));
}

#[test]
fn a_foreign_key_names_the_key_it_leads_to() {
    let mut child = table("c", [column("x", Type::BigInt)]);
    child.foreign_keys =
        vec![foreign_key(&["X"], "PARENTS", &[]), foreign_key(&["x"], "elsewhere", &[])];
    let schema = normalized(schema([table("Parents", []), child]));
    let keys = &schema.tables[&"c".into()].foreign_keys;
    assert_eq!(keys[0], foreign_key(&["x"], "Parents", &["id"]));
    assert_eq!(keys[1], foreign_key(&["x"], "elsewhere", &[]));
}

#[test]
fn documentation_goes_and_hints_stay() {
    let mut t = table("t", [column("a", Type::Text)]);
    t.doc = Some("doc".into());
    t.was = Hint::some("old".into());
    let a = t.columns.get_mut("a").unwrap();
    a.doc = Some("doc".into());
    a.was = Hint::some("b".into());
    a.fill = Hint::some("( 'x' )".into());
    let t = one(t);
    let a = t.columns.get("a").unwrap();
    assert!(t.doc.is_none() && a.doc.is_none());
    assert!(t.was.get().is_some() && a.was.get().is_some() && a.span.get().is_some());
    assert_eq!(a.fill.get().map(|fill| fill.as_str()), Some("'x'"));
}

#[test]
fn a_text_with_the_check_of_a_document_is_one() {
    let mut t = table("t", [column("a", Type::Text), column("b", Type::Text)]);
    t.checks = vec![check("json_valid( \"a\" )"), check("length(b)>1")];
    let t = one(t);
    assert_eq!(t.columns.get("a").unwrap().data_type, Type::Json);
    assert_eq!(t.checks, [check("length(b) > 1")]);
}

#[test]
fn an_index_has_one_form() {
    let mut t = table("t", [column("a", Type::Text)]);
    t.columns.get_mut("a").unwrap().collation = Some("nocase".into());
    let mut index = Index::on_columns("i", ["A"]);
    index.parts[0].collation = Some("NoCase".into());
    index.parts[0].nulls = Some(Nulls::First);
    let mut expr = IndexPart::column("a");
    expr.key = IndexKey::Expr("lower( a )".into());
    expr.collation = Some("rtrim".into());
    let mut bare = IndexPart::column("a");
    bare.key = IndexKey::Expr("(\"a\")".into());
    index.parts.extend([expr, bare]);
    index.filter = Some("(a is not null)".into());
    t.indexes.insert(index);
    let t = one(t);
    let index = t.indexes.get("i").unwrap();
    assert_eq!(index.parts[0], IndexPart::column("a"));
    assert_eq!(index.parts[1].key, IndexKey::Expr("(lower(a)) COLLATE RTRIM".into()));
    assert_eq!(index.parts[2], IndexPart::column("a"));
    assert_eq!(index.filter, Some("a IS NOT NULL".into()));
    assert_eq!(t.columns.get("a").unwrap().collation.as_deref(), Some("NOCASE"));
}

#[test]
fn objects_have_one_form() {
    let mut schema = schema([table("Users", [])]);
    schema.insert_object(object(ObjectKind::View, "v", "create temp view V as select  1 -- one\n"));
    schema.insert_object(object(
        ObjectKind::Trigger,
        "g",
        "CREATE TRIGGER IF NOT EXISTS g AFTER INSERT ON users BEGIN SELECT 1; END;",
    ));
    schema.insert_object(object(
        ObjectKind::Trigger,
        "h",
        "CREATE TRIGGER h INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
    ));
    let schema = normalized(schema);
    let forms: Vec<_> = schema
        .objects
        .values()
        .map(|d| (d.sql.as_str(), d.on.as_ref().map(ToString::to_string)))
        .collect();
    assert_eq!(
        forms,
        [
            ("CREATE VIEW V as select 1", None),
            (
                "CREATE TRIGGER g AFTER INSERT ON users BEGIN SELECT 1; END",
                Some("Users".to_owned())
            ),
            ("CREATE TRIGGER h INSTEAD OF INSERT ON v BEGIN SELECT 1; END", Some("V".to_owned())),
        ]
    );
}

#[test]
fn what_is_another_dialect_s_is_left_out() {
    use peristyle_schema::{Check, Exclusion, Only, TablePart};
    let mut declared = table("t", [column("a", Type::Text)]);
    declared.options.unlogged = true;
    declared.options.storage.insert("fillfactor".into(), "70".into());
    let mut index = Index::on_columns("i", ["a"]);
    index.storage.insert("fillfactor".into(), "70".into());
    declared.indexes.insert(index.clone());
    declared.checks = vec![Check { not_valid: true, no_inherit: true, ..Check::new("a > ''") }];
    let only = |dialect: &str, part| Only { dialect: dialect.into(), part };
    declared.only = vec![
        only("postgres", TablePart::Check(Check::new("a ~ 'x'"))),
        only(
            "postgres",
            TablePart::Exclusion(Exclusion {
                name: None,
                rule: "USING gist (a WITH =)".into(),
                deferrable: Deferrable::Not,
            }),
        ),
        only("sqlite", TablePart::Check(Check::new("a GLOB 'x'"))),
        only("sqlite", TablePart::Index(Index::on_columns("j", ["a"]))),
    ];
    let t = one(declared);
    assert_eq!(t.options, peristyle_schema::TableOptions::default());
    assert!(t.indexes.get("i").unwrap().storage.is_empty() && t.indexes.contains("j"));
    let checks: Vec<_> = t.checks.iter().map(|c| (c.expr.as_str(), c.not_valid)).collect();
    assert_eq!(checks, [("a > ''", false), ("a GLOB 'x'", false)]);
    assert!(t.only.is_empty() && t.exclusions.is_empty());
}

//! What is printed reads back as the same schema.

use std::fs;

use peristyle_declare::{print, read_path, resolve};
use peristyle_schema::{
    Action, Check, Column, ColumnDefault, Deferrable, Definition, EnumType, EnumValue, Expr,
    ForeignKey, Generated, Hint, Identity, Index, IndexKey, IndexPart, Literal, Nulls, ObjectId,
    ObjectKind, Order, Pair, Precision, PrimaryKey, Reference, Schema, Table, Type, Unique, diff,
};

#[track_caller]
fn assert_reads_back(schema: &Schema) -> String {
    let text = print(schema);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.rs");
    fs::write(&file, &text).unwrap();
    let declarations = read_path(&file).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
    let back = resolve(&declarations).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
    assert_eq!(diff(Pair::new(schema, &back)), [], "\n{text}");
    assert_eq!(diff(Pair::new(&back, schema)), [], "\n{text}");
    text
}

fn key(columns: &[&str]) -> Option<PrimaryKey> {
    Some(PrimaryKey {
        name: None,
        columns: columns.iter().map(|c| (*c).into()).collect(),
        autoincrement: false,
    })
}

fn reference(columns: &[&str], table: &str, referenced: &[&str]) -> ForeignKey {
    ForeignKey {
        name: None,
        columns: columns.iter().map(|c| (*c).into()).collect(),
        references: Reference {
            table: table.into(),
            columns: referenced.iter().map(|c| (*c).into()).collect(),
        },
        on_delete: Action::Cascade,
        on_update: Action::NoAction,
        deferrable: Default::default(),
        matching: Default::default(),
        set_columns: Vec::new(),
        not_valid: false,
    }
}

#[test]
fn plain_tables_print_as_a_person_would_write_them() {
    let mut schema = Schema::empty();
    let mut users = Table::new("users");
    users.doc = Some("Somebody with an account.".into());
    users.columns.insert(Column::new("id", Type::BigInt));
    let mut email = Column::new("email", Type::Text);
    email.collation = Some("NOCASE".into());
    users.columns.insert(email);
    users.primary_key = key(&["id"]);
    users.uniques.push(Unique {
        name: None,
        columns: vec!["email".into()],
        nulls_not_distinct: false,
        deferrable: Default::default(),
    });
    let mut posts = Table::new("posts");
    posts.columns.insert(Column::new("id", Type::BigInt));
    let mut author = Column::new("author_id", Type::BigInt);
    author.nullable = true;
    posts.columns.insert(author);
    posts.primary_key = key(&["id"]);
    posts.foreign_keys.push(reference(&["author_id"], "users", &["id"]));
    schema.insert_table(users);
    schema.insert_table(posts);
    let text = assert_reads_back(&schema);
    assert_eq!(
        text,
        r#"//! The declarations of the database schema.

use peristyle::{Id, Table};

#[derive(Table, Debug, Clone, PartialEq)]
pub struct Post {
    #[key(type = bigint)]
    pub id: Id<Post>,
    #[references(on_delete = cascade)]
    pub author_id: Option<Id<User>>,
}

/// Somebody with an account.
#[derive(Table, Debug, Clone, PartialEq)]
pub struct User {
    #[key(type = bigint)]
    pub id: Id<User>,
    #[unique]
    #[column(collate = "NOCASE")]
    pub email: String,
}
"#
    );
}

#[test]
fn every_type_and_attribute() {
    let mut schema = Schema::empty();
    schema.insert_enum(EnumType {
        name: "mood_kind".into(),
        was: Hint::NONE,
        doc: None,
        values: vec![EnumValue::from("very happy"), EnumValue::from("sad"), EnumValue::from("2nd")],
    });
    let mut table = Table::new("everything");
    for (name, data_type) in [
        ("a_bool", Type::Boolean),
        ("a_small", Type::SmallInt),
        ("an_int", Type::Integer),
        ("a_big", Type::BigInt),
        ("a_real", Type::Real),
        ("a_double", Type::Double),
        ("a_numeric", Type::Numeric(None)),
        ("a_price", Type::Numeric(Some(Precision { precision: 10, scale: 2 }))),
        ("a_count", Type::Numeric(Some(Precision { precision: 10, scale: 0 }))),
        ("a_text", Type::Text),
        ("a_varchar", Type::Varchar(Some(40))),
        ("a_char", Type::Char(None)),
        ("a_blob", Type::Bytes),
        ("a_uuid", Type::Uuid),
        ("a_date", Type::Date),
        ("a_time", Type::Time),
        ("a_timestamp", Type::Timestamp),
        ("an_instant", Type::TimestampTz),
        ("a_json", Type::Json),
        ("a_mood", Type::Enum("mood_kind".into())),
        ("a_native", Type::Native("VARCHAR(255) UNSIGNED".into())),
        ("a_nothing", Type::Native(String::new())),
        ("a_trap", Type::Native("smallint".into())),
    ] {
        table.columns.insert(Column::new(name, data_type));
    }
    for (name, data_type, default) in [
        ("d_int", Type::SmallInt, ColumnDefault::Literal(Literal::Int(-3))),
        ("d_number", Type::Double, ColumnDefault::Literal(Literal::Number("-1.50e3".into()))),
        ("d_wide", Type::Numeric(None), ColumnDefault::Literal(Literal::Number("1".repeat(30)))),
        ("d_bool", Type::Boolean, ColumnDefault::Literal(Literal::Bool(true))),
        ("d_text", Type::Text, ColumnDefault::Literal(Literal::Text("it's \"so\"\\\n".into()))),
        ("d_bytes", Type::Bytes, ColumnDefault::Literal(Literal::Bytes(vec![0, 255, 34]))),
        ("d_json", Type::Json, ColumnDefault::Literal(Literal::Text("{\"a\": []}".into()))),
        ("d_now", Type::Date, ColumnDefault::Now),
        ("d_uuid", Type::Uuid, ColumnDefault::Uuid4),
        ("d_uuid7", Type::Text, ColumnDefault::Uuid7),
        (
            "d_mood",
            Type::Enum("mood_kind".into()),
            ColumnDefault::Literal(Literal::Text("2nd".into())),
        ),
        ("d_expr", Type::Text, ColumnDefault::Expr(Expr::new("(1 + length('a\"b'))"))),
        ("d_odd", Type::BigInt, ColumnDefault::Expr(Expr::new("'not a number'"))),
    ] {
        let mut column = Column::new(name, data_type);
        column.default = Some(default);
        table.columns.insert(column);
    }
    let mut nothing = Column::new("d_null", Type::BigInt);
    nothing.nullable = true;
    nothing.default = Some(ColumnDefault::Literal(Literal::Null));
    table.columns.insert(nothing);
    let mut numbered = Column::new("numbered", Type::Integer);
    numbered.identity = Some(Identity::Always);
    table.columns.insert(numbered);
    let mut generated = Column::new("g", Type::BigInt);
    generated.generated = Some(Generated { expr: Expr::new("a_big * 2"), stored: true });
    table.columns.insert(generated);
    table.checks.push(Check { name: Some("positive".into()), ..Check::new("an_int > 0") });
    table.checks.push(Check::new("a_text <> 'x'"));
    table.primary_key = key(&["a_text", "an_int"]);
    let mut index = Index::on_columns("odd name", ["a_text"]);
    index.unique = true;
    index.filter = Some(Expr::new("a_bool"));
    index.parts.push(IndexPart {
        key: IndexKey::Expr(Expr::new("lower(a_text)")),
        order: Order::Descending,
        nulls: None,
        collation: Some("NOCASE".into()),
        operator_class: None,
    });
    table.indexes.insert(index);
    let mut index = Index::on_columns("covering", ["unique", "a_text"]);
    index.method = Some("gin".into());
    index.include = vec!["a_bool".into()];
    index.unique = true;
    index.nulls_not_distinct = true;
    index.parts[1].nulls = Some(Nulls::Last);
    index.parts[1].operator_class = Some("text_pattern_ops".into());
    table.indexes.insert(index);
    table.columns.insert(Column::new("unique", Type::Text));
    table.uniques.push(Unique {
        name: None,
        columns: vec!["unique".into()],
        nulls_not_distinct: true,
        deferrable: Deferrable::InitiallyDeferred,
    });
    table.checks.push(Check::new("a_bool or an_int > 0"));
    if let Some(key) = &mut table.primary_key {
        key.name = Some("the key".into());
    }
    table.options.strict = true;
    table.options.without_rowid = true;
    schema.insert_table(table);
    assert_reads_back(&schema);
}

#[test]
fn names_that_rust_cannot_hold() {
    let mut schema = Schema::empty();
    for name in
        ["type", "select", "a b", "1st", "Über", "self", "Option", "news", "x\"y", "émigrés", "😀"]
    {
        let mut table = Table::new(name);
        for column in
            ["id", "type", "self", "a b", "a_b", "A", "a", "9", "ß", "x\"y", "😀", "createdAt"]
        {
            table.columns.insert(Column::new(column, Type::Text));
        }
        table.primary_key = key(&["type"]);
        table.indexes.insert(Index::on_columns(format!("{name}_ix"), ["a b", "9", "😀"]));
        table.foreign_keys.push(reference(&["a"], "1st", &["type"]));
        table.foreign_keys.push(reference(&["self"], name, &["type"]));
        table.foreign_keys.push(reference(&["self"], "Über", &["type"]));
        table.foreign_keys.push(reference(&["a b", "9"], "a b", &["x\"y", "😀"]));
        schema.insert_table(table);
    }
    assert_reads_back(&schema);
}

#[test]
fn objects_known_by_their_text() {
    let mut schema = Schema::empty();
    let mut notes = Table::new("notes");
    notes.columns.insert(Column::new("id", Type::BigInt));
    notes.primary_key = key(&["id"]);
    schema.insert_table(notes);
    for (kind, name, on, sql) in [
        (ObjectKind::View, "recent", None, "CREATE VIEW recent AS SELECT id FROM notes"),
        (ObjectKind::View, "odd", None, "CREATE VIEW odd(a) AS SELECT id FROM notes"),
        (
            ObjectKind::Trigger,
            "touch",
            Some("notes"),
            "CREATE TRIGGER touch AFTER UPDATE OF id ON notes BEGIN SELECT 1; END",
        ),
        (
            ObjectKind::Trigger,
            "through",
            Some("recent"),
            "CREATE TRIGGER through INSTEAD OF INSERT ON recent BEGIN SELECT 1; END",
        ),
        (ObjectKind::VirtualTable, "docs", None, "CREATE VIRTUAL TABLE docs USING fts5(body)"),
    ] {
        schema.insert_object(Definition {
            on: on.map(Into::into),
            ..Definition::new(ObjectId::new(kind, name), sql)
        });
    }
    // A view's name is quoted when its text is put together; a dialect brings both to one form.
    let text = print(&schema).replace("CREATE VIEW \"recent\"", "CREATE VIEW recent");
    assert!(text.contains("sql = \"SELECT id FROM notes\""), "{text}");
    assert!(
        text.contains("peristyle::object!(\"CREATE VIRTUAL TABLE docs USING fts5(body)\");"),
        "{text}"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.rs");
    fs::write(&file, &text).unwrap();
    let mut back = resolve(&read_path(&file).unwrap()).unwrap();
    for object in back.objects.values_mut() {
        object.sql = object.sql.replace("CREATE VIEW \"recent\"", "CREATE VIEW recent");
    }
    assert_eq!(diff(Pair::new(&schema, &back)), [], "\n{text}");
}

#[test]
fn foreign_keys_that_no_struct_could_state_name_their_target() {
    let mut schema = Schema::empty();
    let mut notes = Table::new("notes");
    for name in ["owner", "lender", "reader"] {
        notes.columns.insert(Column::new(name, Type::Text));
    }
    // Not there, not unique, of another type, and set null on a column that cannot be null.
    notes.foreign_keys.push(reference(&["owner"], "elsewhere", &["co\"de"]));
    notes.foreign_keys.push(reference(&["lender"], "people", &["nickname"]));
    notes.foreign_keys.push(reference(&["reader"], "people", &["id"]));
    let mut unset = reference(&["reader"], "people", &["code"]);
    unset.on_delete = Action::SetNull;
    notes.foreign_keys.push(unset);
    schema.insert_table(notes);
    let mut people = Table::new("people");
    people.columns.insert(Column::new("id", Type::BigInt));
    people.columns.insert(Column::new("code", Type::Text));
    people.columns.insert(Column::new("nickname", Type::Text));
    people.primary_key = key(&["id"]);
    people.indexes.insert({
        let mut index = Index::on_columns("people_code_key", ["code"]);
        index.unique = true;
        index
    });
    schema.insert_table(people);
    let text = print(&schema);
    for line in [
        r##"#[foreign_key(columns(owner), references = table("elsewhere", r#"co"de"#), on_delete = cascade)]"##,
        r##"#[foreign_key(columns(reader), references = table("people", "code"), on_delete = set_null)]"##,
    ] {
        assert!(text.lines().any(|l| l == line), "no {line:?} in\n{text}");
    }
    let uniques = std::mem::take(&mut schema.tables.get_mut(&"people".into()).unwrap().indexes);
    assert_eq!(uniques.len(), 1);
    schema.tables.get_mut(&"people".into()).unwrap().uniques.push(Unique {
        name: None,
        columns: vec!["code".into()],
        nulls_not_distinct: false,
        deferrable: Default::default(),
    });
    assert_reads_back(&schema);
}

#[test]
fn names_beside_a_struct_are_kept_free() {
    let mut schema = Schema::empty();
    for name in ["users", "new_users", "user_patches", "News", "new_s", "options"] {
        let mut table = Table::new(name);
        table.columns.insert(Column::new("id", Type::BigInt));
        schema.insert_table(table);
    }
    let text = assert_reads_back(&schema);
    let structs: Vec<&str> =
        text.lines().filter_map(|l| l.strip_prefix("pub struct ")?.strip_suffix(" {")).collect();
    for name in &structs {
        assert!(!structs.contains(&format!("New{name}").as_str()), "{structs:?}");
        assert!(!structs.contains(&format!("{name}Patch").as_str()), "{structs:?}");
    }
}

#[test]
fn a_value_list_of_a_column_is_an_enum() {
    let mut schema = Schema::empty();
    let mut orders = Table::new("orders");
    orders.columns.insert(Column::new(
        "state",
        Type::Values(vec![EnumValue::from("open"), EnumValue::from("Shut down")]),
    ));
    schema.insert_table(orders);
    let text = print(&schema);
    for line in [
        "pub enum OrderState {",
        "    Open,",
        "    #[value(name = \"Shut down\")]",
        "    pub state: OrderState,",
    ] {
        assert!(text.lines().any(|l| l == line), "no {line:?} in\n{text}");
    }
}

#[test]
fn keys_keep_their_constraint_name_and_may_be_null_in_the_database() {
    let mut schema = Schema::empty();
    let mut codes = Table::new("codes");
    let mut code = Column::new("code", Type::Text);
    code.nullable = true;
    codes.columns.insert(code);
    codes.primary_key = key(&["code"]);
    codes.primary_key.as_mut().unwrap().name = Some("pk_codes".into());
    schema.insert_table(codes);
    let mut pairs = Table::new("pairs");
    pairs.columns.insert(Column::new("a", Type::BigInt));
    let mut b = Column::new("b", Type::BigInt);
    b.nullable = true;
    pairs.columns.insert(b);
    pairs.primary_key = key(&["a", "b"]);
    pairs.primary_key.as_mut().unwrap().name = Some("pk_pairs".into());
    schema.insert_table(pairs);
    let text = assert_reads_back(&schema);
    assert!(text.contains("#[key(a, b, name = \"pk_pairs\")]"), "{text}");
    assert!(text.contains("#[column(nullable)]"), "{text}");
}

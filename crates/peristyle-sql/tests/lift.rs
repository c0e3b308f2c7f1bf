//! A catalog's schema in the words of declarations means the same.

use peristyle_schema::{
    Check, Column, ColumnDefault, EnumType, Expr, Hint, Identity, Literal, PrimaryKey, Schema,
    Table, TableOptions, Type,
};
use peristyle_sql::{DialectName, dialect, lift};

fn schema(options: TableOptions) -> Schema {
    let mut table = Table::new("notes");
    let mut id = Column::new("id", Type::BigInt);
    id.identity = Some(Identity::ByDefault);
    table.columns.insert(id);
    for (name, data_type, default) in [
        ("at", Type::TimestampTz, ColumnDefault::Now),
        ("day", Type::Date, ColumnDefault::Now),
        ("tag", Type::Uuid, ColumnDefault::Uuid4),
        ("odd", Type::Text, ColumnDefault::Expr(Expr::new("upper('x')"))),
    ] {
        let mut column = Column::new(name, data_type);
        column.default = Some(default);
        table.columns.insert(column);
    }
    table.primary_key =
        Some(PrimaryKey { name: None, columns: vec!["id".into()], autoincrement: false });
    table.options = options;
    let mut schema = Schema::empty();
    schema.insert_table(table);
    schema
}

#[test]
fn words_come_back_and_mean_the_same() {
    let sqlite = dialect(DialectName::Sqlite);
    let normalized = sqlite.normalize(schema(TableOptions::default())).unwrap();
    let lifted = lift(sqlite, &normalized);
    let notes = &lifted.tables[&"notes".into()];
    let default = |name: &str| notes.columns.get(name).and_then(|c| c.default.clone());
    assert_eq!(notes.columns.get("id").unwrap().identity, Some(Identity::ByDefault));
    assert_eq!(default("at"), Some(ColumnDefault::Now));
    assert_eq!(default("day"), Some(ColumnDefault::Now));
    assert_eq!(default("tag"), Some(ColumnDefault::Uuid4));
    assert!(matches!(default("odd"), Some(ColumnDefault::Expr(_))));
    assert_eq!(sqlite.normalize(lifted).unwrap(), normalized);
}

#[test]
fn a_key_that_the_database_does_not_number_stays_as_it_is() {
    let sqlite = dialect(DialectName::Sqlite);
    let mut plain = schema(TableOptions { without_rowid: true, ..TableOptions::default() });
    let notes = plain.tables.get_mut(&"notes".into()).unwrap();
    notes.columns.get_mut("id").unwrap().identity = None;
    let normalized = sqlite.normalize(plain).unwrap();
    let lifted = lift(sqlite, &normalized);
    assert_eq!(lifted.tables[&"notes".into()].columns.get("id").unwrap().identity, None);
}

#[test]
fn constants_and_the_names_that_postgresql_gives_need_not_be_said() {
    let postgres = dialect(DialectName::Postgres);
    let mut plain = schema(TableOptions::default());
    plain.insert_enum(EnumType {
        name: "mood".into(),
        was: Hint::NONE,
        doc: None,
        values: vec!["glad".into(), "it's".into()],
    });
    let notes = plain.tables.get_mut(&"notes".into()).unwrap();
    let constants = [
        ("word", Type::Text, Literal::Text("it's".into())),
        ("mood", Type::Enum("mood".into()), Literal::Text("it's".into())),
        ("low", Type::Integer, Literal::Int(-5)),
        ("exact", Type::Numeric(None), Literal::Number("-1.50".into())),
        ("on", Type::Boolean, Literal::Bool(true)),
    ];
    for (name, data_type, value) in &constants {
        let mut column = Column::new(*name, data_type.clone());
        column.default = Some(ColumnDefault::Literal(value.clone()));
        notes.columns.insert(column);
    }
    notes.checks = vec![
        Check::new("low < 0"),
        Check { name: Some("notes_low_check1".into()), ..Check::new("low > -9") },
        Check { name: Some("by_hand".into()), ..Check::new("low <> -7") },
    ];
    let normalized = postgres.normalize(plain).unwrap();
    let lifted = lift(postgres, &normalized);
    let notes = &lifted.tables[&"notes".into()];
    for (name, _, value) in constants {
        let default = notes.columns.get(name).unwrap().default.clone();
        assert_eq!(default, Some(ColumnDefault::Literal(value)), "{name}");
    }
    assert_eq!(notes.primary_key.as_ref().unwrap().name, None);
    let names: Vec<_> = notes.checks.iter().map(|check| check.name.as_deref()).collect();
    assert_eq!(names, [None, None, Some("by_hand")]);
    assert_eq!(postgres.normalize(lifted).unwrap(), normalized);
}

/// On SQLite a unique constraint is held as an index; on PostgreSQL each of the two is itself.
#[test]
fn an_index_is_a_unique_constraint_where_the_two_are_one() {
    for (name, uniques, indexes) in [(DialectName::Sqlite, 1, 0), (DialectName::Postgres, 0, 1)] {
        let dialect = dialect(name);
        let mut schema = schema(TableOptions::default());
        let notes = schema.tables.get_mut(&"notes".into()).unwrap();
        let mut index = peristyle_schema::Index::on_columns("notes_day_key", ["day"]);
        index.unique = true;
        notes.indexes.insert(index);
        let normalized = dialect.normalize(schema).unwrap();
        let lifted = lift(dialect, &normalized);
        let notes = &lifted.tables[&"notes".into()];
        assert_eq!(
            (notes.uniques.len(), notes.indexes.iter().count()),
            (uniques, indexes),
            "{name}"
        );
        assert_eq!(dialect.normalize(lifted).unwrap(), normalized);
    }
}

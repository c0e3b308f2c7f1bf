use peristyle_schema::{
    Column, ColumnDefault, Definition, Diagnostic, EnumType, Hint, Literal, Name, ObjectId,
    ObjectKind, Position, PrimaryKey, QualifiedName, Schema, Span, Table, Type,
};

use super::normalize;

mod defaults;
mod errors;
mod forms;
mod objects;

fn span(line: u32) -> Span {
    let at = |column| Position { line, column };
    Span { file: "schema.rs".into(), start: at(5), end: at(9) }
}

/// A table with a numbered key and these columns; each column stands on its own line.
fn table(name: &str, columns: impl IntoIterator<Item = Column>) -> Table {
    let mut table = Table::new(name);
    table.span = Hint::some(span(1));
    table.columns.insert(Column::new("id", Type::BigInt));
    for (at, mut column) in columns.into_iter().enumerate() {
        column.span = Hint::some(span(u32::try_from(at).unwrap() + 3));
        table.columns.insert(column);
    }
    table.primary_key =
        Some(PrimaryKey { name: None, columns: vec!["id".into()], autoincrement: false });
    table
}

fn column(name: &str, data_type: Type) -> Column {
    Column::new(name, data_type)
}

fn nullable(mut column: Column) -> Column {
    column.nullable = true;
    column
}

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::empty();
    tables.into_iter().for_each(|table| schema.insert_table(table));
    schema
}

fn object(kind: ObjectKind, sql: &str) -> Definition {
    Definition {
        span: Hint::some(span(40)),
        ..Definition::new(ObjectId::new(kind, "declared"), sql)
    }
}

fn mood() -> EnumType {
    EnumType {
        name: "mood".into(),
        was: Hint::NONE,
        doc: None,
        values: vec!["glad".into(), "it's".into()],
    }
}

/// What is normalized; normalizing it again changes nothing.
fn normalized(schema: Schema) -> Schema {
    let once = normalize(schema).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(normalize(once.clone()).as_ref(), Ok(&once), "normalizing again changes nothing");
    once
}

fn one(table: Table) -> Table {
    let name = table.name.clone();
    let mut schema = schema([table]);
    schema.insert_enum(mood());
    normalized(schema).tables.remove(&name).unwrap()
}

fn errors(schema: Schema) -> Vec<String> {
    let errors = normalize(schema).expect_err("it is refused");
    errors.iter().map(Diagnostic::to_string).collect()
}

/// The one error of a schema.
fn error(schema: Schema) -> String {
    let mut errors = errors(schema);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

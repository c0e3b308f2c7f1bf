use peristyle_schema::{
    Action, Check, Column, ColumnDefault, Deferrable, Definition, Diagnostic, EnumType, ForeignKey,
    Generated, Hint, Identity, Index, IndexKey, IndexPart, Literal, Match, Nulls, ObjectId,
    ObjectKind, Position, Precision, PrimaryKey, QualifiedName, Reference, Schema, Span, Table,
    Type, Unique,
};

use super::normalize;

mod errors;
mod forms;

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
        column.span = Hint::some(span(at as u32 + 3));
        table.columns.insert(column);
    }
    table.primary_key = Some(key(&["id"]));
    table
}

fn column(name: &str, data_type: Type) -> Column {
    Column::new(name, data_type)
}

fn key(columns: &[&str]) -> PrimaryKey {
    let columns = columns.iter().map(|name| (*name).into()).collect();
    PrimaryKey { name: None, columns, autoincrement: false }
}

fn unique(columns: &[&str]) -> Unique {
    Unique {
        name: None,
        columns: columns.iter().map(|name| (*name).into()).collect(),
        nulls_not_distinct: false,
        deferrable: Deferrable::Not,
    }
}

fn foreign_key(columns: &[&str], table: &str, references: &[&str]) -> ForeignKey {
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

fn check(expr: &str) -> Check {
    Check::new(expr)
}

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::empty();
    tables.into_iter().for_each(|table| schema.insert_table(table));
    schema
}

fn object(kind: ObjectKind, name: &str, sql: &str) -> Definition {
    Definition { span: Hint::some(span(40)), ..Definition::new(ObjectId::new(kind, name), sql) }
}

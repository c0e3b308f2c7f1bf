//! Rows for every table of a schema, such that they also fit what the schema may become.
//!
//! A column that a key, a unique index or a foreign key stands on has in row *i* the value that every such column of
//! its type has in row *i*: so row *i* of a child points to row *i* of its parent, whatever references come, go or
//! form circles. Every other column has values of its own, so that two columns cannot be taken for each other.

mod postgres;

use peristyle_schema::{Column, IndexKey, QualifiedName, Schema, Table, Type};
use peristyle_sql::DialectName;

use crate::engine::{Engine, Stopped, quoted};
use crate::random::Dice;

/// Puts so many rows into every table of a normalized schema, behind the back of its triggers.
///
/// The declared schema says what a column's text is, where the database only holds text.
pub fn populate(
    engine: &dyn Engine,
    schema: &Schema,
    declared: &Schema,
    count: usize,
) -> Result<(), Stopped> {
    let mut scripts = Vec::new();
    for table in schema.tables.values() {
        // Where partitions together take every row, the rows come through the whole table; elsewhere through the partitions,
        // which say themselves which rows they take.
        let takes_all = |table: &Table| {
            table.options.partition_by.as_ref().is_some_and(|by| by.as_str().starts_with("HASH"))
                || partitions(schema, &table.name).any(|part| {
                    part.options
                        .partition_of
                        .as_ref()
                        .is_some_and(|of| of.bound.as_str() == "DEFAULT")
                })
        };
        let comes_through_the_whole = |table: &Table| {
            let whole = table.options.partition_of.as_ref();
            whole.and_then(|of| schema.tables.get(&of.table)).is_some_and(takes_all)
        };
        let table = &whole(schema, table);
        if (table.options.partition_by.is_some() && !takes_all(table))
            || comes_through_the_whole(table)
        {
            continue;
        }
        for row in 0..count {
            scripts.push(insert(engine, schema, declared, table, row));
        }
    }
    engine.behind_the_back(schema, &scripts)
}

/// A table with the columns that it has of those that it inherits from.
fn whole(schema: &Schema, table: &Table) -> Table {
    let mut whole = table.clone();
    for parent in table.options.inherits.iter().filter_map(|name| schema.tables.get(name)) {
        for column in self::whole(schema, parent).columns {
            if !whole.columns.contains(&column.name) {
                // What its parent numbers, it does not.
                whole.columns.insert(Column { identity: None, ..column });
            }
        }
    }
    whole
}

/// The partitions of a table.
fn partitions<'a>(
    schema: &'a Schema,
    of: &'a QualifiedName,
) -> impl Iterator<Item = &'a Table> + 'a {
    schema.tables.values().filter(move |table| {
        table.options.partition_of.as_ref().is_some_and(|partition| partition.table == *of)
    })
}

/// The statement that inserts one row.
fn insert(
    engine: &dyn Engine,
    schema: &Schema,
    declared: &Schema,
    table: &Table,
    row: usize,
) -> String {
    let dialect = engine.dialect();
    let numbered = dialect.name() == DialectName::Postgres;
    let mut names = Vec::new();
    let mut values = Vec::new();
    for column in table.columns.iter().filter(|column| column.generated.is_none()) {
        // PostgreSQL counts only the rows that it numbers itself; it begins at the number that such a row has here.
        if numbered && column.identity.is_some() {
            continue;
        }
        names.push(dialect.quote(&column.name));
        let meant = declared.tables.get(&table.name).and_then(|t| t.columns.get(&column.name));
        let meant = match meant.map(|column| &column.data_type) {
            None | Some(Type::Enum(_)) => &column.data_type,
            Some(data_type) => data_type,
        };
        let in_key = in_key(schema, table, column);
        values.push(match dialect.name() {
            DialectName::Sqlite if in_key => key_value(meant, row),
            DialectName::Sqlite => own_value(&table.name, column, meant, row),
            DialectName::Postgres => postgres::value(schema, table, column, row, in_key),
        });
    }
    let table = quoted(dialect, &table.name);
    if names.is_empty() {
        return format!("INSERT INTO {table} DEFAULT VALUES;");
    }
    format!("INSERT INTO {table} ({}) VALUES ({});", names.join(", "), values.join(", "))
}

/// Whether a key, a unique index or a foreign key stands on the column.
pub fn in_key(schema: &Schema, table: &Table, column: &Column) -> bool {
    let name = &column.name;
    table.primary_key.as_ref().is_some_and(|key| key.columns.contains(name))
        || table.foreign_keys.iter().any(|key| key.columns.contains(name))
        || table.uniques.iter().any(|unique| unique.columns.contains(name))
        || table.options.partition_by.iter().any(|by| by.mentions(name))
        || table.exclusions.iter().any(|exclusion| exclusion.rule.mentions(name))
        || table.indexes.iter().any(|index| {
            index.unique
                && index.parts.iter().any(|part| match &part.key {
                    IndexKey::Column(column) => column == name,
                    IndexKey::Expr(expr) => expr.mentions(name),
                })
        })
        || schema
            .tables
            .values()
            .flat_map(|table| &table.foreign_keys)
            .any(|key| key.references.table == table.name && key.references.columns.contains(name))
}

fn key_value(data_type: &Type, row: usize) -> String {
    match data_type {
        Type::Boolean => (row % 2).to_string(),
        Type::SmallInt | Type::Integer | Type::BigInt => (row + 1).to_string(),
        Type::Real | Type::Double | Type::Numeric(_) => format!("{row}.5"),
        Type::Bytes => format!("X'{:04X}'", row + 1),
        Type::Date => format!("'2024-01-{:02}'", row % 28 + 1),
        Type::Time => format!("'09:30:{:02}.000000'", row % 60),
        Type::Timestamp => format!("'2024-01-01T09:30:{:02}.000000'", row % 60),
        Type::TimestampTz => format!("'2024-01-01T09:30:{:02}.000000Z'", row % 60),
        Type::Json => format!("'[{row}]'"),
        Type::Values(values) => {
            let value = &values[row % values.len().max(1)];
            format!("'{}'", value.name.replace('\'', "''"))
        }
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Interval
        | Type::Enum(_)
        | Type::Array(_)
        | Type::Native(_) => format!("'k{row}'"),
    }
}

/// A value that no other column has.
fn own_value(table: &QualifiedName, column: &Column, meant: &Type, row: usize) -> String {
    let mut dice = Dice::of_text(&format!("{table}.{}/{row}", column.name));
    if column.nullable && dice.one_in(3) {
        return "NULL".to_owned();
    }
    let n = dice.below(1_000_000_000_000);
    match meant {
        Type::Boolean => (n % 2).to_string(),
        Type::SmallInt | Type::Integer | Type::BigInt => n.to_string(),
        Type::Real | Type::Double => format!("{n}.25"),
        Type::Numeric(_) => format!("{}.5", n % 100_000),
        Type::Bytes => format!("X'00{n:016X}'"),
        Type::Date => format!("'20{:02}-{:02}-{:02}'", n % 100, n % 12 + 1, n % 28 + 1),
        Type::Time => format!("'{:02}:{:02}:00.{:06}'", n % 24, n % 60, n % 1_000_000),
        Type::Timestamp => format!("'20{:02}-05-01T{:02}:30:00.000000'", n % 100, n % 24),
        Type::TimestampTz => format!("'20{:02}-05-01T{:02}:30:00.000000Z'", n % 100, n % 24),
        Type::Json => format!("'{{\"it''s\": [{n}, null]}}'"),
        Type::Values(_) => key_value(&column.data_type, n as usize),
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Interval
        | Type::Enum(_)
        | Type::Array(_)
        | Type::Native(_) => format!("'it''s \"{n}\"; -- é\n{row}'"),
    }
}

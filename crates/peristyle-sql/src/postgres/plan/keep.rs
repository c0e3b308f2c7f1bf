//! Data set aside, so that the way home can bring it back.
//!
//! A dropped table is kept whole, with how far its numbered columns have come. A dropped column is kept beside the key of its
//! rows. A column whose values change in a way that cannot be undone is kept beside the key and the new value: a row that
//! nobody has changed since gets its old value back, and one that somebody has keeps what they wrote.
//!
//! Values of a type that a migration may drop too (an enumerated type, a domain) are kept as text.

use std::collections::BTreeSet;

use peristyle_schema::{Column, Name, Pair, QualifiedName, Schema, Table, Type, naming::MAX_BYTES};

use super::super::quote::{qualified, quote};
use super::super::writer;
use crate::{Keep, Statement};

/// The column of a kept table that holds what a value was.
const WAS: &str = "_peristyle_was";
/// The column of a kept table that holds what a changed value became.
const NOW: &str = "_peristyle_now";
/// The name of a kept table inside a query that restores from it.
const ALIAS: &str = "_peristyle_kept";

/// Something that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// A dropped table.
    Table(KeptTable),
    /// A dropped or changed column.
    Column(KeptColumn),
}

/// A dropped table that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptTable {
    /// The name it had.
    pub(super) table: QualifiedName,
    /// The table that holds its rows.
    pub(super) holder: Name,
    /// The table that holds how far its numbered columns have come.
    sequence: Option<Name>,
}

/// A column that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptColumn {
    /// The names of its table, before and after the way there.
    pub(super) table: Pair<QualifiedName>,
    /// The name it had before.
    pub(super) column: Name,
    /// The table that holds its values.
    pub(super) holder: Name,
    /// The columns that tell the rows apart, by the names after the way there.
    pub(super) key: Vec<Name>,
    /// Why it was kept.
    pub(super) cause: Cause,
}

/// Why a column's values are set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The column goes.
    Dropped,
    /// Its values change.
    Changed,
}

/// What is to be set aside of a column.
pub(super) struct ColumnToKeep<'a> {
    /// The names of its table, before and after.
    pub(super) table: Pair<QualifiedName>,
    /// The name the column had before.
    pub(super) former: Name,
    /// The column as it is.
    pub(super) column: &'a Column,
    /// The key's columns.
    pub(super) key: Vec<Name>,
    /// What a changed value becomes.
    pub(super) now: Option<String>,
    /// Which rows are kept, if not all.
    pub(super) only: Option<String>,
}

/// Sets data aside, under names that nothing else has.
#[derive(Default)]
pub(super) struct Keeper {
    /// What was set aside, in order.
    pub(super) kept: Vec<Kept>,
    names: BTreeSet<String>,
}

impl Keeper {
    /// A name for a kept table, free in this plan; the label keeps the plans apart. The server would cut a longer one.
    fn name(&mut self, keep: &Keep, rest: &str) -> Name {
        let whole = format!("_peristyle_kept_{}_{rest}", keep.label);
        let stem = cut(&whole, MAX_BYTES - 8);
        let mut name = stem.to_owned();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{stem}_{number}");
            number += 1;
        }
        Name::new(name)
    }

    /// Sets a table aside. `tables.new` is what is dropped, `tables.old` the same as it is known: the columns that it has of
    /// others may be called otherwise by now.
    pub(super) fn keep_table(
        &mut self,
        keep: &Keep,
        tables: Pair<&Table>,
        has_children: bool,
    ) -> (Name, Vec<Statement>) {
        let Pair { old: former, new: table } = tables;
        let was = &former.name;
        let holder = self.name(keep, &was.name);
        // The rows of tables that inherit from it are theirs.
        let only = if has_children { "ONLY " } else { "" };
        let values: Vec<String> = stored(table)
            .zip(stored(former))
            .map(|(column, former)| kept_value(column, &former.name))
            .collect();
        let mut statements = vec![Statement::run(format!(
            "CREATE TABLE {} AS\nSELECT {}\nFROM {only}{}",
            quote(&holder),
            values.join(", "),
            qualified(&table.name)
        ))];
        let numbered: Vec<String> =
            numbered(table).map(|column| position(&table.name, column)).collect();
        let sequence =
            (!numbered.is_empty()).then(|| self.name(keep, &format!("{}__sequence", was.name)));
        if let Some(sequence) = &sequence {
            statements.push(Statement::run(format!(
                "CREATE TABLE {} AS\n{}",
                quote(sequence),
                numbered.join("\nUNION ALL\n")
            )));
        }
        let kept = KeptTable { table: was.clone(), holder: holder.clone(), sequence };
        self.kept.push(Kept::Table(kept));
        (holder, statements)
    }

    /// Sets a column aside.
    pub(super) fn keep_column(&mut self, keep: &Keep, what: ColumnToKeep<'_>) -> (Name, Statement) {
        let holder = self.name(keep, &format!("{}__{}", what.table.old.name, what.former));
        let mut values: Vec<String> = what.key.iter().map(|name| quote(name)).collect();
        values.push(format!("{} AS {WAS}", portable(what.column)));
        values.extend(what.now.as_ref().map(|now| format!("({now})::text AS {NOW}")));
        let only = what.only.map(|only| format!("\nWHERE {only}")).unwrap_or_default();
        let statement = Statement::run(format!(
            "CREATE TABLE {} AS\nSELECT {}\nFROM {}{only}",
            quote(&holder),
            values.join(", "),
            qualified(&what.table.new)
        ));
        self.kept.push(Kept::Column(KeptColumn {
            table: what.table,
            column: what.former,
            holder: holder.clone(),
            key: what.key,
            cause: if what.now.is_some() { Cause::Changed } else { Cause::Dropped },
        }));
        (holder, statement)
    }
}

impl KeptTable {
    /// The statements that fill the table, made anew, with what it held.
    pub(super) fn restore(&self, table: &Table) -> Vec<Statement> {
        let columns: Vec<String> = stored(table).map(|column| quote(&column.name)).collect();
        let values: Vec<String> =
            stored(table).map(|column| restored(column, &quote(&column.name))).collect();
        let overriding =
            if numbered(table).next().is_some() { "\nOVERRIDING SYSTEM VALUE" } else { "" };
        let mut statements = vec![Statement::run(format!(
            "INSERT INTO {} ({}){overriding}\nSELECT {}\nFROM {}",
            qualified(&table.name),
            columns.join(", "),
            values.join(", "),
            quote(&self.holder)
        ))];
        if let Some(sequence) = &self.sequence {
            statements.extend(numbered(table).map(|column| {
                Statement::run(format!(
                    "SELECT setval({}, last_value)\nFROM {}\nWHERE name = {} AND last_value IS NOT NULL",
                    sequence_of(&table.name, &column.name),
                    quote(sequence),
                    writer::text(&column.name)
                ))
            }));
        }
        for holder in std::iter::once(&self.holder).chain(&self.sequence) {
            statements.push(Statement::run(format!("DROP TABLE {}", quote(holder))));
        }
        statements
    }
}

impl KeptColumn {
    /// Forgets what was kept of rows whose value somebody has changed since. It reads the values as they are before they are
    /// converted back.
    pub(super) fn forget_changed(
        &self,
        table: &QualifiedName,
        key: &[Name],
        current: &Name,
    ) -> Option<Statement> {
        if self.cause == Cause::Dropped {
            return None;
        }
        let table = qualified(table);
        Some(Statement::run(format!(
            "DELETE FROM {} AS {ALIAS}\nUSING {table}\nWHERE {} AND {table}.{}::text IS DISTINCT FROM {ALIAS}.{NOW}",
            quote(&self.holder),
            self.matches(&table, key),
            quote(current)
        )))
    }

    /// Takes the values away from rows that get back what was kept of them.
    pub(super) fn empty(&self, table: &QualifiedName, key: &[Name], current: &Name) -> Statement {
        let condition = self.restores(table, key);
        Statement::run(format!(
            "UPDATE {}\nSET {} = NULL\nWHERE {condition}",
            qualified(table),
            quote(current)
        ))
    }

    /// Puts back what was kept.
    pub(super) fn restore(
        &self,
        table: &QualifiedName,
        key: &[Name],
        column: &Column,
    ) -> Statement {
        let name = qualified(table);
        Statement::run(format!(
            "UPDATE {name}\nSET {} = {}\nFROM {} AS {ALIAS}\nWHERE {}",
            quote(&column.name),
            restored(column, &format!("{ALIAS}.{WAS}")),
            quote(&self.holder),
            self.matches(&name, key)
        ))
    }

    /// Whether a row gets back what was kept of it, as a condition over the table.
    pub(super) fn restores(&self, table: &QualifiedName, key: &[Name]) -> String {
        format!(
            "EXISTS (SELECT 1 FROM {} AS {ALIAS} WHERE {})",
            quote(&self.holder),
            self.matches(&qualified(table), key)
        )
    }

    /// Drops what was kept, once it is restored.
    pub(super) fn drop(&self) -> Statement {
        Statement::run(format!("DROP TABLE {}", quote(&self.holder)))
    }

    /// The type of a key may have changed since, so keys are compared as text.
    fn matches(&self, table: &str, key: &[Name]) -> String {
        let terms: Vec<String> = self
            .key
            .iter()
            .zip(key)
            .map(|(kept, held)| {
                format!("{ALIAS}.{}::text = {table}.{}::text", quote(kept), quote(held))
            })
            .collect();
        terms.join(" AND ")
    }
}

/// A table with the columns that it has of others: of the table that it is a part of, or of those that it inherits from.
pub(super) fn whole(schema: &Schema, table: &Table) -> Table {
    let mut whole = table.clone();
    let partitioned = table.options.partition_of.iter().map(|partition| &partition.table);
    for parent in partitioned.chain(&table.options.inherits) {
        let Some(parent) = schema.tables.get(parent).filter(|parent| parent.name != table.name)
        else {
            continue;
        };
        for column in self::whole(schema, parent).columns {
            if !whole.columns.contains(&column.name) {
                // A partition's rows are numbered by its table.
                whole.columns.insert(Column { identity: None, ..column });
            }
        }
    }
    whole
}

/// The sequence that numbers a column.
pub(super) fn sequence_of(table: &QualifiedName, column: &Name) -> String {
    format!("pg_get_serial_sequence({}, {})", writer::text(&qualified(table)), writer::text(column))
}

/// A query for the last number given in a column.
fn position(table: &QualifiedName, column: &Column) -> String {
    format!(
        "SELECT {} AS name, pg_sequence_last_value({}::regclass) AS last_value",
        writer::text(&column.name),
        sequence_of(table, &column.name)
    )
}

/// The columns that the database numbers.
pub(super) fn numbered(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.identity.is_some())
}

/// The columns that hold values of their own: all but the generated ones.
pub(super) fn stored(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.generated.is_none())
}

/// Whether a type is one of the server's own that no migration can drop, and that can be compared.
fn is_own(data_type: &Type) -> bool {
    match data_type {
        Type::Enum(_) | Type::Native(_) | Type::Values(_) => false,
        Type::Array(of) => is_own(of),
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Numeric(_)
        | Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Json => true,
    }
}

/// A column's value as it is kept.
fn portable(column: &Column) -> String {
    let name = quote(&column.name);
    if is_own(&column.data_type) { name } else { format!("{name}::text") }
}

/// The same under this name.
fn kept_value(column: &Column, name: &Name) -> String {
    let name = quote(name);
    let value = portable(column);
    if value == name { name } else { format!("{value} AS {name}") }
}

/// A kept value in the column's type.
fn restored(column: &Column, value: &str) -> String {
    if is_own(&column.data_type) {
        value.to_owned()
    } else {
        format!("{value}::{}", writer::type_words(&column.data_type))
    }
}

/// A text cut to so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

//! Data set aside, so that the way home can bring it back.
//!
//! A dropped table is kept whole, with its rowids and the mark of its AUTOINCREMENT. A dropped column is kept beside the
//! key of its rows. A column whose values change in a way that cannot be undone is kept beside the key and the new value:
//! a row that nobody has changed since gets its old value back, and one that somebody has keeps what they wrote.

use std::collections::BTreeSet;

use peristyle_schema::{Column, Name, Pair, QualifiedName, Table};

use super::super::quote::quote;
use super::super::writer;
use super::way::hidden_rowid;
use crate::{Keep, Statement};

/// The column of a kept table that holds rowids.
const ROWID: &str = "_peristyle_rowid";
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
    /// The table that holds the mark of its AUTOINCREMENT.
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
    /// What tells the rows apart, by the names after the way there.
    pub(super) key: Key,
    /// Why it was kept.
    pub(super) cause: Cause,
}

/// What tells the rows of a table apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// Columns.
    Columns(Vec<Name>),
    /// The rowid.
    Rowid,
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
pub(super) struct ColumnToKeep {
    /// The names of its table, before and after.
    pub(super) table: Pair<QualifiedName>,
    /// The name the column had before.
    pub(super) column: Name,
    /// The value, as an expression over the table.
    pub(super) value: String,
    /// The key's columns and their values after the way there; none means the rowid.
    pub(super) key: Vec<(Name, String)>,
    /// The word for the rowid, where that is the key.
    pub(super) rowid: &'static str,
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
    /// A name for a kept table, free in this plan; the label keeps the plans apart.
    fn name(&mut self, keep: &Keep, rest: &str) -> Name {
        let stem = format!("_peristyle_kept_{}_{rest}", keep.label);
        let mut name = stem.clone();
        let mut number = 2;
        while !self.names.insert(name.to_ascii_lowercase()) {
            name = format!("{stem}_{number}");
            number += 1;
        }
        Name::new(name)
    }

    /// Sets a table aside. `table` is what is dropped, `was` the name it is known by.
    pub(super) fn keep_table(
        &mut self,
        keep: &Keep,
        table: &Table,
        was: &QualifiedName,
    ) -> (Name, Vec<Statement>) {
        let holder = self.name(keep, &was.name);
        let mut values: Vec<String> = Vec::new();
        if let Some(word) = hidden_rowid(table) {
            values.push(format!("{word} AS {ROWID}"));
        }
        values.extend(stored(table).map(|column| quote(&column.name)));
        let mut statements = vec![Statement::run(format!(
            "CREATE TABLE {} AS\nSELECT {}\nFROM {}",
            quote(&holder),
            values.join(", "),
            quote(&table.name.name)
        ))];
        let sequence =
            has_sequence(table).then(|| self.name(keep, &format!("{}__sequence", was.name)));
        if let Some(sequence) = &sequence {
            statements.push(Statement::run(format!(
                "CREATE TABLE {} AS\nSELECT seq FROM sqlite_sequence WHERE name = {}",
                quote(sequence),
                writer::text(&table.name.name)
            )));
        }
        let kept = KeptTable { table: was.clone(), holder: holder.clone(), sequence };
        self.kept.push(Kept::Table(kept));
        (holder, statements)
    }

    /// Sets a column aside.
    pub(super) fn keep_column(&mut self, keep: &Keep, what: ColumnToKeep) -> (Name, Statement) {
        let holder = self.name(keep, &format!("{}__{}", what.table.old.name, what.column));
        let mut values: Vec<String> =
            what.key.iter().map(|(name, value)| named(value, quote(name))).collect();
        if values.is_empty() {
            values.push(format!("{} AS {ROWID}", what.rowid));
        }
        values.push(format!("{} AS {WAS}", what.value));
        values.extend(what.now.as_ref().map(|now| format!("{now} AS {NOW}")));
        let only = what.only.map(|only| format!("\nWHERE {only}")).unwrap_or_default();
        let statement = Statement::run(format!(
            "CREATE TABLE {} AS\nSELECT {}\nFROM {}{only}",
            quote(&holder),
            values.join(", "),
            quote(&what.table.new.name)
        ));
        let key = match what.key.is_empty() {
            true => Key::Rowid,
            false => Key::Columns(what.key.into_iter().map(|(name, _)| name).collect()),
        };
        self.kept.push(Kept::Column(KeptColumn {
            table: what.table,
            column: what.column,
            holder: holder.clone(),
            key,
            cause: if what.now.is_some() { Cause::Changed } else { Cause::Dropped },
        }));
        (holder, statement)
    }
}

impl KeptTable {
    /// The statements that fill the table, made anew, with what it held.
    pub(super) fn restore(&self, table: &Table) -> Vec<Statement> {
        let name = quote(&table.name.name);
        let columns: Vec<String> = stored(table).map(|column| quote(&column.name)).collect();
        let (mut targets, mut values) = (columns.clone(), columns);
        if let Some(word) = hidden_rowid(table) {
            targets.insert(0, word.to_owned());
            values.insert(0, ROWID.to_owned());
        }
        let mut statements = vec![Statement::run(format!(
            "INSERT INTO {name} ({})\nSELECT {}\nFROM {}",
            targets.join(", "),
            values.join(", "),
            quote(&self.holder)
        ))];
        if let Some(sequence) = &self.sequence {
            statements.extend(set_sequence(
                &table.name.name,
                &format!("SELECT {}, seq FROM {}", writer::text(&table.name.name), quote(sequence)),
            ));
        }
        for holder in std::iter::once(&self.holder).chain(&self.sequence) {
            statements.push(Statement::run(format!("DROP TABLE {}", quote(holder))));
        }
        statements
    }
}

impl KeptColumn {
    /// The restored value, as an expression over the table: what was kept, or `otherwise` for a row that came since. For a
    /// changed column, `current` is its value now: a row whose value somebody has changed gets `otherwise` too.
    pub(super) fn value(
        &self,
        table: &Table,
        key: &[Name],
        current: &str,
        otherwise: &str,
    ) -> String {
        let holder = format!("{} AS {ALIAS}", quote(&self.holder));
        let matches = self.matches(table, key, current);
        let was = format!("(SELECT {ALIAS}.{WAS} FROM {holder} WHERE {matches})");
        if otherwise == "NULL" {
            return was;
        }
        format!(
            "CASE WHEN EXISTS (SELECT 1 FROM {holder} WHERE {matches}) THEN {was} ELSE {otherwise} END"
        )
    }

    /// Whether a row gets back what was kept of it, as a condition over the table.
    pub(super) fn restores(&self, table: &Table, key: &[Name], current: &str) -> String {
        let matches = self.matches(table, key, current);
        format!("EXISTS (SELECT 1 FROM {} AS {ALIAS} WHERE {matches})", quote(&self.holder))
    }

    /// The index that makes finding a row's kept value quick; it goes with the kept table.
    pub(super) fn index(&self) -> Statement {
        let columns = match &self.key {
            Key::Columns(columns) => writer::names(columns),
            Key::Rowid => ROWID.to_owned(),
        };
        Statement::run(format!(
            "CREATE INDEX {} ON {} ({columns})",
            quote(&format!("{}_key", self.holder)),
            quote(&self.holder)
        ))
    }

    /// Makes room for a value of each row that came since, so that somebody can give it one before the column is there.
    pub(super) fn make_room(&self, table: &Table, key: &[Name], rowid: &str) -> Statement {
        let (kept, held) = match &self.key {
            Key::Columns(columns) => (writer::names(columns), writer::names(key)),
            Key::Rowid => (ROWID.to_owned(), rowid.to_owned()),
        };
        Statement::run(format!(
            "INSERT INTO {} ({kept}, {WAS})\nSELECT {held}, NULL\nFROM {}\nWHERE NOT {}",
            quote(&self.holder),
            quote(&table.name.name),
            self.restores(table, key, "")
        ))
    }

    /// Where a value is given to a row that came since, as `--fill` names it.
    pub(super) fn place(&self) -> String {
        format!("{}.{WAS}", self.holder)
    }

    /// Drops what was kept, once it is restored.
    pub(super) fn drop(&self) -> Statement {
        Statement::run(format!("DROP TABLE {}", quote(&self.holder)))
    }

    fn matches(&self, table: &Table, key: &[Name], current: &str) -> String {
        let name = quote(&table.name.name);
        let mut terms: Vec<String> = match &self.key {
            Key::Columns(columns) => columns
                .iter()
                .zip(key)
                .map(|(kept, held)| format!("{ALIAS}.{} = {name}.{}", quote(kept), quote(held)))
                .collect(),
            Key::Rowid => {
                let word = super::way::rowid_word(table).unwrap_or("rowid");
                vec![format!("{ALIAS}.{ROWID} = {name}.{word}")]
            }
        };
        if self.cause == Cause::Changed {
            terms.push(format!("{ALIAS}.{NOW} IS {name}.{current}"));
        }
        terms.join(" AND ")
    }
}

/// A value under a name, which it may have already.
fn named(value: &str, name: String) -> String {
    if value == name { name } else { format!("{value} AS {name}") }
}

/// The statements that set the AUTOINCREMENT mark of a table to what a query gives: its name and the mark.
pub(super) fn set_sequence(table: &Name, query: &str) -> [Statement; 2] {
    [
        Statement::run(format!("DELETE FROM sqlite_sequence WHERE name = {}", writer::text(table))),
        Statement::run(format!("INSERT INTO sqlite_sequence (name, seq)\n{query}")),
    ]
}

/// Whether SQLite remembers the last number given to this table.
pub(super) fn has_sequence(table: &Table) -> bool {
    table.primary_key.as_ref().is_some_and(|key| key.autoincrement)
}

/// The columns that hold values of their own: all but the generated ones.
pub(super) fn stored(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.generated.is_none())
}

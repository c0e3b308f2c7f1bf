//! The catalog: what SQLite says of itself, read into a schema.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_schema::{
    Definition, Diagnostic, Name, ObjectId, ObjectKind, QualifiedName, Schema, Table,
};

use super::parse::{self, Cursor};
use super::{own_name, tokens};
use crate::lexer::Kind;
use crate::{Answer, CatalogQuery, Cell};

mod index;
mod shadow;
mod table;

/// SQLite keeps the `CREATE` statement of every object; that is all there is to ask. Only the tables that a virtual table
/// keeps for itself are known to its module alone. The second answer may be left out where it cannot be had; then the
/// tables of the modules that come with SQLite are told by their names.
pub(super) const QUERIES: &[CatalogQuery] = &[
    CatalogQuery {
        about: "objects",
        sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid",
    },
    CatalogQuery {
        about: "shadow tables",
        sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
    },
];

/// Names that start with this are Peristyle's own.
pub(super) const OWN_PREFIX: &str = "_peristyle_";

/// Names that start with this are SQLite's own.
pub(super) const SYSTEM_PREFIX: &str = "sqlite_";

/// One object of the catalog.
struct Row<'a> {
    kind: &'a str,
    name: &'a str,
    table: &'a str,
    sql: &'a str,
}

/// Reads the answers to [`QUERIES`].
pub(super) fn read(answers: &[Answer]) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
    let objects = answers.first().map(Vec::as_slice).unwrap_or_default();
    let rows: Vec<Row<'_>> = objects.iter().filter_map(|cells| row(cells)).collect();
    let shadows = shadow::names(&rows, answers.get(1).map(Vec::as_slice).unwrap_or_default());
    let mut reader = Reader::default();
    let shown = |row: &&Row<'_>| {
        !is_internal(row.name)
            && !is_internal(row.table)
            && !shadows.contains(&row.table.to_ascii_lowercase())
    };
    for row in rows.iter().filter(shown).filter(|row| row.kind == "table") {
        reader.table(row);
    }
    for row in rows.iter().filter(shown).filter(|row| row.kind != "table") {
        reader.dependent(row);
    }
    reader.finish()
}

/// Whether a name belongs to SQLite or to Peristyle itself.
pub(super) fn is_internal(name: &str) -> bool {
    starts_with(name, SYSTEM_PREFIX) || starts_with(name, OWN_PREFIX)
}

/// Whether a name starts with a prefix, in any case.
pub(super) fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// An object of the catalog; the indexes behind constraints have no statement and are none.
fn row(cells: &[Cell]) -> Option<Row<'_>> {
    match cells {
        [Cell::Text(kind), Cell::Text(name), Cell::Text(table), Cell::Text(sql), ..] => {
            Some(Row { kind, name, table, sql })
        }
        _ => None,
    }
}

/// Whether a statement makes a virtual table.
fn is_virtual(sql: &str) -> bool {
    let mut words = tokens::lex(sql).filter(|token| token.kind == Kind::Word);
    words.nth(1).is_some_and(|word| word.is_word("VIRTUAL"))
}

#[derive(Default)]
struct Reader {
    schema: Schema,
    /// The tables' names in lower case, with their own case.
    tables: BTreeMap<String, QualifiedName>,
    notes: Vec<Diagnostic>,
    errors: Vec<Diagnostic>,
}

impl Reader {
    fn table(&mut self, row: &Row<'_>) {
        let read = tokens::significant(row.sql).and_then(|tokens| {
            if is_virtual(row.sql) {
                let read = parse::virtual_table(Cursor::new(row.sql, &tokens))?;
                self.object(ObjectKind::VirtualTable, read.name, None, read.sql);
                return Ok(());
            }
            let table = self::table::lower(&parse::table(Cursor::new(row.sql, &tokens))?);
            if !table.unmodelled.is_empty() {
                self.notes.push(unmodelled(&table));
            }
            self.tables.insert(row.name.to_ascii_lowercase(), table.name.clone());
            self.schema.insert_table(table);
            Ok(())
        });
        self.note_error(row, read);
    }

    fn dependent(&mut self, row: &Row<'_>) {
        let read = tokens::significant(row.sql).and_then(|tokens| {
            let cursor = Cursor::new(row.sql, &tokens);
            match row.kind {
                "index" => self.index(row, cursor),
                "view" => {
                    let read = parse::view(cursor)?;
                    self.object(ObjectKind::View, read.name, None, read.sql);
                    Ok(())
                }
                "trigger" => {
                    let read = parse::trigger(cursor)?;
                    let on = QualifiedName::from(row.table);
                    self.object(ObjectKind::Trigger, read.name, Some(on), read.sql);
                    Ok(())
                }
                other => Err(Diagnostic::error(
                    "catalog-unreadable",
                    format!("the catalog holds an object of the unknown kind `{other}`"),
                )),
            }
        });
        self.note_error(row, read);
    }

    fn index(&mut self, row: &Row<'_>, cursor: Cursor<'_>) -> Result<(), Diagnostic> {
        let read = parse::index(cursor)?;
        let name = self.tables.get(&row.table.to_ascii_lowercase());
        if let Some(table) = name.and_then(|name| self.schema.tables.get_mut(name)) {
            let index = self::index::lower(&read, table);
            self::index::insert(table, index);
        }
        Ok(())
    }

    fn object(&mut self, kind: ObjectKind, name: Name, on: Option<QualifiedName>, sql: String) {
        let id = ObjectId::new(kind, name);
        self.schema.insert_object(Definition { on, ..Definition::new(id, sql) });
    }

    fn note_error(&mut self, row: &Row<'_>, read: Result<(), Diagnostic>) {
        if let Err(cause) = read {
            let place = cause.span.as_ref().map(|span| span.start);
            let place = place.map_or_else(String::new, |at| {
                format!(" (line {}, column {} of its statement)", at.line, at.column)
            });
            let message =
                format!("cannot read the {} `{}`: {}{place}", row.kind, row.name, cause.message);
            self.errors.push(
                Diagnostic::error("catalog-unreadable", message)
                    .help("report it with the statement that the database keeps in sqlite_schema"),
            );
        }
    }

    fn finish(mut self) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.tell_indexes_apart();
        own_name::settle_references(&mut self.schema);
        own_name::settle_triggers(&mut self.schema);
        Ok((self.schema, self.notes))
    }

    /// The names of constraints are made up or need not be unique; as names of indexes they must be.
    fn tell_indexes_apart(&mut self) {
        let objects = self.schema.objects.keys().filter(|id| id.kind != ObjectKind::Trigger);
        let mut taken: BTreeSet<String> =
            objects.map(|id| id.name.name.to_ascii_lowercase()).collect();
        taken.extend(self.tables.keys().cloned());
        let indexes = self.schema.tables.values().flat_map(|table| &table.indexes);
        let explicit = indexes.filter(|index| index.constraint.is_none());
        taken.extend(explicit.map(|index| index.name.to_ascii_lowercase()));
        for table in self.schema.tables.values_mut() {
            for index in table.indexes.iter_mut().filter(|index| !index.constraint.is_none()) {
                let stem = index.name.clone();
                let mut number = 1;
                while !taken.insert(index.name.to_ascii_lowercase()) {
                    number += 1;
                    index.name = Name::new(format!("{stem}_{number}"));
                }
            }
        }
    }
}

fn unmodelled(table: &Table) -> Diagnostic {
    let clauses = table.unmodelled.join(", ");
    Diagnostic::note(
        "catalog-unmodelled",
        format!("the table `{}` has clauses that a schema cannot hold: {clauses}", table.name),
    )
    .help("it is read without them, and never rebuilt")
}

#[cfg(test)]
pub(in crate::sqlite) mod tests;

//! A database to make things in, and what is read of them.

use peristyle_driver::Connection;
use peristyle_driver::postgres::Postgres;
use peristyle_schema::{
    Column, Definition, Diagnostic, ObjectId, ObjectKind, QualifiedName, Schema, Table,
};
use peristyle_tests::postgres::Database;

/// A database of one test, dropped at its end.
pub struct Live {
    pub connection: Postgres,
    _database: Database,
}

/// What was read.
pub struct Read {
    pub schema: Schema,
    pub notes: Vec<Diagnostic>,
}

impl Live {
    pub fn new() -> Self {
        let database = Database::fresh("catalog");
        Self { connection: database.open(), _database: database }
    }

    /// Reads what a script makes of an empty database, which is empty again afterwards.
    pub fn read(&mut self, script: &str) -> Read {
        self.connection.batch("BEGIN").expect("a transaction begins");
        let made = self.connection.batch(script);
        let read = made.and_then(|()| self.connection.catalog());
        self.connection.batch("ROLLBACK").expect("it is undone");
        let read = read.unwrap_or_else(|error| panic!("{error}\n{script}"));
        Read { schema: read.schema, notes: read.notes }
    }

    /// Reads what a script makes, of which nothing may be noted.
    pub fn whole(&mut self, script: &str) -> Read {
        let read = self.read(script);
        assert!(read.notes.is_empty(), "{script}\n{:#?}", read.noted());
        read
    }
}

impl Read {
    pub fn table(&self, name: &str) -> &Table {
        let name: QualifiedName = name.parse().expect("a name");
        self.schema.tables.get(&name).unwrap_or_else(|| panic!("{name}: {:#?}", self.schema))
    }

    pub fn column(&self, table: &str, name: &str) -> &Column {
        let table = self.table(table);
        table.columns.get(name).unwrap_or_else(|| panic!("{name}: {table:#?}"))
    }

    /// The text of an object.
    pub fn sql(&self, kind: ObjectKind, name: &str) -> &str {
        &self.object(&ObjectId::new(kind, name.parse::<QualifiedName>().expect("a name"))).sql
    }

    /// The text of an object whose name is unique only on another.
    pub fn sql_of(&self, kind: ObjectKind, name: &str, of: &str) -> &str {
        let of: QualifiedName = of.parse().expect("a name");
        let id =
            ObjectId { of: Some(of.clone()), ..ObjectId::new(kind, QualifiedName::local(name)) };
        let held = self.object(&id);
        assert_eq!(held.on, Some(of));
        &held.sql
    }

    pub fn object(&self, id: &ObjectId) -> &Definition {
        let held = self.schema.objects.get(id);
        held.unwrap_or_else(|| panic!("{id:?}: {:#?}", self.schema.objects))
    }

    /// The notes, each in one line.
    pub fn noted(&self) -> Vec<String> {
        self.notes.iter().map(|note| format!("{}: {}", note.code, note.message)).collect()
    }
}

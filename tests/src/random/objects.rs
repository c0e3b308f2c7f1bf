//! Views and triggers over random tables.

use peristyle_schema::{Definition, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use peristyle_sql::{DialectName, dialect};

use super::Dice;
use super::names::{fresh, taken};
use super::postgres::{self, documentation, home};

/// What a view or a trigger is about, so that its text can be written again after a rename.
#[derive(Debug, Clone)]
pub struct Topic {
    pub(super) kind: ObjectKind,
    pub(super) name: QualifiedName,
    pub(super) table: QualifiedName,
    pub(super) column: Name,
    pub(super) turn: u64,
    doc: Option<String>,
    dialect: DialectName,
}

/// A view or a trigger over one of the tables.
pub fn topic(dice: &mut Dice, schema: &Schema, avoid: &[String]) -> Option<Topic> {
    let tables: Vec<_> =
        schema.tables.values().filter(|table| table.options.partition_of.is_none()).collect();
    if tables.is_empty() {
        return None;
    }
    let table = *dice.pick(&tables);
    let mut names = taken(schema);
    names.extend_from_slice(avoid);
    let column = dice.pick(table.columns.as_slice()).name.clone();
    let kind = match (dice.below(4), dice.dialect()) {
        (0 | 1, DialectName::Sqlite) => ObjectKind::Trigger,
        (_, DialectName::Sqlite) => ObjectKind::View,
        (turn, DialectName::Postgres) => match (turn, dice.below(3)) {
            (0, 0) => ObjectKind::Function,
            (0, _) => ObjectKind::Trigger,
            (1, 0) => ObjectKind::Grant,
            (1, _) => ObjectKind::Policy,
            (2, 0) => ObjectKind::Grant,
            (2, _) => ObjectKind::MaterializedView,
            _ => ObjectKind::View,
        },
    };
    let name = fresh(dice, &names);
    let (name, doc) = match dice.dialect() {
        DialectName::Sqlite => (QualifiedName::local(name), None),
        DialectName::Postgres => (home(dice, name), documentation(dice)),
    };
    Some(Topic {
        kind,
        name,
        table: table.name.clone(),
        column,
        turn: dice.below(if dice.dialect() == DialectName::Postgres { 60 } else { 4 }),
        doc,
        dialect: dice.dialect(),
    })
}

impl Topic {
    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name.name
    }

    /// Other documentation.
    pub fn document(&mut self, dice: &mut Dice) {
        self.doc = documentation(dice);
    }

    /// Another question about the same thing.
    pub fn turn(&mut self) {
        self.turn += 1;
    }

    /// Whether what it is about is there.
    pub fn holds(&self, schema: &Schema) -> bool {
        schema.tables.get(&self.table).is_some_and(|table| table.columns.contains(&self.column))
    }

    /// Follows a renamed table.
    pub fn rename_table(&mut self, from: &QualifiedName, to: &QualifiedName) {
        if self.table == *from {
            self.table = to.clone();
        }
    }

    /// Follows a renamed column.
    pub fn rename_column(&mut self, table: &QualifiedName, from: &Name, to: &Name) {
        if self.table == *table && self.column == *from {
            self.column = to.clone();
        }
    }

    /// The object, behind those that it needs.
    pub fn definitions(&self, schema: &Schema) -> Vec<Definition> {
        let Some(table) = schema.tables.get(&self.table) else { return Vec::new() };
        let mut made = match self.dialect {
            DialectName::Sqlite => vec![self.of_sqlite()],
            DialectName::Postgres => postgres::objects::definitions(self, table),
        };
        for object in &mut made {
            // A right has no documentation.
            object.doc = (object.id.kind != ObjectKind::Grant).then(|| self.doc.clone()).flatten();
        }
        made
    }

    fn of_sqlite(&self) -> Definition {
        let quote = |name: &Name| dialect(self.dialect).quote(name);
        let (name, table, column) =
            (quote(&self.name.name), quote(&self.table.name), quote(&self.column));
        let id = ObjectId::new(self.kind, self.name.clone());
        if self.kind == ObjectKind::View {
            let more = if self.turn.is_multiple_of(2) { "count(*)" } else { "1" };
            let sql = format!(
                "CREATE VIEW {name} AS SELECT {column} AS c, {more} AS n FROM {table} GROUP BY {column}"
            );
            return Definition::new(id, sql);
        }
        // A trigger that runs when it must not destroys rows, so that it is noticed.
        let when = ["DELETE", "INSERT", "UPDATE", "DELETE"][(self.turn % 4) as usize];
        let sql = format!(
            "CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN DELETE FROM {table} WHERE {column} IS NOT NULL; END"
        );
        Definition { on: Some(self.table.clone()), ..Definition::new(id, sql) }
    }
}

//! Views and triggers over random tables.

use peristyle_schema::{Definition, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use super::Dice;
use super::names::{fresh, taken};
use crate::engine::sqlite;

/// What a view or a trigger is about, so that its text can be written again after a rename.
#[derive(Debug, Clone)]
pub struct Topic {
    kind: ObjectKind,
    name: Name,
    table: QualifiedName,
    column: Name,
    turn: u64,
}

/// A view or a trigger over one of the tables.
pub fn topic(dice: &mut Dice, schema: &Schema, avoid: &[String]) -> Option<Topic> {
    let tables: Vec<_> = schema.tables.values().collect();
    if tables.is_empty() {
        return None;
    }
    let table = *dice.pick(&tables);
    let mut names = taken(schema);
    names.extend_from_slice(avoid);
    let column = dice.pick(table.columns.as_slice()).name.clone();
    Some(Topic {
        kind: if dice.one_in(2) { ObjectKind::View } else { ObjectKind::Trigger },
        name: Name::new(fresh(dice, &names)),
        table: table.name.clone(),
        column,
        turn: dice.below(4),
    })
}

impl Topic {
    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name
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

    /// The object.
    pub fn definition(&self) -> Definition {
        let quote = |name: &Name| sqlite().quote(name);
        let (name, table, column) =
            (quote(&self.name), quote(&self.table.name), quote(&self.column));
        let (sql, on) = match self.kind {
            ObjectKind::View => {
                let more = if self.turn.is_multiple_of(2) { "count(*)" } else { "1" };
                let sql = format!(
                    "CREATE VIEW {name} AS SELECT {column} AS c, {more} AS n FROM {table} GROUP BY {column}"
                );
                (sql, None)
            }
            // A trigger that runs when it must not destroys rows, so that it is noticed.
            _ => {
                let when = ["DELETE", "INSERT", "UPDATE", "DELETE"][(self.turn % 4) as usize];
                let sql = format!(
                    "CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN DELETE FROM {table} WHERE {column} IS NOT NULL; END"
                );
                (sql, Some(self.table.clone()))
            }
        };
        let id = ObjectId::new(self.kind, QualifiedName::local(self.name.clone()));
        Definition { on, ..Definition::new(id, sql) }
    }
}

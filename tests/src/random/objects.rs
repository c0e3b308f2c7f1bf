//! Views and triggers over random tables.

use peristyle_schema::{Definition, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use peristyle_sql::{DialectName, dialect};

use super::Dice;
use super::names::{fresh, taken};

/// What a view or a trigger is about, so that its text can be written again after a rename.
#[derive(Debug, Clone)]
pub struct Topic {
    kind: ObjectKind,
    name: Name,
    table: QualifiedName,
    column: Name,
    turn: u64,
    dialect: DialectName,
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
        kind: match (dice.below(4), dice.dialect()) {
            (0 | 1, _) => ObjectKind::Trigger,
            (2, DialectName::Postgres) => ObjectKind::MaterializedView,
            _ => ObjectKind::View,
        },
        name: Name::new(fresh(dice, &names)),
        table: table.name.clone(),
        column,
        turn: dice.below(4),
        dialect: dice.dialect(),
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

    /// The object, behind those that it needs.
    pub fn definitions(&self) -> Vec<Definition> {
        let quote = |name: &Name| dialect(self.dialect).quote(name);
        let (name, table, column) =
            (quote(&self.name), quote(&self.table.name), quote(&self.column));
        let id = ObjectId::new(self.kind, QualifiedName::local(self.name.clone()));
        if self.kind != ObjectKind::Trigger {
            let more = if self.turn.is_multiple_of(2) { "count(*)" } else { "1" };
            let kind = self.kind.words().to_uppercase();
            let sql = format!(
                "CREATE {kind} {name} AS SELECT {column} AS c, {more} AS n FROM {table} GROUP BY {column}"
            );
            return vec![Definition::new(id, sql)];
        }
        // A trigger that runs when it must not destroys rows, so that it is noticed.
        let when = ["DELETE", "INSERT", "UPDATE", "DELETE"][(self.turn % 4) as usize];
        let on = Some(self.table.clone());
        let destroy = format!("DELETE FROM {table} WHERE {column} IS NOT NULL;");
        match self.dialect {
            DialectName::Sqlite => {
                let sql =
                    format!("CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {destroy} END");
                vec![Definition { on, ..Definition::new(id, sql) }]
            }
            DialectName::Postgres => {
                let function = QualifiedName::local(format!("{}()", self.name));
                let function = ObjectId::new(ObjectKind::Function, function);
                let body = format!(
                    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {destroy} RETURN NULL; END $$"
                );
                let sql = format!(
                    "CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                );
                let id = ObjectId { of: on.clone(), ..id };
                vec![Definition::new(function, body), Definition { on, ..Definition::new(id, sql) }]
            }
        }
    }
}

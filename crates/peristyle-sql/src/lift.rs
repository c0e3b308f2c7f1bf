//! From what a catalog says to what a person would have declared.

use peristyle_schema::{Column, ColumnDefault, Identity, Schema, Table};

use crate::Dialect;

/// The same schema in the words of declarations: a default that the dialect makes of `now` is `now` again, a key that the
/// database numbers by itself says so.
///
/// It asks the dialect, rather than know its texts: a word is used where normalizing it gives what the catalog has.
pub fn lift(dialect: &dyn Dialect, schema: &Schema) -> Schema {
    let mut lifted = schema.clone();
    for table in lifted.tables.values_mut() {
        let columns: Vec<Column> = table.columns.iter().cloned().collect();
        for column in columns {
            for candidate in candidates(table, &column) {
                if means_the_same(dialect, table, &column, &candidate) {
                    table.columns.insert(candidate);
                    break;
                }
            }
        }
    }
    lifted
}

/// Other ways to say what a column says.
fn candidates(table: &Table, column: &Column) -> Vec<Column> {
    let mut candidates = Vec::new();
    let is_key = table
        .primary_key
        .as_ref()
        .is_some_and(|key| key.columns == [column.name.clone()] && !key.autoincrement);
    if is_key && column.identity.is_none() && column.default.is_none() {
        candidates.push(Column { identity: Some(Identity::ByDefault), ..column.clone() });
    }
    if let Some(ColumnDefault::Expr(_)) = column.default {
        for default in [ColumnDefault::Now, ColumnDefault::Uuid4] {
            candidates.push(Column { default: Some(default), ..column.clone() });
        }
    }
    candidates
}

fn means_the_same(
    dialect: &dyn Dialect,
    table: &Table,
    column: &Column,
    candidate: &Column,
) -> bool {
    let alone = |column: &Column| {
        let mut only = Table::new(table.name.clone());
        only.options = table.options.clone();
        only.options.without_rowid = false;
        only.columns.insert(column.clone());
        if candidate.identity.is_some() {
            only.options = table.options.clone();
            only.primary_key = table.primary_key.clone();
        }
        let mut schema = Schema::empty();
        schema.insert_table(only);
        dialect.normalize(schema)
    };
    match (alone(column), alone(candidate)) {
        (Ok(held), Ok(lifted)) => held == lifted,
        _ => false,
    }
}

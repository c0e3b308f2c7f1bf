//! Foreign keys of a row that is being made.

use peristyle_driver::Value;
use peristyle_schema::{ForeignKey, Name};

use super::table::{Choice, Maker};
use super::values::natural;
use super::{Place, Row};

impl Maker<'_> {
    /// Points a foreign key to a row of another table. What is returned is a row that is still to come.
    pub(super) fn point(
        &self,
        key: &ForeignKey,
        number: usize,
        choice: &Choice,
        row: &mut Row,
    ) -> Result<Option<(Place, Row)>, String> {
        let target = &key.references.table;
        let pairs = || key.columns.iter().zip(&key.references.columns);
        if let Some(rows) = self.parents.rows.get(target) {
            let count = rows.len();
            for step in 0..count {
                let candidate = &rows[(number + choice.parent + step) % count];
                let agrees = pairs().all(|(column, referenced)| {
                    let value = candidate.get(referenced);
                    value.is_some_and(|value| {
                        !value.is_null() && row.get(column).is_none_or(|held| held == value)
                    })
                });
                if agrees {
                    for (column, referenced) in pairs() {
                        row.insert(column.clone(), candidate[referenced].clone());
                    }
                    return Ok(None);
                }
            }
        }
        // Nothing to point to: a null passes, in any one column that may be null.
        let nullable = |column: &&Name| self.table.columns.get(column).is_some_and(|c| c.nullable);
        if let Some(column) = key.columns.iter().find(nullable) {
            row.insert(column.clone(), Value::Null);
            return Ok(None);
        }
        if self.parents.rows.contains_key(target) || !self.schema.tables.contains_key(target) {
            return Err(format!("it must point to {target}, where there is no row for it"));
        }
        // The tables point in a circle: the other row will be made to fit this one.
        let parent = &self.schema.tables[target];
        let mut promise = Row::new();
        for (column, referenced) in pairs() {
            let place = parent.columns.iter().position(|c| c.name == *referenced);
            let Some(place) = place else {
                return Err(format!("it points to {target}.{referenced}, which is not there"));
            };
            let there = &parent.columns.as_slice()[place];
            let value = row
                .get(column)
                .cloned()
                .unwrap_or_else(|| natural(self.schema, there, place, number, self.room));
            row.insert(column.clone(), value.clone());
            promise.insert(referenced.clone(), value);
        }
        Ok(Some(((target.clone(), number), promise)))
    }

    /// Points a foreign key to an earlier row of the same table, to nothing, or to this very row.
    pub(super) fn point_to_self(&self, key: &ForeignKey, choice: &Choice, row: &mut Row) {
        let pairs = || key.columns.iter().zip(&key.references.columns);
        let free = |column: &Name, row: &Row| !row.contains_key(column) || self.key_is_free(column);
        let agrees = |held: &&Row| {
            pairs().all(|(column, referenced)| {
                held.get(referenced).is_some_and(|value| {
                    !value.is_null() && (free(column, row) || row.get(column) == Some(value))
                })
            })
        };
        let before = self.held.iter().rev().skip(choice.parent).find(agrees);
        let nullable = |column: &&Name| {
            free(column, row) && self.table.columns.get(column).is_some_and(|c| c.nullable)
        };
        let empty = key.columns.iter().find(nullable).cloned();
        let values: Row = match (before, empty) {
            (Some(before), _) => pairs().map(|(c, r)| (c.clone(), before[r].clone())).collect(),
            (None, Some(column)) => Row::from([(column, Value::Null)]),
            (None, None) => {
                pairs().filter_map(|(c, r)| Some((c.clone(), row.get(r)?.clone()))).collect()
            }
        };
        for column in &key.columns {
            if free(column, row) {
                let value = values.get(column).cloned().unwrap_or(Value::Null);
                row.insert(column.clone(), value);
            }
        }
    }

    /// Whether a column of a self reference is not also what the reference points to.
    fn key_is_free(&self, column: &Name) -> bool {
        !self.is_referenced_by_self(column) && !self.is_key(column)
    }

    /// Whether a foreign key of the table points to this column of its own.
    pub(super) fn is_referenced_by_self(&self, column: &Name) -> bool {
        self.table.foreign_keys.iter().any(|key| {
            key.references.table == self.table.name && key.references.columns.contains(column)
        })
    }
}

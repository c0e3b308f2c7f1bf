//! The rows of one table.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_driver::{Connection, Constraint, ConstraintKind, Error as DriverError, Value};
use peristyle_schema::{Column, ForeignKey, Index, IndexKey, Name, Schema, Table};
use peristyle_sql::Dialect;

use super::literals::Literals;
use super::values::{hinted, natural};
use super::{Order, Parents, Place, Promised, Row};
use crate::Error;
use crate::room::{self, Room};
use crate::sql::{column_list, table_name};

/// How often a row is tried with other values before we give up.
const ATTEMPTS: usize = 400;

/// What came of filling a table.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) rows: usize,
    pub(super) reason: Option<String>,
    /// Values that rows of other tables must get.
    pub(super) promised: Promised,
}

/// Fills one table, whose rows so far are `held`.
pub(super) fn fill(
    connection: &mut dyn Connection,
    order: &Order<'_>,
    table: &Table,
    parents: &Parents,
    held: Vec<Row>,
) -> Result<Made, Error> {
    let mut maker = Maker::new(connection, order, table, parents, held);
    let mut made = Made::default();
    for number in 0..order.per_table {
        match maker.add_row(connection, number)? {
            Ok(promised) => {
                made.rows += 1;
                made.promised.extend(promised);
            }
            Err(reason) => {
                made.reason = Some(reason);
                break;
            }
        }
    }
    Ok(made)
}

/// Makes rows of one table.
struct Maker<'a> {
    schema: &'a Schema,
    table: &'a Table,
    parents: &'a Parents,
    room: &'static dyn Room,
    /// The columns that a row brings values for.
    columns: Vec<&'a Column>,
    /// The conditions on rows, and what they mention.
    conditions: Vec<Condition>,
    /// What the conditions hint at, by column.
    literals: BTreeMap<&'a Name, Literals>,
    /// The rows that are there.
    held: Vec<Row>,
    /// How many rows there were at first.
    first: usize,
    per_table: usize,
    insert: String,
}

struct Condition {
    name: Option<String>,
    text: String,
    columns: Vec<usize>,
    /// The question whether it holds, where the database does not ask it by itself.
    question: Option<String>,
}

/// Which of its possible values each column takes.
#[derive(Debug, Clone, Default)]
struct Choice {
    /// By column's place: 0 is the natural value, then the hinted ones, then further natural ones.
    values: BTreeMap<usize, usize>,
    /// How often each condition failed.
    failures: BTreeMap<usize, usize>,
    /// Which row of the parents is pointed to, beyond the one with our number.
    parent: usize,
}

impl<'a> Maker<'a> {
    fn new(
        connection: &dyn Connection,
        order: &Order<'a>,
        table: &'a Table,
        parents: &'a Parents,
        held: Vec<Row>,
    ) -> Self {
        let dialect = connection.dialect();
        let columns: Vec<&Column> =
            table.columns.iter().filter(|column| column.generated.is_none()).collect();
        let enforced = order.enforced.tables.get(&table.name);
        let conditions = conditions(dialect, table, enforced, &columns);
        let mut literals: BTreeMap<&Name, Literals> = BTreeMap::new();
        for condition in &conditions {
            for place in &condition.columns {
                literals.entry(&columns[*place].name).or_default().read(&condition.text);
            }
        }
        let name = table_name(dialect, &table.name);
        let insert = if columns.is_empty() {
            format!("INSERT INTO {name} DEFAULT VALUES")
        } else {
            let marks: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
            let list = column_list(dialect, columns.iter().map(|column| &column.name));
            format!("INSERT INTO {name} ({list}) VALUES ({})", marks.join(", "))
        };
        Self {
            schema: order.schema,
            table,
            parents,
            room: room::of(dialect.name()),
            columns,
            conditions,
            literals,
            first: held.len(),
            held,
            per_table: order.per_table,
            insert,
        }
    }

    /// Adds the row with this number, or says why that cannot be done.
    fn add_row(
        &mut self,
        connection: &mut dyn Connection,
        number: usize,
    ) -> Result<Result<Promised, String>, Error> {
        let mut choice = Choice::default();
        let mut reason = String::new();
        for _ in 0..ATTEMPTS {
            let (row, promised) = match self.row(number, &choice) {
                Ok(row) => row,
                Err(reason) => return Ok(Err(reason)),
            };
            let values: Vec<Value> =
                self.columns.iter().map(|column| row[&column.name].clone()).collect();
            if let Some(at) = self.unmet(connection, &row)? {
                reason = format!("no values were found for the check {}", self.conditions[at].text);
                self.vary(at, &mut choice);
                continue;
            }
            match connection.execute(&self.insert, &values) {
                Ok(_) => {
                    self.held.push(row);
                    return Ok(Ok(promised));
                }
                Err(DriverError::Constraint(broken)) => {
                    reason = broken.message.clone();
                    self.learn(&broken, &mut choice);
                }
                // An expression of an index or of a generated column can refuse a value in its own words.
                Err(
                    DriverError::Database { message, .. } | DriverError::Syntax { message, .. },
                ) => {
                    reason = message;
                    self.vary_all(&mut choice);
                }
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Err(reason))
    }

    /// The first condition that the database does not enforce and this row does not meet.
    fn unmet(&self, connection: &mut dyn Connection, row: &Row) -> Result<Option<usize>, Error> {
        for (at, condition) in self.conditions.iter().enumerate() {
            let Some(question) = &condition.question else { continue };
            let values: Vec<Value> =
                condition.columns.iter().map(|at| row[&self.columns[*at].name].clone()).collect();
            // A question that cannot be answered (a generated column) is left to the migration itself.
            let answer = connection.query(question, &values).unwrap_or_default();
            if answer.single() == Some(&Value::Integer(0)) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// The row with this number, as the choice has it, and what other tables must hold for it.
    fn row(&self, number: usize, choice: &Choice) -> Result<(Row, Promised), String> {
        let place = (self.table.name.clone(), number);
        let mut row = self.parents.promised.get(&place).cloned().unwrap_or_default();
        let mut promised: Promised = BTreeMap::new();
        let mut own = Vec::new();
        for key in &self.table.foreign_keys {
            if key.references.table == self.table.name {
                own.push(key);
            } else if let Some((place, values)) = self.point(key, number, choice, &mut row)? {
                promised.entry(place).or_default().extend(values);
            }
        }
        let of_self: BTreeSet<&Name> = own.iter().flat_map(|key| &key.columns).collect();
        for (at, column) in self.columns.iter().enumerate() {
            let later = of_self.contains(&column.name) && !self.is_referenced_by_self(&column.name);
            if !later && !row.contains_key(&column.name) {
                row.insert(column.name.clone(), self.value(at, number, choice));
            }
        }
        for key in own {
            self.point_to_self(key, choice, &mut row);
        }
        Ok((row, promised))
    }

    fn is_referenced_by_self(&self, column: &Name) -> bool {
        self.table.foreign_keys.iter().any(|key| {
            key.references.table == self.table.name && key.references.columns.contains(column)
        })
    }

    /// The value of the column at this place.
    fn value(&self, at: usize, number: usize, choice: &Choice) -> Value {
        let column = self.columns[at];
        let chosen = choice.values.get(&at).copied().unwrap_or(0);
        // Numbers behind those of the rows that are there already.
        let serial = self.first + number;
        if chosen == 0 {
            let empty = number == 1 && column.nullable && !self.is_key(&column.name);
            return if empty { Value::Null } else { natural(column, at, serial, self.room) };
        }
        let hints = self.hints(at, serial);
        match hints.get(chosen - 1) {
            Some(_) => hints[(chosen - 1 + number) % hints.len()].clone(),
            None => {
                let round = chosen - hints.len();
                natural(column, at, serial + round * self.per_table.max(1), self.room)
            }
        }
    }

    fn hints(&self, at: usize, serial: usize) -> Vec<Value> {
        let column = self.columns[at];
        match self.literals.get(&column.name) {
            Some(literals) => hinted(column, literals, serial),
            None => Vec::new(),
        }
    }

    fn is_key(&self, column: &Name) -> bool {
        self.table.primary_key.as_ref().is_some_and(|key| key.columns.contains(column))
    }

    /// Points a foreign key to a row of another table. What is returned is a row that is still to come.
    fn point(
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
                .unwrap_or_else(|| natural(there, place, number, self.room));
            row.insert(column.clone(), value.clone());
            promise.insert(referenced.clone(), value);
        }
        Ok(Some(((target.clone(), number), promise)))
    }

    /// Points a foreign key to an earlier row of the same table, to nothing, or to this very row.
    fn point_to_self(&self, key: &ForeignKey, choice: &Choice, row: &mut Row) {
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

    /// Chooses other values after the database has refused these.
    fn learn(&self, broken: &Constraint, choice: &mut Choice) {
        let place = |name: &String| self.columns.iter().position(|c| c.name.as_str() == name);
        match broken.kind {
            ConstraintKind::Check => self.vary_condition(broken.name.as_deref(), choice),
            ConstraintKind::Unique | ConstraintKind::PrimaryKey => {
                choice.parent += 1;
                let named: Vec<usize> = match &broken.name {
                    Some(index) => self.index_columns(index),
                    None => broken.columns.iter().filter_map(place).collect(),
                };
                for at in named {
                    self.next_distinct(at, choice);
                }
            }
            ConstraintKind::NotNull | ConstraintKind::DataType => {
                for at in broken.columns.iter().filter_map(place) {
                    *choice.values.entry(at).or_default() += 1;
                }
            }
            ConstraintKind::ForeignKey | ConstraintKind::Trigger | ConstraintKind::Other => {
                self.vary_all(choice);
            }
        }
    }

    /// The columns of an index that is known by name only, because it is over expressions.
    fn index_columns(&self, name: &str) -> Vec<usize> {
        let Some(index) = self.table.indexes.get(name) else { return Vec::new() };
        (0..self.columns.len()).filter(|at| mentions(index, &self.columns[*at].name)).collect()
    }

    /// Another value that no other row has: past the hints, where values are numbered.
    fn next_distinct(&self, at: usize, choice: &mut Choice) {
        let hints = self.hints(at, 0).len();
        let chosen = choice.values.entry(at).or_default();
        *chosen =
            if *chosen <= hints && hints > 0 { *chosen + 1 } else { (*chosen).max(hints) + 1 };
    }

    /// Other values for the condition that the database names, or for all if it names none of ours.
    fn vary_condition(&self, name: Option<&str>, choice: &mut Choice) {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let found = self.conditions.iter().position(|condition| {
            name.is_some_and(|name| {
                condition.name.as_deref() == Some(name)
                    || squeezed(&condition.text) == squeezed(name)
            })
        });
        let chosen: Vec<usize> = match found {
            Some(at) => vec![at],
            None => (0..self.conditions.len()).collect(),
        };
        for at in chosen {
            self.vary(at, choice);
        }
    }

    /// The next combination of the values that this condition mentions.
    fn vary(&self, at: usize, choice: &mut Choice) {
        let failures = choice.failures.entry(at).or_default();
        *failures += 1;
        let mut rest = *failures;
        for place in &self.conditions[at].columns {
            let ways = self.hints(*place, 0).len() + 2;
            choice.values.insert(*place, rest % ways);
            rest /= ways;
        }
    }

    fn vary_all(&self, choice: &mut Choice) {
        choice.parent += 1;
        for at in 0..self.columns.len() {
            *choice.values.entry(at).or_default() += 1;
        }
    }
}

/// The conditions on the table's rows: its checks.
fn conditions(
    dialect: &dyn Dialect,
    table: &Table,
    enforced: Option<&Table>,
    columns: &[&Column],
) -> Vec<Condition> {
    table
        .checks
        .iter()
        .map(|check| {
            let places: Vec<usize> =
                (0..columns.len()).filter(|at| check.expr.mentions(&columns[*at].name)).collect();
            let free = !enforced.is_some_and(|table| table.checks.contains(check));
            let question = (free && !places.is_empty()).then(|| {
                let values: Vec<String> = places
                    .iter()
                    .enumerate()
                    .map(|(n, at)| format!("${} AS {}", n + 1, dialect.quote(&columns[*at].name)))
                    .collect();
                format!("SELECT ({}) FROM (SELECT {}) AS proposed", check.expr, values.join(", "))
            });
            Condition {
                name: check.name.as_ref().map(ToString::to_string),
                text: check.expr.as_str().to_owned(),
                columns: places,
                question,
            }
        })
        .collect()
}

fn mentions(index: &Index, column: &Name) -> bool {
    index.parts.iter().any(|part| match &part.key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expr(expr) => expr.mentions(column),
    })
}

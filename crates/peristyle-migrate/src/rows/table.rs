//! The rows of one table.

use std::collections::{BTreeMap, BTreeSet};

use peristyle_driver::{Connection, Error as DriverError, Rows, Value};
use peristyle_schema::{Column, Name, Schema, Table, Type};

use super::budget::Budget;
use super::learning::conditions;
use super::literals::Literals;
use super::values::{hinted, natural};
use super::{Order, Parents, Promised, Row};
use crate::Error;
use crate::room::{self, Room};
use crate::sql::{column_list, table_name};

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
pub(super) struct Maker<'a> {
    pub(super) schema: &'a Schema,
    pub(super) table: &'a Table,
    pub(super) parents: &'a Parents,
    pub(super) room: &'static dyn Room,
    /// The columns that a row brings values for.
    pub(super) columns: Vec<&'a Column>,
    /// The conditions on rows, and what they mention.
    pub(super) conditions: Vec<Condition>,
    /// What the conditions hint at, by column.
    pub(super) literals: BTreeMap<&'a Name, Literals>,
    /// The rows that are there.
    pub(super) held: Vec<Row>,
    /// How many rows there were at first.
    pub(super) first: usize,
    pub(super) per_table: usize,
    pub(super) budget: &'a Budget,
    pub(super) insert: String,
}

/// A condition on rows, and what it mentions.
pub(super) struct Condition {
    pub(super) name: Option<String>,
    pub(super) text: String,
    pub(super) columns: Vec<usize>,
    /// The question whether it holds, where the database does not ask it by itself.
    pub(super) question: Option<String>,
}

/// Which of its possible values each column takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    /// By column's place: 0 is the natural value, then the hinted ones, then further natural ones.
    pub(super) values: BTreeMap<usize, usize>,
    /// How often each condition failed.
    pub(super) failures: BTreeMap<usize, usize>,
    /// Which row of the parents is pointed to, beyond the one with our number.
    pub(super) parent: usize,
    /// Whether a condition was tried with every combination that there is for it.
    pub(super) exhausted: bool,
}

/// What a column's values must obey besides the checks of its table: the rules of its type, the bounds of its partition.
fn rules_of_type<'a>(
    schema: &'a Schema,
    table: &'a Table,
    column: &Column,
    room: &dyn Room,
) -> Vec<&'a str> {
    let mut rules = Vec::new();
    if let Type::Native(native) = &column.data_type {
        rules.extend(room.native_rules(schema, native));
    }
    if let Some(partition) = &table.options.partition_of {
        let parent = schema.tables.get(&partition.table);
        let by = parent.and_then(|parent| parent.options.partition_by.as_ref());
        if by.is_some_and(|by| by.mentions(&column.name)) {
            rules.push(partition.bound.as_str());
        }
    }
    rules
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
        let room = room::of(dialect.name());
        let conditions = conditions(room, table, enforced, &columns);
        let mut literals: BTreeMap<&Name, Literals> = BTreeMap::new();
        for condition in &conditions {
            for place in &condition.columns {
                literals.entry(&columns[*place].name).or_default().read(&condition.text);
            }
        }
        for column in &columns {
            for rules in rules_of_type(order.schema, table, column, room) {
                literals.entry(&column.name).or_default().read(rules);
            }
        }
        let name = table_name(dialect, &table.name);
        let insert = if columns.is_empty() {
            format!("INSERT INTO {name} DEFAULT VALUES")
        } else {
            let marks: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
            let list = column_list(dialect, columns.iter().map(|column| &column.name));
            let clause = room.insert_clause();
            format!("INSERT INTO {name} ({list}){clause} VALUES ({})", marks.join(", "))
        };
        Self {
            schema: order.schema,
            table,
            parents,
            room,
            columns,
            conditions,
            literals,
            first: held.len(),
            held,
            per_table: order.per_table,
            budget: order.budget,
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
        for _ in 0..self.budget.attempts() {
            if choice.exhausted {
                break;
            }
            let (row, promised) = match self.row(number, &choice) {
                Ok(row) => row,
                Err(reason) => return Ok(Err(reason)),
            };
            let values: Vec<Value> =
                self.columns.iter().map(|column| row[&column.name].clone()).collect();
            if let Some(at) = self.unmet(connection, &row)? {
                reason = format!("no values were found for the check {}", self.conditions[at].text);
                self.vary(at, &mut choice);
                self.budget.spend();
                continue;
            }
            let insert = &self.insert;
            let inserted = self.room.trying(connection, &mut |connection| {
                connection.execute(insert, &values).map(|_| Rows::default())
            });
            match inserted {
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
                Err(DriverError::Server(error)) => {
                    reason = error.message.clone();
                    self.vary_all(&mut choice);
                }
                Err(other) => return Err(other.into()),
            }
            self.budget.spend();
        }
        if self.held.is_empty() {
            self.budget.give_up(self.table, &reason);
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
            let asked =
                self.room.trying(connection, &mut |connection| connection.query(question, &values));
            let answer = asked.unwrap_or_default();
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

    /// The value of the column at this place.
    pub(super) fn value(&self, at: usize, number: usize, choice: &Choice) -> Value {
        let column = self.columns[at];
        let chosen = choice.values.get(&at).copied().unwrap_or(0);
        // Numbers behind those of the rows that are there already.
        let serial = self.first + number;
        if chosen == 0 {
            let empty = number == 1 && column.nullable && !self.is_key(&column.name);
            return if empty {
                Value::Null
            } else {
                natural(self.schema, column, at, serial, self.room)
            };
        }
        let hints = self.hints(at, serial);
        match hints.get(chosen - 1) {
            Some(_) => hints[(chosen - 1 + number) % hints.len()].clone(),
            None => {
                let round = chosen - hints.len();
                natural(self.schema, column, at, serial + round * self.per_table.max(1), self.room)
            }
        }
    }

    pub(super) fn hints(&self, at: usize, serial: usize) -> Vec<Value> {
        let column = self.columns[at];
        match self.literals.get(&column.name) {
            Some(literals) => hinted(self.schema, column, literals, serial),
            None => Vec::new(),
        }
    }

    pub(super) fn is_key(&self, column: &Name) -> bool {
        self.table.primary_key.as_ref().is_some_and(|key| key.columns.contains(column))
    }
}

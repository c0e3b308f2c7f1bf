//! Rows made to fit a schema: equal schemas get equal rows.

mod budget;
mod learning;
mod literals;
mod partition;
mod pointing;
mod sequence;
mod table;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use peristyle_driver::{Connection, Value};
use peristyle_schema::{Name, QualifiedName, Schema, Table};

pub(crate) use budget::Budget;

use crate::Error;
use crate::sql::{column_list, table_name};

/// What was filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// How many rows each table got.
    pub rows: BTreeMap<QualifiedName, usize>,
    /// The tables that got none, and why.
    pub unfilled: Vec<(QualifiedName, String)>,
}

/// A row, by column.
pub(crate) type Row = BTreeMap<Name, Value>;

/// A row still to come: its table and its number.
type Place = (QualifiedName, usize);

/// Values that rows still to come must have.
type Promised = BTreeMap<Place, Row>;

/// The rows that other rows can point to, by table.
#[derive(Debug, Default)]
struct Parents {
    rows: BTreeMap<QualifiedName, Vec<Row>>,
    /// Values that rows still to come must have, because rows that are there point to them.
    promised: Promised,
}

/// Gives every table of the schema about `per_table` rows that respect its constraints.
///
/// The database judges: a value that it refuses is replaced by another, guided by the constants in the checks. A table for
/// which nothing is found is named with the reason. Foreign keys are respected but must not be enforced meanwhile, because
/// tables may point to each other.
pub fn fill(
    connection: &mut dyn Connection,
    schema: &Schema,
    per_table: usize,
) -> Result<Filled, Error> {
    let (except, budget) = (&BTreeMap::new(), &Budget::default());
    let order = Order { schema, enforced: schema, per_table, except, budget };
    fill_order(connection, &order)
}

/// What to fill, and with what.
pub(crate) struct Order<'a> {
    /// The schema that the rows fit.
    pub(crate) schema: &'a Schema,
    /// The schema whose checks the database itself enforces.
    pub(crate) enforced: &'a Schema,
    pub(crate) per_table: usize,
    /// The tables to leave as they are, each for a reason.
    pub(crate) except: &'a BTreeMap<QualifiedName, String>,
    /// How long values are looked for.
    pub(crate) budget: &'a Budget,
}

/// Fills the tables of an order.
pub(crate) fn fill_order(
    connection: &mut dyn Connection,
    order: &Order<'_>,
) -> Result<Filled, Error> {
    let schema = order.schema;
    let mut filled = Filled::default();
    let mut parents = Parents::default();
    for name in sequence::parents_first(schema) {
        let table = &schema.tables[name];
        if let Some(reason) = order.except.get(name) {
            filled.unfilled.push((name.clone(), reason.clone()));
            parents.rows.insert(name.clone(), read(connection, table)?);
            continue;
        }
        // The rows of a divided table are those of its partitions, which come before it.
        if table.options.partition_by.is_some() {
            parents.rows.insert(name.clone(), read(connection, table)?);
            continue;
        }
        let table = &partition::whole(schema, table);
        let held = read(connection, table)?;
        if let Some(reason) = order.budget.hopeless(table).filter(|_| held.is_empty()) {
            filled.unfilled.push((name.clone(), reason));
            parents.rows.insert(name.clone(), held);
            continue;
        }
        let made = table::fill(connection, order, table, &parents, held)?;
        if made.rows > 0 {
            filled.rows.insert(name.clone(), made.rows);
        } else {
            let reason = made.reason.unwrap_or_else(|| "no row was asked for".to_owned());
            filled.unfilled.push((name.clone(), reason));
        }
        for (place, row) in made.promised {
            parents.promised.entry(place).or_default().extend(row);
        }
        parents.rows.insert(name.clone(), read(connection, table)?);
    }
    Ok(filled)
}

/// All rows of a table.
pub(crate) fn read(connection: &mut dyn Connection, table: &Table) -> Result<Vec<Row>, Error> {
    let columns: BTreeSet<&Name> = table.columns.iter().map(|column| &column.name).collect();
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let dialect = connection.dialect();
    let sql = format!(
        "SELECT {} FROM {}",
        column_list(dialect, columns.iter().copied()),
        table_name(dialect, &table.name)
    );
    let rows = connection.query(&sql, &[])?.rows;
    Ok(rows
        .into_iter()
        .map(|row| columns.iter().map(|name| (*name).clone()).zip(row).collect())
        .collect())
}

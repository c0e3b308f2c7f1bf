//! What is left of the rows.

use std::collections::BTreeSet;
use std::path::Path;

use tools::{Error, Shell};

/// The tables, and which way of hanging on a parent each stands for.
pub const TABLES: [(&str, &str); 4] = [
    ("parents", "self"),
    ("cascade_children", "CASCADE"),
    ("set_null_children", "SET NULL"),
    ("composite_children", "composite, CASCADE"),
];

/// Every row of every table, each as a line of SQL literals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows(Vec<BTreeSet<String>>);

impl Rows {
    /// Reads them all. Columns are named: their order in the table is no matter.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn read(database: &Path) -> Result<Self, Error> {
        let columns = |table: &str| match table {
            "parents" => "id, tenant, number, name, parent_id",
            "composite_children" => "id, parent_tenant, parent_number, note",
            _ => "id, parent_id, note",
        };
        let read = |(table, _): (&str, &str)| {
            let sql = format!("SELECT {} FROM {table}", columns(table));
            Ok(Shell.ask(database, &sql)?.lines().map(str::to_owned).collect())
        };
        Ok(Self(TABLES.into_iter().map(read).collect::<Result<_, Error>>()?))
    }

    /// For each table: the rows before, how many rows there are now, and how many of those before are still the same.
    pub fn left(&self, after: &Self) -> Vec<[usize; 3]> {
        let pairs = self.0.iter().zip(&after.0);
        pairs.map(|(old, new)| [old.len(), new.len(), old.intersection(new).count()]).collect()
    }
}

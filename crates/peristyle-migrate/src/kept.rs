//! Data that migrations have set aside.

use peristyle_driver::{Connection, Value};
use serde::Serialize;

use crate::{Error, room};

/// How the tables with data set aside are named.
const PREFIX: &str = "_peristyle_kept_";

/// A table of data that a migration has set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptTable {
    /// The table's own name.
    pub name: String,
    /// What tells the plan that set it aside from others: the migration's number.
    pub label: String,
    /// What it held: `users`, or `users.nickname` for one column.
    pub subject: String,
    /// How many rows it holds.
    pub rows: u64,
}

/// The data that migrations have set aside, in order.
pub fn kept_list(connection: &mut dyn Connection) -> Result<Vec<KeptTable>, Error> {
    let room = room::of(connection.dialect().name());
    let mut kept = Vec::new();
    for name in room.tables_like(connection, PREFIX)? {
        let rest = &name[PREFIX.len()..];
        let (label, subject) = rest.split_once('_').unwrap_or((rest, ""));
        let count = format!("SELECT count(*) FROM {}", room.own_table(&name));
        let rows = connection.query(&count, &[])?.single().and_then(Value::as_integer).unwrap_or(0);
        kept.push(KeptTable {
            name: name.to_string(),
            label: label.to_owned(),
            subject: subject.replacen("__", ".", 1),
            rows: rows.try_into().unwrap_or(0),
        });
    }
    Ok(kept)
}

/// Drops the data set aside under these labels, or all of it if none is named, and says what went. After that, `rollback` of
/// those migrations cannot bring it back.
pub fn kept_purge(
    connection: &mut dyn Connection,
    labels: &[String],
) -> Result<Vec<KeptTable>, Error> {
    let kept = kept_list(connection)?;
    let chosen: Vec<KeptTable> = kept
        .into_iter()
        .filter(|table| labels.is_empty() || labels.contains(&table.label))
        .collect();
    let room = room::of(connection.dialect().name());
    connection.begin_migration()?;
    let mut dropped = Ok(0);
    for table in &chosen {
        let sql = format!("DROP TABLE {}", room.own_table(&table.name));
        dropped = dropped.and_then(|_| connection.execute(&sql, &[]));
    }
    match dropped {
        Ok(_) => connection.commit_migration()?,
        Err(error) => {
            connection.rollback_migration()?;
            return Err(error.into());
        }
    }
    Ok(chosen)
}

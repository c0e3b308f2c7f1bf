//! The transaction of a migration: foreign keys are switched off around it, and checked inside it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::from_rusqlite;
use crate::{Error, Value, Violation};

/// What a connection remembers of a migration's transaction.
#[derive(Debug, Default)]
pub(super) struct Migration {
    /// Whether foreign keys were enforced before the transaction.
    enforced: bool,
    /// What pointed to nothing when the transaction began.
    before: Vec<Violation>,
    /// The violations last found, and the state of the database they were found in, so that a chain of migrations does
    /// not look twice for the same ones.
    found: Option<(Stamp, Vec<Violation>)>,
}

/// Two equal stamps of one connection mean that nothing was written in between, by it or by another.
type Stamp = (i64, i64);

impl Migration {
    /// Foreign keys go off *outside* the transaction, because inside one the pragma does nothing: dropping the old table
    /// of a rebuild would then delete the rows of every `ON DELETE CASCADE` child. Read back, because the pragma says
    /// nothing when it does nothing. See <https://sqlite.org/pragma.html#pragma_foreign_keys>.
    pub(super) fn begin(&mut self, raw: &Connection) -> Result<(), Error> {
        self.enforced = pragma(raw, "PRAGMA foreign_keys")? != 0;
        raw.execute_batch("PRAGMA foreign_keys = OFF").map_err(from_rusqlite)?;
        if pragma(raw, "PRAGMA foreign_keys")? != 0 {
            return Err(Error::ForeignKeysStayOn);
        }
        let begun = raw.execute_batch("BEGIN IMMEDIATE").map_err(from_rusqlite);
        begun.and_then(|()| self.look(raw)).inspect_err(|_| self.end(raw))
    }

    fn look(&mut self, raw: &Connection) -> Result<(), Error> {
        let stamp = stamp(raw)?;
        self.before = match self.found.take() {
            Some((found_in, violations)) if found_in == stamp => violations,
            Some(_) | None => violations(raw)?,
        };
        Ok(())
    }

    pub(super) fn check(&mut self, raw: &Connection) -> Result<(), Error> {
        let now = violations(raw)?;
        let mut known: BTreeMap<&Violation, usize> = BTreeMap::new();
        for violation in &self.before {
            *known.entry(violation).or_default() += 1;
        }
        let new: Vec<Violation> = now
            .iter()
            .filter(|violation| match known.get_mut(violation) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                Some(_) | None => true,
            })
            .cloned()
            .collect();
        if !new.is_empty() {
            return Err(Error::ForeignKeys(new));
        }
        self.found = Some((stamp(raw)?, now));
        Ok(())
    }

    pub(super) fn commit(&mut self, raw: &Connection) -> Result<(), Error> {
        let committed = raw.execute_batch("COMMIT").map_err(from_rusqlite);
        self.end(raw);
        committed
    }

    pub(super) fn rollback(&mut self, raw: &Connection) -> Result<(), Error> {
        self.found = None;
        self.end(raw);
        Ok(())
    }

    /// Leaves no transaction open, and foreign keys as they were.
    fn end(&mut self, raw: &Connection) {
        if !raw.is_autocommit() {
            // Some errors (disk full) have rolled back already; this one then has nothing left to do.
            let _ = raw.execute_batch("ROLLBACK");
        }
        if self.enforced {
            let _ = raw.execute_batch("PRAGMA foreign_keys = ON");
        }
    }
}

fn pragma(raw: &Connection, sql: &'static str) -> Result<i64, Error> {
    raw.query_row(sql, [], |row| row.get(0)).map_err(from_rusqlite)
}

/// Others' commits move the data version; our own changes move the count of changed rows.
fn stamp(raw: &Connection) -> Result<Stamp, Error> {
    let changes =
        raw.query_row("SELECT total_changes()", [], |row| row.get(0)).map_err(from_rusqlite)?;
    Ok((pragma(raw, "PRAGMA data_version")?, changes))
}

/// Every row whose foreign key points to nothing.
fn violations(raw: &Connection) -> Result<Vec<Violation>, Error> {
    let run = || {
        let mut statement = raw.prepare("PRAGMA foreign_key_check")?;
        let rows = statement.query_map([], |row| {
            Ok(Violation {
                table: row.get(0)?,
                rowid: row.get(1)?,
                parent: row.get(2)?,
                key: row.get(3)?,
            })
        })?;
        rows.collect::<rusqlite::Result<Vec<Violation>>>()
    };
    match run().map_err(from_rusqlite) {
        // A parent key that is not unique makes the check itself fail: a flaw of the schema, told as one.
        Err(Error::Database { message, .. } | Error::Syntax { message, .. })
            if message.contains("foreign key mismatch") =>
        {
            Err(Error::unexpected("the check of foreign keys", Some(&Value::Text(message))))
        }
        answer => answer,
    }
}

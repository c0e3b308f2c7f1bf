//! Statements outside of any transaction: what an interrupted one left behind is cleared away before it is run again.

use std::time::Duration;

use peristyle_schema::QualifiedName;
use peristyle_sql::postgres::Alone;

use super::Postgres;
use super::wire::Status;
use crate::{Connection, Error, Value};

/// How an index stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Index {
    /// There is none.
    Missing,
    /// It is whole.
    Valid,
    /// It was begun and not finished, or half dropped, or somebody is building it at this moment.
    Invalid,
}

/// While it waits, an index that is built concurrently lets others read and write, so it may wait long.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often, and after which pauses, an index is looked at whose builder has just let go.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

impl Postgres {
    /// Runs the statement, unless it was run before.
    pub(super) fn alone(&mut self, sql: &str) -> Result<(), Error> {
        if self.wire.status() != Status::Idle {
            return Err(Error::Database {
                message: "a statement that stands alone cannot be run inside of a transaction"
                    .to_owned(),
                code: None,
            });
        }
        self.still_leased()?;
        match Alone::read(sql) {
            Alone::AddValue => self.add_value(sql),
            Alone::CreateIndex { name, table } => {
                let namespace = table.namespace.as_ref().map_or("public", |name| name.as_str());
                let place = [namespace, table.name.as_str(), name.as_str()];
                self.by_itself(|this| this.create_index(sql, place))
            }
            Alone::DropIndex { name } => self.by_itself(|this| this.drop_index(sql, &name)),
            Alone::Other => self.by_itself(|this| this.execute(sql, &[]).map(drop)),
        }
    }

    /// A transaction of its own will do, and has its settings for itself.
    fn add_value(&mut self, sql: &str) -> Result<(), Error> {
        let settings = self.settings("LOCAL");
        let ran = self
            .simple(&format!("BEGIN; {settings}"))
            .and_then(|()| self.execute(sql, &[]))
            .and_then(|_| self.simple("COMMIT"));
        if ran.is_err() {
            let _ = self.rollback();
        }
        ran
    }

    /// Runs something outside of any transaction, with the settings that a migration has.
    ///
    /// Behind a pooler the next statement may run in another session, and what is set in one would meet strangers: there
    /// nothing is set, and names must mean what they should by themselves.
    fn by_itself(&mut self, run: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        let asked =
            self.query("SELECT pg_backend_pid()::bigint, (current_schemas(false))[1]::text", &[])?;
        let row = asked.rows.into_iter().next().unwrap_or_default();
        let process = row.first().and_then(Value::as_integer);
        let session = self.wire.process().map(i64::from);
        if self.wire.address().pooled || process != session {
            let path = row.get(1).and_then(Value::as_text).unwrap_or("nothing");
            if path != "public" {
                return Err(Error::Database {
                    message: format!(
                        "this connection goes through a pooler, and names on it mean `{path}` first and not `public`; a statement outside of a transaction needs a direct connection (`direct_url`)"
                    ),
                    code: None,
                });
            }
            return run(self);
        }
        let patience = self.lock_timeout;
        self.lock_timeout = patience.max(PATIENCE);
        let settings = self.settings("SESSION");
        self.lock_timeout = patience;
        let set = self.simple(&settings);
        self.process = process;
        let ran = set.and_then(|()| run(self));
        self.process = None;
        // What the session began with comes back; `RESET ALL` would also undo what others set on it.
        let reset = settings.split("; ").filter_map(|setting| setting.split(' ').nth(2));
        let reset: Vec<String> = reset.map(|name| format!("RESET {name}")).collect();
        if !self.wire.is_broken() {
            self.simple(&reset.join("; "))?;
        }
        ran
    }

    fn create_index(&mut self, sql: &str, place: [&str; 3]) -> Result<(), Error> {
        let [namespace, table, name] = place;
        match self.index(namespace, name)? {
            Index::Valid => return Ok(()),
            Index::Invalid => {
                self.wait_for_builders(namespace, table)?;
                if self.was_finished(namespace, name)? {
                    return Ok(());
                }
                self.drop_leftover(namespace, name)?;
            }
            Index::Missing => {}
        }
        let made = self.execute(sql, &[]);
        if made.is_err() && !self.wire.is_broken() && self.index(namespace, name)? == Index::Invalid
        {
            // What cannot be dropped now is dropped by the next run.
            let _ = self.drop_leftover(namespace, name);
        }
        made?;
        match self.index(namespace, name)? {
            Index::Valid => Ok(()),
            Index::Missing | Index::Invalid => Err(Error::Database {
                message: format!(
                    "the index {name} was not made: something else in the namespace {namespace} has its name"
                ),
                code: None,
            }),
        }
    }

    fn drop_index(&mut self, sql: &str, name: &QualifiedName) -> Result<(), Error> {
        let namespace = name.namespace.as_ref().map_or("public", |name| name.as_str());
        match self.index(namespace, name.name.as_str())? {
            Index::Missing => Ok(()),
            Index::Valid | Index::Invalid => self.execute(sql, &[]).map(drop),
        }
    }

    fn index(&mut self, namespace: &str, name: &str) -> Result<Index, Error> {
        let rows = self.query(
            "SELECT index.indisvalid AND index.indisready AND index.indislive FROM pg_catalog.pg_index index \
             JOIN pg_catalog.pg_class relation ON relation.oid = index.indexrelid \
             JOIN pg_catalog.pg_namespace namespace ON namespace.oid = relation.relnamespace \
             WHERE namespace.nspname = $1 AND relation.relname = $2",
            &[Value::from(namespace), Value::from(name)],
        )?;
        Ok(match rows.single() {
            None => Index::Missing,
            Some(Value::Integer(1)) => Index::Valid,
            Some(_) => Index::Invalid,
        })
    }

    /// Who builds an index concurrently holds this lock on its table, also when the client that asked for it is long gone.
    fn wait_for_builders(&mut self, namespace: &str, table: &str) -> Result<(), Error> {
        let quote = |name: &str| self.dialect().quote(name);
        let table = format!("{}.{}", quote(namespace), quote(table));
        let timeout = self.lock_timeout.as_millis();
        self.simple(&format!("BEGIN; SET LOCAL lock_timeout = {timeout}"))?;
        let waited =
            self.execute(&format!("LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE"), &[]);
        let ended = self.simple("ROLLBACK");
        waited?;
        ended
    }

    /// Whether who was building an index has finished it. A builder lets go of its lock on the table a moment before the transaction
    /// commits that calls the index valid, so an invalid one is looked at for a while.
    fn was_finished(&mut self, namespace: &str, name: &str) -> Result<bool, Error> {
        for _ in 0..LOOKS {
            if self.index(namespace, name)? == Index::Valid {
                return Ok(true);
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        Ok(false)
    }

    fn drop_leftover(&mut self, namespace: &str, name: &str) -> Result<(), Error> {
        let quote = |name: &str| self.dialect().quote(name);
        let sql = format!("DROP INDEX CONCURRENTLY IF EXISTS {}.{}", quote(namespace), quote(name));
        self.execute(&sql, &[]).map(drop)
    }
}

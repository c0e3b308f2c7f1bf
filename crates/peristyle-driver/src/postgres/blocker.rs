//! Who is in the way of a statement that waits.

use std::time::Duration;

use super::wire::{Message, Wire};
use super::{Address, Postgres, value};
use crate::{Blocker, Error, Rows, Value};

/// Who blocks the session of the process `$1`; those at the front of the queue before those who queue themselves.
const BLOCKERS: &str = "SELECT other.pid::bigint, coalesce(nullif(other.application_name, ''), other.usename, other.backend_type)::text, \
     left(other.query, 200)::text, date_trunc('second', coalesce(other.xact_start, other.state_change))::text \
     FROM unnest(pg_catalog.pg_blocking_pids($1::int)) AS blocking (pid) \
     JOIN pg_catalog.pg_stat_activity other USING (pid) \
     ORDER BY cardinality(pg_catalog.pg_blocking_pids(other.pid)), other.xact_start LIMIT 1";

/// Who holds a transaction's lock of this number.
const HOLDER: &str = "SELECT other.pid::bigint, coalesce(nullif(other.application_name, ''), other.usename, other.backend_type)::text, \
     left(other.query, 200)::text, date_trunc('second', other.xact_start)::text \
     FROM pg_catalog.pg_locks held JOIN pg_catalog.pg_stat_activity other USING (pid) \
     WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1 \
     AND held.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) \
     AND held.classid::bigint = $1::bigint >> 32 AND held.objid::bigint = $1::bigint & 4294967295 LIMIT 1";

/// Who is in the way is asked a while before the wait would be given up: afterwards nobody is.
const ASKED_AT: (u32, u32) = (3, 4);

impl Postgres {
    /// Waits for the answer to a statement of a migration, and finds out who is in the way if it takes long.
    pub(super) fn attend(&mut self) -> Result<(), Error> {
        let Some(process) = self.process else { return Ok(()) };
        let first = self.lock_timeout * ASKED_AT.0 / ASKED_AT.1;
        let mut asked = None;
        self.blocker = None;
        // A statement may work for a while before it waits.
        while !self.wire.wait(first.max(Duration::from_millis(10)))? {
            let address = self.wire.address();
            // That nobody can be asked is no reason to fail.
            if let Ok(found) = ask(&mut asked, address, process) {
                self.blocker = found;
            }
        }
        Ok(())
    }

    /// The session that holds a transaction's lock.
    pub(super) fn lock_holder(&mut self, key: i64) -> Result<Option<Box<Blocker>>, Error> {
        let (rows, _) = self.run(HOLDER, &[Value::Integer(key)])?;
        Ok(blocker(&rows))
    }
}

fn ask(
    wire: &mut Option<Wire>,
    address: &Address,
    process: i64,
) -> Result<Option<Box<Blocker>>, Error> {
    let wire = match wire {
        Some(wire) => wire,
        None => wire.insert(Wire::connect(address)?),
    };
    wire.parse("", BLOCKERS, [])?;
    wire.bind("", "", [], [&Value::Integer(process)], value::write, [])?;
    wire.describe_portal("")?;
    wire.execute("", 0)?;
    wire.sync()?;
    let mut rows = Rows::default();
    let mut oids = Vec::new();
    while wire.is_awaiting() {
        match wire.receive()? {
            Message::Columns(columns) => oids = columns.iter().map(|column| column.oid).collect(),
            Message::Row(row) => {
                rows.rows.push(row.zip(&oids).map(|(text, oid)| value::read(*oid, text)).collect());
            }
            Message::ParseComplete
            | Message::BindComplete
            | Message::CloseComplete
            | Message::Parameters(_)
            | Message::NoData
            | Message::Suspended
            | Message::Complete(_)
            | Message::Empty
            | Message::CopyIn
            | Message::CopyOut
            | Message::CopyData(_)
            | Message::CopyDone
            | Message::Error(_)
            | Message::Ready(_) => {}
        }
    }
    Ok(blocker(&rows))
}

fn blocker(rows: &Rows) -> Option<Box<Blocker>> {
    let row = rows.rows.first()?;
    let text = |at: usize| row.get(at).and_then(Value::as_text).map(str::to_owned);
    let process = row.first().and_then(Value::as_integer);
    // Only a superuser and the session's own role see what it runs; the server then says so in its place.
    let query = text(2).filter(|query| !query.is_empty() && query != "<insufficient privilege>");
    Some(Box::new(Blocker { process, name: text(1), query, since: text(3) }))
}

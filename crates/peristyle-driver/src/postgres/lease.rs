//! The lease that only one migrator of a database has.
//!
//! A row with an expiry, renewed by a thread with a connection of its own, rather than a session's lock: a session is not ours
//! behind a pooler, and a lock without an end stays when its holder is gone. Each new lease has a higher fence, and a migration
//! looks at it after it has the transaction's lock: who slept too long finds out before anything is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::wire::Wire;
use super::{Address, Postgres, from_server, value};
use crate::{Blocker, Connection, Error, Value};

/// A lease that we have.
#[derive(Debug)]
pub(super) struct Lease {
    fence: i64,
    lost: Arc<AtomicBool>,
    /// Its end ends the heart.
    _heart: Sender<()>,
}

/// How long a lease lives without being renewed.
const LIFE: &str = "interval '15 seconds'";

/// How often it is renewed.
const BEAT: Duration = Duration::from_secs(5);

/// Pauses between tries: the first, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(500));

const TABLE: &str = "CREATE TABLE IF NOT EXISTS public._peristyle_lease (\
    one boolean PRIMARY KEY DEFAULT true CHECK (one), owner text NOT NULL, fence bigint NOT NULL, \
    since timestamp with time zone NOT NULL, expires timestamp with time zone NOT NULL)";

/// What two sessions that make the same table at once are told: it is there, or its type is.
const MADE_BY_ANOTHER: [&str; 2] = ["42P07", "42710"];

impl Postgres {
    /// Takes the lease, or waits for it as long as for a lock.
    pub(super) fn take_lease(&mut self, owner: &str) -> Result<(), Error> {
        if self.lease.is_some() {
            return Ok(());
        }
        self.lease_table()?;
        let end = Instant::now() + self.lock_timeout;
        let mut pause = PAUSES.0;
        let fence = loop {
            if let Some(fence) = self.try_lease(owner)? {
                break fence;
            }
            if Instant::now() + pause > end {
                return Err(Error::Locked(self.lease_holder()?));
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(PAUSES.1);
        };
        let lost = Arc::new(AtomicBool::new(false));
        let (heart, ended) = mpsc::channel();
        let beat = Heart { address: self.wire.address().clone(), fence, lost: Arc::clone(&lost) };
        std::thread::Builder::new()
            .name("peristyle-lease".to_owned())
            .spawn(move || beat.run(&ended))
            .map_err(|error| Error::Database {
                message: format!("the lease cannot be renewed: no thread: {error}"),
                code: None,
            })?;
        self.lease = Some(Lease { fence, lost, _heart: heart });
        Ok(())
    }

    fn lease_table(&mut self) -> Result<(), Error> {
        let there = self.query("SELECT to_regclass('public._peristyle_lease')::text", &[])?;
        if there.single().is_some_and(|name| !name.is_null()) {
            return Ok(());
        }
        match self.execute(TABLE, &[]) {
            Err(error) if error.state().is_some_and(|state| MADE_BY_ANOTHER.contains(&state)) => {
                Ok(())
            }
            // Two at once: the catalog's own key refuses the second.
            Err(Error::Constraint(_)) => Ok(()),
            made => made.map(drop),
        }
    }

    fn try_lease(&mut self, owner: &str) -> Result<Option<i64>, Error> {
        let sql = format!(
            "INSERT INTO public._peristyle_lease AS lease (owner, fence, since, expires) \
             VALUES ($1, 1, clock_timestamp(), clock_timestamp() + {LIFE}) \
             ON CONFLICT (one) DO UPDATE SET owner = excluded.owner, fence = lease.fence + 1, \
             since = excluded.since, expires = excluded.expires \
             WHERE lease.expires < clock_timestamp() RETURNING fence"
        );
        let rows = self.query(&sql, &[Value::from(owner)])?;
        Ok(rows.single().and_then(Value::as_integer))
    }

    fn lease_holder(&mut self) -> Result<Option<Box<Blocker>>, Error> {
        let rows = self.query(
            "SELECT owner, date_trunc('second', since)::text FROM public._peristyle_lease \
             WHERE expires >= clock_timestamp()",
            &[],
        )?;
        Ok(rows.rows.first().map(|row| {
            let text = |at: usize| row.get(at).and_then(Value::as_text).map(str::to_owned);
            let name = text(0).map(|owner| format!("another migrator, {owner},"));
            Box::new(Blocker { process: None, name, query: None, since: text(1) })
        }))
    }

    /// Gives the lease back; one that went to another is not touched.
    pub(super) fn return_lease(&mut self) -> Result<(), Error> {
        let Some(lease) = self.lease.take() else { return Ok(()) };
        if self.wire.is_broken() {
            // It expires.
            return Ok(());
        }
        let sql = "UPDATE public._peristyle_lease SET expires = '-infinity' WHERE fence = $1";
        self.execute(sql, &[Value::Integer(lease.fence)]).map(drop)
    }

    /// The fence of our lease, if we have one.
    pub(super) fn fence(&self) -> Option<i64> {
        self.lease.as_ref().map(|lease| lease.fence)
    }

    /// Makes sure that a lease that we had is still ours; nothing is to be made sure of if we had none.
    pub(super) fn still_leased(&mut self) -> Result<(), Error> {
        let Some(fence) = self.fence() else { return Ok(()) };
        let rows = self.query(
            "SELECT count(*) FROM public._peristyle_lease WHERE fence = $1",
            &[Value::Integer(fence)],
        )?;
        self.fenced(rows.single() == Some(&Value::Integer(1)))
    }

    /// What it means whether the fence is the one that we took.
    pub(super) fn fenced(&mut self, ours: bool) -> Result<(), Error> {
        let lost = self.lease.as_ref().is_some_and(|lease| lease.lost.load(Ordering::Relaxed));
        if ours && !lost {
            return Ok(());
        }
        self.lease = None;
        Err(Error::LeaseLost(
            "this migrator was silent for so long that its lease went to another one; nothing of what was about to be done was done".to_owned(),
        ))
    }
}

/// What renews a lease.
struct Heart {
    address: Address,
    fence: i64,
    lost: Arc<AtomicBool>,
}

impl Heart {
    /// Beats until the lease is given back or lost. A run that is shorter than one beat needs no second connection.
    fn run(self, ended: &mpsc::Receiver<()>) {
        let mut wire = None;
        while ended.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
            match self.beat(&mut wire) {
                Ok(true) => {}
                Ok(false) => {
                    self.lost.store(true, Ordering::Relaxed);
                    return;
                }
                // The next beat tries again, by a new connection.
                Err(_) => wire = None,
            }
        }
    }

    fn beat(&self, wire: &mut Option<Wire>) -> Result<bool, Error> {
        let wire = match wire {
            Some(wire) => wire,
            None => {
                let opened = wire.insert(Wire::connect(&self.address)?);
                // Rather lose the connection than the beat.
                opened.set_answer_timeout(Some(BEAT))?;
                opened
            }
        };
        let sql = format!(
            "UPDATE public._peristyle_lease SET expires = clock_timestamp() + {LIFE} WHERE fence = $1"
        );
        wire.parse("", &sql, [])?;
        wire.bind("", "", [], [&Value::Integer(self.fence)], value::write, [])?;
        wire.execute("", 0)?;
        wire.sync()?;
        let mut renewed = 0;
        while wire.is_awaiting() {
            match wire.receive()? {
                super::Message::Complete(completion) => renewed = completion.changed,
                super::Message::Error(error) => return Err(from_server(*error, &sql)),
                super::Message::ParseComplete
                | super::Message::BindComplete
                | super::Message::CloseComplete
                | super::Message::Parameters(_)
                | super::Message::Columns(_)
                | super::Message::NoData
                | super::Message::Row(_)
                | super::Message::Suspended
                | super::Message::Empty
                | super::Message::CopyIn
                | super::Message::CopyOut
                | super::Message::CopyData(_)
                | super::Message::CopyDone
                | super::Message::Ready(_) => {}
            }
        }
        Ok(renewed == 1)
    }
}

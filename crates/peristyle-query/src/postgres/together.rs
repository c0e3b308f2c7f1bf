//! Statements that are said together and answered one after the other: one round trip for all of them.

use std::sync::Arc;

use peristyle_driver::postgres::wire::{IsNull, Message, Status, Wire};

use super::engine::Engine;
use super::error;
use crate::statement::{self, Shape};
use crate::{Error, Result};

/// All statements see the database as it was when the first one began.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Statements under way. Those that are prepared next, in the order in which these were said, take their answers instead of
/// being run.
///
/// What is not answered when it is dropped is skipped, and a transaction that it began is rolled back.
pub(crate) struct Together<'c> {
    engine: &'c Engine,
    /// Whether they are to see one state of the database, which a transaction of their own shows them.
    snapshot: bool,
    begun: bool,
}

impl Engine {
    /// Several statements are about to be said together.
    pub(crate) fn together(&self, snapshot: bool) -> Together<'_> {
        Together { engine: self, snapshot, begun: false }
    }

    /// Whether a statement was said and is not answered.
    fn is_under_way(&self) -> bool {
        !self.under_way.borrow().is_empty()
    }

    /// Reads the answer to the next statement of those that are under way.
    pub(super) fn answer(&self, shape: &Shape, mut each: impl FnMut(Message<'_>)) -> Result<()> {
        self.stale.set(false);
        let mut wire = self.wire.borrow_mut();
        let refused = loop {
            self.await_answer(&mut wire)?;
            match wire.receive().map_err(error::lost)? {
                Message::Error(refused) => break refused,
                Message::Complete(_) if self.prelude.take() => {}
                Message::Ready(_) if self.beginning.take() => {}
                Message::Ready(_) => {
                    let reason = "the server answered fewer statements than it was asked";
                    return Err(Error::Connection { reason: reason.to_owned() });
                }
                message @ (Message::Complete(_) | Message::Suspended | Message::Empty) => {
                    each(message);
                    return Ok(());
                }
                message => each(message),
            }
        };
        // The server skips what was said behind it.
        self.under_way.borrow_mut().clear();
        wire.finish().map_err(error::lost)?;
        if error::is_stale(&refused) {
            self.forget(&mut wire)?;
            self.stale.set(true);
        }
        Err(error::of_statement(&refused, shape.source()))
    }
}

impl Together<'_> {
    /// Says statements that are all there is, or all that can be said before something is answered.
    pub(crate) fn say(&mut self, statements: &[&statement::Statement], last: bool) -> Result<()> {
        let engine = self.engine;
        // All are prepared before anything is said, so that one that is refused leaves nothing half said.
        let mut prepared = Vec::with_capacity(statements.len());
        for statement in statements {
            let mut next = engine.prepare(&statement.shape)?;
            for value in &statement.binds {
                next.put(value).map_err(|source| next.refused(None, source))?;
            }
            prepared.push(next);
        }
        let mut wire = engine.ready()?;
        if self.snapshot && !self.begun {
            command(&mut wire, SNAPSHOT)?;
            self.begun = true;
            engine.prelude.set(true);
        } else if engine.beginning.get() {
            engine.prelude.set(true);
        }
        for next in &prepared {
            next.say(&mut wire, 0)?;
            engine.under_way.borrow_mut().push_back(Arc::clone(&next.statement));
        }
        if self.begun && last {
            command(&mut wire, "COMMIT")?;
        }
        wire.sync().map_err(error::lost)
    }

    /// Reads what is left of the answers.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        let engine = self.engine;
        engine.under_way.borrow_mut().clear();
        engine.prelude.set(false);
        engine.beginning.set(false);
        let (refused, left_open) = {
            let mut wire = engine.wire.borrow_mut();
            let refused = wire.finish().map_err(error::lost)?;
            (refused, !wire.is_broken() && wire.status() != Status::Idle)
        };
        if std::mem::take(&mut self.begun) && left_open {
            engine.batch("ROLLBACK")?;
        }
        match refused {
            None => Ok(()),
            Some(refused) => Err(error::general(&refused)),
        }
    }
}

impl Drop for Together<'_> {
    fn drop(&mut self) {
        let open = self.begun || self.engine.is_under_way();
        if open && !self.engine.wire.borrow().is_broken() {
            // Nobody is left to tell; a session that was lost here says so at its next statement.
            let _ = self.end();
        }
    }
}

/// Says a statement that takes no values and gives no rows.
fn command(wire: &mut Wire, sql: &str) -> Result<()> {
    let mut said = || {
        wire.parse("", sql, [])?;
        let nothing = std::iter::empty::<()>();
        wire.bind("", "", [], nothing, |(), _| Ok(IsNull::Yes), [])?;
        wire.execute("", 0)
    };
    said().map_err(error::lost)
}

//! Rows that are copied in: `COPY … FROM STDIN`, which is made for many
//! (<https://www.postgresql.org/docs/current/sql-copy.html>).

use peristyle_driver::postgres::wire::Message;

use super::encode::{binary_field, text_field};
use super::engine::Engine;
use super::error;
use super::kind::Kind;
use super::words::PostgresWords;
use crate::render::Words;
use crate::source::SourceInfo;
use crate::statement::Shape;
use crate::{Bind, Error, Result, ValueError};

/// What begins a copy in binary form: its signature, no flags, no extension.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What ends it, in place of a number of fields.
const TAIL: i16 = -1;

/// What is sent at once.
const PIECE: usize = 32 * 1024;

/// Rows on their way into some columns of a table.
pub(crate) struct CopyIn<'c> {
    engine: &'c Engine,
    source: &'static SourceInfo,
    kinds: Vec<Kind>,
    binary: bool,
    out: Vec<u8>,
    open: bool,
}

impl Engine {
    /// Begins to copy rows into the columns that `one` inserts one row into; as text if it is asked for, or if the binary form
    /// of a column is not known.
    pub(crate) fn copy_in(&self, one: &Shape, as_text: bool) -> Result<CopyIn<'_>> {
        let Shape::Insert(insert) = one else {
            let reason = "only rows that are inserted can be copied".to_owned();
            return Err(Error::Interrupted { reason });
        };
        let kinds: Vec<Kind> = self.types(one)?.iter().map(|oid| Kind::of(*oid)).collect();
        let binary = !as_text && kinds.iter().all(|kind| kind.is_binary());
        let source = insert.source.0;
        let columns: Vec<String> = insert
            .columns
            .iter()
            .map(|column| PostgresWords.quote(source.column_name(*column)))
            .collect();
        let sql = format!(
            "COPY {} ({}) FROM STDIN{}",
            PostgresWords.source(source),
            columns.join(", "),
            if binary { " (FORMAT binary)" } else { "" }
        );
        let mut copy = CopyIn { engine: self, source, kinds, binary, out: Vec::new(), open: false };
        copy.begin(&sql)?;
        Ok(copy)
    }
}

impl CopyIn<'_> {
    fn begin(&mut self, sql: &str) -> Result<()> {
        let engine = self.engine;
        {
            let mut wire = engine.ready()?;
            wire.query(sql).map_err(error::lost)?;
        }
        self.wait_for(|message| matches!(message, Message::CopyIn))?;
        self.open = true;
        if self.binary {
            self.out.extend_from_slice(HEAD);
        }
        Ok(())
    }

    /// Adds a row; `false` if one of its values has no binary form, and then nothing of it was added.
    pub(crate) fn put<'v>(
        &mut self,
        values: impl ExactSizeIterator<Item = (u16, Bind<'v>)>,
    ) -> Result<bool> {
        let start = self.out.len();
        if self.binary {
            let fields = i16::try_from(values.len()).unwrap_or(i16::MAX);
            self.out.extend(fields.to_be_bytes());
        }
        for (at, (column, value)) in values.enumerate() {
            let kind = self.kinds.get(at).copied().unwrap_or(Kind::Other);
            if self.binary {
                match binary_field(&value, kind, &mut self.out) {
                    Ok(true) => {}
                    Ok(false) => {
                        self.out.truncate(start);
                        return Ok(false);
                    }
                    Err(source) => return Err(self.refused(column, source)),
                }
            } else {
                if at > 0 {
                    self.out.push(b'\t');
                }
                if let Err(source) = text_field(&value, &mut self.out) {
                    return Err(self.refused(column, source));
                }
            }
        }
        if !self.binary {
            self.out.push(b'\n');
        }
        if self.out.len() >= PIECE {
            self.send()?;
        }
        Ok(true)
    }

    fn refused(&self, column: u16, source: ValueError) -> Error {
        let of = self.source;
        Error::Value { table: of.name, column: Some(of.column_name(column)), source }
    }

    fn send(&mut self) -> Result<()> {
        let mut wire = self.engine.wire.borrow_mut();
        wire.copy_data(&self.out).map_err(error::lost)?;
        self.out.clear();
        wire.send().map_err(error::lost)
    }

    /// Says that these were all, and how many they were.
    pub(crate) fn finish(mut self) -> Result<u64> {
        if self.binary {
            self.out.extend(TAIL.to_be_bytes());
        }
        self.send()?;
        self.engine.wire.borrow_mut().copy_done().map_err(error::lost)?;
        self.open = false;
        let mut rows = 0;
        self.wait_for(|message| {
            if let Message::Complete(completion) = message {
                rows = completion.changed;
            }
            false
        })?;
        Ok(rows)
    }

    /// Reads what the server says until `until` holds, or it is ready for something else; its error, if it says one.
    fn wait_for(&self, mut until: impl FnMut(&Message<'_>) -> bool) -> Result<()> {
        let engine = self.engine;
        let mut wire = engine.wire.borrow_mut();
        let mut failed = None;
        loop {
            match wire.receive().map_err(error::lost)? {
                Message::Error(refused) => {
                    failed.get_or_insert(refused);
                    if wire.is_broken() {
                        break;
                    }
                }
                Message::Ready(_) if engine.beginning.take() => {}
                Message::Ready(_) => break,
                message if until(&message) => return Ok(()),
                _ => {}
            }
        }
        match failed {
            None => Ok(()),
            Some(refused) => Err(error::of_statement(&refused, self.source)),
        }
    }
}

impl Drop for CopyIn<'_> {
    fn drop(&mut self) {
        if std::mem::take(&mut self.open) {
            let mut wire = self.engine.wire.borrow_mut();
            // Nobody is left to tell; the next statement skips the server's answer to this.
            let _ = wire.copy_fail("the rows that were copied have come to no end");
            let _ = wire.finish();
        }
    }
}

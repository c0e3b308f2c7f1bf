//! PostgreSQL's protocol, spoken on one blocking connection: no runtime, no thread.
//!
//! What is said is first written to a buffer and goes out with [`Wire::send`], or when an answer is asked for, so that any
//! number of statements can be under way at once. Rows are read where they came in, without being copied.
//!
//! The messages themselves are put together and taken apart by the crate `postgres-protocol`; see
//! <https://www.postgresql.org/docs/current/protocol.html>.

mod cancel;
mod flow;
mod input;
mod message;
mod say;
mod startup;
mod stream;
mod tls;

use std::collections::BTreeMap;
use std::error;
use std::io::{self, Write};
use std::time::Duration;

use bytes::BytesMut;
use postgres_protocol::message::{backend, frontend};

pub use bytes;
pub use postgres_protocol::{IsNull, Oid, types};

pub use self::cancel::Canceller;
pub use self::message::{Column, Completion, Message, Row, Status};

use self::input::{Frame, Input};
use self::message::columns;
use self::stream::Stream;
use super::error::{lost, unreachable};
use super::{Address, ServerError};
use crate::Error;

/// A session with a server.
#[derive(Debug)]
pub struct Wire {
    address: Address,
    stream: Stream,
    encrypted: bool,
    input: Input,
    output: BytesMut,
    status: Status,
    /// How many `Ready` messages are still to come.
    awaited: usize,
    parameters: BTreeMap<String, String>,
    notices: Vec<ServerError>,
    key: Option<(i32, i32)>,
    broken: bool,
}

/// Why a parameter could not be written.
pub type WriteError = Box<dyn error::Error + Send + Sync>;

/// The parameters' and results' format: text.
pub const TEXT: i16 = 0;

/// The parameters' and results' format: each type's own bytes.
pub const BINARY: i16 = 1;

/// Notices beyond this many are forgotten, the oldest first.
const NOTICES_KEPT: usize = 100;

impl Wire {
    /// Connects and logs in.
    pub fn connect(address: &Address) -> Result<Self, Error> {
        let failed = |error: io::Error| unreachable(address, &error);
        let stream = Stream::connect(address)?;
        let mut wire = Self {
            address: address.clone(),
            encrypted: stream.is_encrypted(),
            stream,
            input: Input::new(),
            output: BytesMut::with_capacity(1024),
            status: Status::Idle,
            awaited: 0,
            parameters: BTreeMap::new(),
            notices: Vec::new(),
            key: None,
            broken: false,
        };
        wire.start(address)?;
        wire.stream.set_read_timeout(None).map_err(failed)?;
        Ok(wire)
    }

    /// Whom it is connected to.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Where the session stands, as far as answers have been read.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What the server last said of one of its settings (`server_version`, `TimeZone`, …).
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// The notices that came since they were last taken.
    pub fn take_notices(&mut self) -> Vec<ServerError> {
        std::mem::take(&mut self.notices)
    }

    /// Whether the session is over, or in a state that nobody can know.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the server has not ended the session while nothing was asked of it. It takes a look and waits for nothing.
    pub fn is_alive(&mut self) -> bool {
        if !self.broken && self.awaited == 0 {
            self.look().unwrap_or_else(|error| drop(self.fail(&error)));
        }
        !self.broken
    }

    /// Whether the connection is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The server's number of this session's process.
    pub fn process(&self) -> Option<i32> {
        self.key.map(|(process, _)| process)
    }

    /// What another thread needs to stop what this session runs.
    pub fn canceller(&self) -> Canceller {
        Canceller { address: self.address.clone(), key: self.key }
    }

    /// Limits how long an answer is waited for; after the limit the session is broken.
    pub fn set_answer_timeout(&self, timeout: Option<Duration>) -> Result<(), Error> {
        self.stream.set_read_timeout(timeout).map_err(|error| lost(&error))
    }

    /// Sends what was said so far.
    pub fn send(&mut self) -> Result<(), Error> {
        self.usable()?;
        self.send_now().map_err(|error| self.fail(&error))
    }

    /// The next answer; what was said so far is sent first. Notices and changed settings are taken note of and not returned.
    pub fn receive(&mut self) -> Result<Message<'_>, Error> {
        self.send()?;
        let frame = loop {
            let frame = self.frame().map_err(|error| self.fail(&error))?;
            match frame.tag {
                backend::NOTICE_RESPONSE_TAG
                | backend::PARAMETER_STATUS_TAG
                | backend::NOTIFICATION_RESPONSE_TAG => {
                    self.aside(frame).map_err(|error| self.fail(&error))?;
                }
                _ => break frame,
            }
        };
        // Rows first: there are more of them than of anything else.
        if frame.tag == backend::DATA_ROW_TAG {
            return match Row::new(self.input.body(frame)) {
                Some(row) => Ok(Message::Row(row)),
                None => {
                    self.broken = true;
                    Err(lost(&malformed()))
                }
            };
        }
        if frame.tag == backend::COPY_DATA_TAG {
            return Ok(Message::CopyData(self.input.body(frame)));
        }
        self.answer(frame).map_err(|error| self.fail(&error))
    }

    /// Waits until an answer begins to come, but not longer than this; says whether one does. What was said so far is sent
    /// first.
    pub fn wait(&mut self, timeout: Duration) -> Result<bool, Error> {
        self.send()?;
        if !self.input.is_empty() {
            return Ok(true);
        }
        let waited = self.wait_for_input(timeout);
        waited.map_err(|error| self.fail(&error))
    }

    /// Skips answers until everything that was asked has been answered, and returns the first error among them.
    pub fn finish(&mut self) -> Result<Option<Box<ServerError>>, Error> {
        let mut first = None;
        while self.awaited > 0 {
            match self.receive()? {
                Message::Error(error) => {
                    first.get_or_insert(error);
                }
                Message::CopyIn => self.copy_fail("nothing is there to be copied")?,
                Message::ParseComplete
                | Message::BindComplete
                | Message::CloseComplete
                | Message::Parameters(_)
                | Message::Columns(_)
                | Message::NoData
                | Message::Row(_)
                | Message::Suspended
                | Message::Complete(_)
                | Message::Empty
                | Message::CopyOut
                | Message::CopyData(_)
                | Message::CopyDone
                | Message::Ready(_) => {}
            }
        }
        Ok(first)
    }

    /// Whether something was asked that is not answered yet.
    pub fn is_awaiting(&self) -> bool {
        self.awaited > 0
    }

    fn answer(&mut self, frame: Frame) -> io::Result<Message<'static>> {
        Ok(match self.parsed(frame)? {
            backend::Message::ParseComplete => Message::ParseComplete,
            backend::Message::BindComplete => Message::BindComplete,
            backend::Message::CloseComplete => Message::CloseComplete,
            backend::Message::NoData => Message::NoData,
            backend::Message::PortalSuspended => Message::Suspended,
            backend::Message::EmptyQueryResponse => Message::Empty,
            backend::Message::CopyInResponse(_) => Message::CopyIn,
            backend::Message::CopyOutResponse(_) => Message::CopyOut,
            backend::Message::CopyDone => Message::CopyDone,
            backend::Message::ParameterDescription(body) => {
                use fallible_iterator::FallibleIterator;
                Message::Parameters(body.parameters().collect()?)
            }
            backend::Message::RowDescription(body) => Message::Columns(columns(&body)?),
            backend::Message::CommandComplete(body) => {
                Message::Complete(Completion::read(body.tag()?))
            }
            backend::Message::ErrorResponse(body) => {
                let error = ServerError::read(body.fields());
                self.broken |= error.is_fatal();
                if self.broken {
                    self.awaited = 0;
                }
                Message::Error(Box::new(error))
            }
            backend::Message::ReadyForQuery(body) => {
                self.status = Status::read(body.status()).ok_or_else(malformed)?;
                self.awaited = self.awaited.saturating_sub(1);
                Message::Ready(self.status)
            }
            _ => return Err(malformed()),
        })
    }

    /// What a server says without being asked.
    fn aside(&mut self, frame: Frame) -> io::Result<()> {
        match self.parsed(frame)? {
            backend::Message::NoticeResponse(body) => {
                if self.notices.len() == NOTICES_KEPT {
                    self.notices.remove(0);
                }
                self.notices.push(ServerError::read(body.fields()));
            }
            backend::Message::ParameterStatus(body) => self.parameter_status(&body),
            _ => {}
        }
        Ok(())
    }

    fn parameter_status(&mut self, body: &backend::ParameterStatusBody) {
        if let (Ok(name), Ok(value)) = (body.name(), body.value()) {
            self.parameters.insert(name.to_owned(), value.to_owned());
        }
    }

    fn parsed(&self, frame: Frame) -> io::Result<backend::Message> {
        let mut bytes = BytesMut::from(self.input.whole(frame));
        backend::Message::parse(&mut bytes)?.ok_or_else(malformed)
    }

    fn usable(&self) -> Result<(), Error> {
        if self.broken { Err(lost(&closed())) } else { Ok(()) }
    }

    fn fail(&mut self, error: &io::Error) -> Error {
        self.broken = true;
        self.awaited = 0;
        self.output.clear();
        lost(error)
    }
}

impl Drop for Wire {
    /// Says goodbye, so that the server does not log a lost connection.
    fn drop(&mut self) {
        if !self.broken {
            self.output.clear();
            frontend::terminate(&mut self.output);
            let _ = self.stream.set_nonblocking(true);
            let _ = self.stream.write(&self.output);
        }
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection")
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the server sent a message that is not understood")
}

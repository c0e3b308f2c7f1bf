//! What is said to a server: it waits in the buffer until it is sent.

use std::io;

use bytes::BytesMut;
use postgres_protocol::message::frontend;
use postgres_protocol::{IsNull, Oid};

use super::super::ServerError;
use super::{Wire, WriteError};
use crate::Error;

impl Wire {
    /// Asks for a script of any number of statements to be run. Answered up to one [`Message::Ready`].
    pub fn query(&mut self, script: &str) -> Result<(), Error> {
        self.write(|output| frontend::query(script, output))?;
        self.awaited += 1;
        Ok(())
    }

    /// Asks for a statement to be parsed and kept under a name; the empty name is given anew each time. Types that are not
    /// given, or 0, the server finds out.
    pub fn parse(
        &mut self,
        name: &str,
        sql: &str,
        types: impl IntoIterator<Item = Oid>,
    ) -> Result<(), Error> {
        self.write(|output| frontend::parse(name, sql, types, output))
    }

    /// Asks for the types of a statement's parameters and columns.
    pub fn describe_statement(&mut self, name: &str) -> Result<(), Error> {
        self.write(|output| frontend::describe(b'S', name, output))
    }

    /// Asks for the columns of a portal.
    pub fn describe_portal(&mut self, name: &str) -> Result<(), Error> {
        self.write(|output| frontend::describe(b'P', name, output))
    }

    /// Binds values to a parsed statement and makes a portal of it; the empty name is given anew each time.
    ///
    /// A list of formats has one for each value or column, or one for all of them, or is empty, which means text.
    pub fn bind<T>(
        &mut self,
        portal: &str,
        statement: &str,
        formats: impl IntoIterator<Item = i16>,
        values: impl IntoIterator<Item = T>,
        write: impl FnMut(T, &mut BytesMut) -> Result<IsNull, WriteError>,
        results: impl IntoIterator<Item = i16>,
    ) -> Result<(), Error> {
        self.write(|output| {
            frontend::bind(portal, statement, formats, values, write, results, output).map_err(
                |error| match error {
                    frontend::BindError::Conversion(error) => {
                        io::Error::new(io::ErrorKind::InvalidInput, error)
                    }
                    frontend::BindError::Serialization(error) => error,
                },
            )
        })
    }

    /// Runs a portal; at most `limit` rows come at once, all of them if it is 0.
    pub fn execute(&mut self, portal: &str, limit: i32) -> Result<(), Error> {
        self.write(|output| frontend::execute(portal, limit, output))
    }

    /// Forgets a parsed statement.
    pub fn close_statement(&mut self, name: &str) -> Result<(), Error> {
        self.write(|output| frontend::close(b'S', name, output))
    }

    /// Forgets a portal.
    pub fn close_portal(&mut self, name: &str) -> Result<(), Error> {
        self.write(|output| frontend::close(b'P', name, output))
    }

    /// Ends a stretch of messages: an error in it skips what is left of it, and one [`Message::Ready`] answers.
    /// Outside of a transaction the stretch is one transaction.
    pub fn sync(&mut self) -> Result<(), Error> {
        self.write(|output| {
            frontend::sync(output);
            Ok(())
        })?;
        self.awaited += 1;
        Ok(())
    }

    /// Asks for the answers so far without ending the stretch.
    pub fn request_answers(&mut self) -> Result<(), Error> {
        self.write(|output| {
            frontend::flush(output);
            Ok(())
        })
    }

    /// Sends a piece of what is copied in.
    pub fn copy_data(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.write(|output| {
            frontend::CopyData::new(piece)?.write(output);
            Ok(())
        })
    }

    /// Ends copying in.
    pub fn copy_done(&mut self) -> Result<(), Error> {
        self.write(|output| {
            frontend::copy_done(output);
            Ok(())
        })
    }

    /// Gives up copying in.
    pub fn copy_fail(&mut self, reason: &str) -> Result<(), Error> {
        self.write(|output| frontend::copy_fail(reason, output))
    }

    /// Writes one message into the buffer, or nothing of it if it cannot be written.
    fn write(&mut self, write: impl FnOnce(&mut BytesMut) -> io::Result<()>) -> Result<(), Error> {
        self.usable()?;
        let before = self.output.len();
        write(&mut self.output).map_err(|error| {
            self.output.truncate(before);
            Error::Server(Box::new(ServerError {
                severity: "ERROR".to_owned(),
                // What a server says of a parameter that it cannot read.
                state: "22023".to_owned(),
                message: format!("the statement or a value cannot be sent: {error}"),
                ..ServerError::default()
            }))
        })
    }
}

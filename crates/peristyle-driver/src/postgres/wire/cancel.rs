//! Stopping a running statement from another thread.

use std::io::{self, Read, Write};

use bytes::BytesMut;
use postgres_protocol::message::frontend;

use super::super::Address;
use super::stream::Stream;

/// What is needed to stop what a session runs.
#[derive(Debug, Clone)]
pub struct Canceller {
    pub(super) address: Address,
    pub(super) key: Option<(i32, i32)>,
}

impl Canceller {
    /// Asks the server, by a connection of its own, to stop what the session runs; a statement that was running then fails.
    pub fn cancel(&self) -> io::Result<()> {
        let Some((process, secret)) = self.key else {
            return Err(io::Error::other("the server gave no key to cancel with"));
        };
        let mut stream = Stream::connect(&self.address)?;
        stream.set_read_timeout(Some(self.address.connect_timeout))?;
        let mut message = BytesMut::new();
        frontend::cancel_request(process, secret, &mut message);
        stream.write_all(&message)?;
        // The server closes the connection when it has passed the request on.
        let _ = stream.read(&mut [0])?;
        Ok(())
    }
}

//! Stopping a running statement from another thread.

use std::io::{self, Read, Write};

use bytes::BytesMut;
use postgres_protocol::message::frontend;

use super::super::Address;
use super::super::error::unreachable;
use super::stream::Stream;
use crate::Error;

/// What is needed to stop what a session runs.
#[derive(Debug, Clone)]
pub struct Canceller {
    pub(super) address: Address,
    pub(super) key: Option<(i32, i32)>,
}

impl Canceller {
    /// Asks the server, by a connection of its own, to stop what the session runs; a statement that was running then fails.
    pub fn cancel(&self) -> Result<(), Error> {
        let failed = |error: io::Error| unreachable(&self.address, &error);
        let Some((process, secret)) = self.key else {
            return Err(failed(io::Error::other("the server gave no key to cancel with")));
        };
        let mut stream = Stream::connect(&self.address)?;
        let mut message = BytesMut::new();
        frontend::cancel_request(process, secret, &mut message);
        stream.write_all(&message).and_then(|()| stream.flush()).map_err(failed)?;
        // The server closes the connection when it has passed the request on.
        let _ = stream.read(&mut [0]);
        Ok(())
    }
}

//! Bytes there and back, so that neither side waits for the other for ever.

use std::io::{self, Write};
use std::time::Duration;

use postgres_protocol::message::backend;

use super::input::Frame;
use super::{Wire, closed};

/// More than this at once is written while answers are read, or both sides could wait for each other for ever.
const SAFE_TO_WRITE: usize = 64 * 1024;

/// Pauses of a side that can neither write nor read: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_micros(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(2);

impl Wire {
    /// Reads what the server said without being asked.
    pub(super) fn look(&mut self) -> io::Result<()> {
        self.stream.set_nonblocking(true)?;
        let read = self.input.fill(&mut self.stream);
        self.stream.set_nonblocking(false)?;
        match read {
            Ok(0) => return Err(closed()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        while let Some(frame) = self.input.take()? {
            match frame.tag {
                backend::NOTICE_RESPONSE_TAG
                | backend::PARAMETER_STATUS_TAG
                | backend::NOTIFICATION_RESPONSE_TAG => self.aside(frame)?,
                // It says goodbye with an error; anything else was not asked for.
                _ => return Err(closed()),
            }
        }
        Ok(())
    }

    pub(super) fn wait_for_input(&mut self, timeout: Duration) -> io::Result<bool> {
        self.stream.set_read_timeout(Some(timeout))?;
        let read = self.input.fill(&mut self.stream);
        self.stream.set_read_timeout(None)?;
        match read {
            Ok(0) => Err(closed()),
            Ok(_) => Ok(true),
            Err(error) => match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Ok(false),
                io::ErrorKind::Interrupted => Ok(true),
                _ => Err(error),
            },
        }
    }

    /// The next whole message.
    pub(super) fn frame(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = self.input.take()? {
                return Ok(frame);
            }
            match self.input.fill(&mut self.stream) {
                Ok(0) => return Err(closed()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub(super) fn send_now(&mut self) -> io::Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        if self.output.len() <= SAFE_TO_WRITE && self.awaited <= 1 {
            self.stream.write_all(&self.output)?;
            self.stream.flush()?;
        } else {
            self.stream.set_nonblocking(true)?;
            let sent = self.send_and_listen();
            self.stream.set_nonblocking(false)?;
            sent?;
        }
        self.output.clear();
        Ok(())
    }

    /// Writes, and reads when the server does not take more: it may be waiting for us to read.
    fn send_and_listen(&mut self) -> io::Result<()> {
        let mut written = 0;
        let mut pause = FIRST_PAUSE;
        while written < self.output.len() {
            match self.stream.write(&self.output[written..]) {
                Ok(0) => return Err(closed()),
                Ok(count) => {
                    written += count;
                    pause = FIRST_PAUSE;
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            self.listen(&mut pause)?;
        }
        loop {
            // What is encrypted may have been taken and not sent yet.
            match self.stream.flush() {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.listen(&mut pause)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads what is there, or pauses if nothing is.
    fn listen(&mut self, pause: &mut Duration) -> io::Result<()> {
        match self.input.fill(&mut self.stream) {
            Ok(0) => return Err(closed()),
            Ok(_) => *pause = FIRST_PAUSE,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                std::thread::sleep(*pause);
                *pause = (*pause * 2).min(LONGEST_PAUSE);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

//! What came from the server and was not read yet.

use std::io::{self, Read};

/// Bytes as they came, cut into messages without being copied.
#[derive(Debug)]
pub(super) struct Input {
    bytes: Vec<u8>,
    start: usize,
    end: usize,
}

/// Where a message stands in the input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) tag: u8,
    start: usize,
    end: usize,
}

/// The tag and the length.
const HEADER: usize = 5;

/// How much is asked of the system at once, at least.
const CHUNK: usize = 16 * 1024;

impl Input {
    pub(super) fn new() -> Self {
        Self { bytes: vec![0; CHUNK], start: 0, end: 0 }
    }

    /// Takes the next message, if the whole of it is there.
    pub(super) fn take(&mut self) -> io::Result<Option<Frame>> {
        let Some(total) = self.wanted()? else { return Ok(None) };
        if self.end - self.start < total {
            return Ok(None);
        }
        let frame =
            Frame { tag: self.bytes[self.start], start: self.start, end: self.start + total };
        self.start = frame.end;
        Ok(Some(frame))
    }

    /// The length of the next message with its header, if that much is known.
    fn wanted(&self) -> io::Result<Option<usize>> {
        let Some(&[_, a, b, c, d]) = self.bytes[self.start..self.end].first_chunk::<HEADER>()
        else {
            return Ok(None);
        };
        let length = i32::from_be_bytes([a, b, c, d]);
        match usize::try_from(length) {
            Ok(length) if length >= 4 => Ok(Some(length + 1)),
            Ok(_) | Err(_) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a message of the server has an impossible length",
            )),
        }
    }

    /// Reads once what is there. What was taken before is forgotten.
    pub(super) fn fill(&mut self, from: &mut impl Read) -> io::Result<usize> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
        let wanted = self.wanted()?.unwrap_or(0).max(CHUNK);
        if self.bytes.len() - self.start < wanted || self.end == self.bytes.len() {
            self.bytes.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            if self.bytes.len() < wanted || self.end == self.bytes.len() {
                self.bytes.resize(wanted.max(self.end + CHUNK), 0);
            }
        }
        let read = from.read(&mut self.bytes[self.end..])?;
        self.end += read;
        Ok(read)
    }

    /// The message without its header.
    pub(super) fn body(&self, frame: Frame) -> &[u8] {
        &self.bytes[frame.start + HEADER..frame.end]
    }

    /// The message with its header.
    pub(super) fn whole(&self, frame: Frame) -> &[u8] {
        &self.bytes[frame.start..frame.end]
    }

    /// Whether nothing is waiting to be read.
    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

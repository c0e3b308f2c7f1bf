//! What can go wrong with a program.

use std::io;

/// Why a program could not be run, or how it failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or the system would not start it.
    #[error("`{program}` could not be started: {reason}. {advice}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system said.
        reason: io::Error,
        /// What to do about it.
        advice: &'static str,
    },
    /// It ran and said no.
    #[error("`{program}` failed: {words}")]
    Failed {
        /// The program and its arguments.
        program: String,
        /// The end of what it said.
        words: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// The file or folder.
        path: String,
        /// What the system said.
        reason: io::Error,
    },
}

impl Error {
    /// An error on the file or folder at `path`.
    pub fn file(path: &std::path::Path, reason: io::Error) -> Self {
        Self::File { path: path.display().to_string(), reason }
    }
}

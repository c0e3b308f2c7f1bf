//! Why a command did not do what it was asked.

use peristyle_migrate::{Error, ErrorKind};
use peristyle_schema::{Diagnostic, Severity};
use peristyle_sql::Decision;

use crate::exit::Exit;

/// A command's end other than success: the exit code, and what to tell.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What a person must decide.
    pub decisions: Vec<Decision>,
}

impl Failure {
    /// A failure told by one diagnostic.
    pub fn new(exit: Exit, diagnostic: Diagnostic) -> Self {
        Self { exit, diagnostics: vec![diagnostic], decisions: Vec::new() }
    }

    /// A failure told by several diagnostics.
    pub fn all(exit: Exit, diagnostics: Vec<Diagnostic>) -> Self {
        Self { exit, diagnostics, decisions: Vec::new() }
    }

    /// The arguments or the configuration cannot be used.
    pub fn usage(diagnostic: Diagnostic) -> Self {
        Self::new(Exit::Usage, diagnostic)
    }

    /// The end after an interrupted prompt.
    pub fn interrupted() -> Self {
        Self { exit: Exit::Interrupted, diagnostics: Vec::new(), decisions: Vec::new() }
    }

    /// The stable name of what went wrong: the first error's code, or else the exit code's name.
    pub fn code(&self) -> &str {
        self.diagnostics
            .iter()
            .find(|diagnostic| diagnostic.severity == Severity::Error)
            .map_or(self.exit.name(), |diagnostic| &diagnostic.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::Failure => Exit::Failure,
            ErrorKind::Usage => Exit::Usage,
            ErrorKind::Check => Exit::CheckFailed,
            ErrorKind::Locked => Exit::LockHeld,
            ErrorKind::Decision => Exit::DecisionNeeded,
            ErrorKind::Verification => Exit::VerificationFailed,
            ErrorKind::Connection => Exit::Connection,
            ErrorKind::Interrupted => Exit::Interrupted,
        };
        match error {
            Error::Undecided(decisions) => Self { exit, diagnostics: Vec::new(), decisions },
            other => Self::all(exit, other.diagnostics()),
        }
    }
}

/// An input or output error on a path, told with what was being done.
pub fn io(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::new(
        Exit::Failure,
        Diagnostic::error("io", format!("cannot {doing} {}: {error}", path.display())),
    )
}

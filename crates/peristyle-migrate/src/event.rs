use std::time::Duration;

use peristyle_schema::Diagnostic;

use crate::{MigrationId, Proof};

/// Who is told what happens meanwhile.
pub type Progress<'a> = &'a mut dyn FnMut(Event);

/// Something that happened on the way.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A file's proof begins.
    Proving {
        /// Which migration.
        id: MigrationId,
    },
    /// A file was proven.
    Proven {
        /// Which migration.
        id: MigrationId,
        /// What was proven.
        proof: Proof,
    },
    /// A migration begins.
    Started {
        /// Which migration.
        id: MigrationId,
        /// Which way it goes.
        direction: Direction,
        /// How many statements it has.
        statements: usize,
    },
    /// A statement of the migration that was started is about to run.
    Statement {
        /// Which one, from 1.
        number: usize,
        /// Its text.
        sql: String,
    },
    /// The migration that was started is committed.
    Finished {
        /// Which migration.
        id: MigrationId,
        /// Which way it went.
        direction: Direction,
        /// How long it took.
        took: Duration,
    },
    /// Another one holds a lock; it is tried again after a pause.
    Waiting {
        /// Who, in words.
        reason: String,
        /// How long the pause is.
        pause: Duration,
    },
    /// Another migrator applied this migration while we waited for the lock.
    AppliedByAnother {
        /// Which migration.
        id: MigrationId,
    },
    /// Something that is worth knowing before it is done.
    Warned {
        /// What.
        warning: Diagnostic,
    },
    /// The database is not what the history makes of it: what is there besides.
    Drifted {
        /// Each difference, in words.
        differences: Vec<String>,
    },
}

/// Which way a migration goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Forward.
    Up,
    /// Back.
    Down,
}

impl Direction {
    /// The other way.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

//! The ways a run can end: the exit codes, in one table.

/// How a run ended, as a shell or a pipeline sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok,
    /// Something failed that no other code names.
    Failure,
    /// The arguments or the configuration cannot be used as they are.
    Usage,
    /// A check found something: pending migrations, drift, stale declarations.
    CheckFailed,
    /// A lint rule was broken.
    LintErrors,
    /// Another process holds the lock.
    LockHeld,
    /// A person must decide first.
    DecisionNeeded,
    /// What was to be done did not prove right, and was rolled back.
    VerificationFailed,
    /// The database could not be reached or opened.
    Connection,
    /// Interrupted from the keyboard.
    Interrupted,
}

impl Exit {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 10] = [
        Self::Ok,
        Self::Failure,
        Self::Usage,
        Self::CheckFailed,
        Self::LintErrors,
        Self::LockHeld,
        Self::DecisionNeeded,
        Self::VerificationFailed,
        Self::Connection,
        Self::Interrupted,
    ];

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::CheckFailed => 3,
            Self::LintErrors => 4,
            Self::LockHeld => 5,
            Self::DecisionNeeded => 6,
            Self::VerificationFailed => 7,
            Self::Connection => 8,
            Self::Interrupted => 130,
        }
    }

    /// The name, as it stands in `--json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failure => "failure",
            Self::Usage => "usage",
            Self::CheckFailed => "check-failed",
            Self::LintErrors => "lint-errors",
            Self::LockHeld => "lock-held",
            Self::DecisionNeeded => "decision-needed",
            Self::VerificationFailed => "verification-failed",
            Self::Connection => "connection",
            Self::Interrupted => "interrupted",
        }
    }

    /// What it means, and what to do next.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Ok => "done, or nothing to do",
            Self::Failure => "it failed; the message says where and what to do next",
            Self::Usage => "the arguments or peristyle.toml cannot be used as they are",
            Self::CheckFailed => {
                "a check found something: pending migrations, drift, declarations ahead of the migrations"
            }
            Self::LintErrors => {
                "a lint rule was broken (kept for `lint`, which this version does not have)"
            }
            Self::LockHeld => "another process is migrating this database; try again",
            Self::DecisionNeeded => {
                "a person must decide first; the message lists the flags to decide with"
            }
            Self::VerificationFailed => {
                "what was to be done did not prove right; it was rolled back"
            }
            Self::Connection => "the database could not be reached or opened",
            Self::Interrupted => "interrupted from the keyboard; nothing is half done",
        }
    }
}

/// The table of exit codes as text, one line each.
pub fn table() -> String {
    Exit::ALL.iter().map(|exit| format!("{:>5}  {}\n", exit.code(), exit.meaning())).collect()
}

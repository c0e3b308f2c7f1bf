use std::fmt;
use std::path::PathBuf;

use peristyle_driver::Rows;
use peristyle_schema::{Diagnostic, Span};
use peristyle_sql::{Decision, Refusal};

use crate::{Direction, MigrationId, across};

/// Why a verb did not do what it was asked. What had begun has been undone, unless it says that it stopped half-way.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What was asked for cannot be asked for.
    #[error("{0}")]
    Usage(Box<Diagnostic>),
    /// What was read is wrong: declarations, SQL, a schema that the dialect cannot hold.
    #[error("{}", lines(.0))]
    Invalid(Vec<Diagnostic>),
    /// Migration files are not what they were when they were written, or do not follow one another.
    #[error("{}", lines(.0))]
    Tampered(Vec<Diagnostic>),
    /// The database's history does not fit the migration folder.
    #[error("{}", lines(.0))]
    History(Vec<Diagnostic>),
    /// Somebody must decide first.
    #[error("{}", questions(.0))]
    Undecided(Vec<Decision>),
    /// What happened is not what was promised; it was undone.
    #[error("{0}")]
    Verification(Verification),
    /// A guard returned rows; the migration was undone.
    #[error("{0}")]
    Guard(Box<GuardFailure>),
    /// A statement failed; what it belongs to was undone.
    #[error("{0}")]
    Statement(Box<StatementFailure>),
    /// A migration with statements outside of any transaction failed after some of it was committed; the next run goes on with it.
    #[error("{0}")]
    HalfWay(Box<HalfWay>),
    /// The database said no, outside any statement of a file.
    #[error("{0}")]
    Database(#[from] peristyle_driver::Error),
    /// A file could not be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// What was promised and what was found instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// What was verified: `0007_add_telehealth, up`.
    pub subject: String,
    /// Each thing that differs, in words.
    pub differences: Vec<String>,
}

/// A guard that returned rows.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardFailure {
    /// Where the guard stands.
    pub span: Option<Span>,
    /// What a returned row means.
    pub message: String,
    /// The guard's query.
    pub sql: String,
    /// The first rows that it returned.
    pub rows: Rows,
    /// How many it returned in all.
    pub count: usize,
}

/// A statement that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementFailure {
    /// Where it stands.
    pub span: Option<Span>,
    /// The statement.
    pub sql: String,
    /// What the database said.
    pub error: peristyle_driver::Error,
}

/// A migration that stopped on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct HalfWay {
    /// Which one.
    pub id: MigrationId,
    /// The way that it is on.
    pub direction: Direction,
    /// How many of its statements are committed.
    pub done: usize,
    /// How many it has.
    pub statements: usize,
    /// Why it stopped.
    pub error: Error,
}

/// What kind of failure it is, which decides a command's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// It did not work.
    Failure,
    /// It was asked wrongly.
    Usage,
    /// What was checked is not as it should be.
    Check,
    /// Another holds the lock.
    Locked,
    /// Somebody must decide first.
    Decision,
    /// Verification failed and everything was rolled back.
    Verification,
    /// The database could not be reached or opened.
    Connection,
    /// It was interrupted.
    Interrupted,
}

impl ErrorKind {
    /// The exit code of a command that fails so.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Check => 3,
            Self::Locked => 5,
            Self::Decision => 6,
            Self::Verification => 7,
            Self::Connection => 8,
            Self::Interrupted => 130,
        }
    }
}

impl Error {
    /// Which kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Usage(_) => ErrorKind::Usage,
            Self::Invalid(_) | Self::File { .. } => ErrorKind::Failure,
            Self::Tampered(_) | Self::History(_) => ErrorKind::Check,
            Self::Undecided(_) => ErrorKind::Decision,
            Self::Verification(_) | Self::Guard(_) => ErrorKind::Verification,
            Self::Statement(failure) => driver_kind(&failure.error),
            Self::Database(error) => driver_kind(error),
            Self::HalfWay(half) => half.error.kind(),
        }
    }

    /// The same as diagnostics, each with its place where one is known.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Usage(one) => vec![(**one).clone()],
            Self::Invalid(all) | Self::Tampered(all) | Self::History(all) => all.clone(),
            Self::Undecided(decisions) => decisions.iter().map(undecided).collect(),
            Self::Verification(failed) => {
                let text = failed.to_string();
                vec![Diagnostic::error("verification-failed", text)]
            }
            Self::Guard(failed) => {
                vec![
                    Diagnostic::error("guard-failed", failed.to_string())
                        .at(failed.span.clone())
                        .help("change these rows first, or change the migration"),
                ]
            }
            Self::Statement(failed) => {
                use peristyle_driver::Error as Driver;
                const UNDONE: &str = "everything that it belongs to was undone";
                let (code, help) = match &failed.error {
                    Driver::ReadOnly(_) => ("read-only", UNDONE.to_owned()),
                    Driver::Full => ("disk-full", UNDONE.to_owned()),
                    Driver::Locked(_) => ("locked", UNDONE.to_owned()),
                    Driver::Disconnected(_) => ("disconnected", AFTER_LOSS.to_owned()),
                    Driver::TooOld { instead, .. } => {
                        ("server-too-old", format!("use a newer server; or {instead}; {UNDONE}"))
                    }
                    _ => ("statement-failed", UNDONE.to_owned()),
                };
                vec![
                    Diagnostic::error(code, failed.error.to_string())
                        .at(failed.span.clone())
                        .help(help),
                ]
            }
            Self::HalfWay(half) => half.diagnostics(),
            Self::Database(peristyle_driver::Error::Catalog(all)) => all.clone(),
            Self::Database(error) => vec![database(error)],
            Self::File { path, reason } => {
                vec![Diagnostic::error("file", format!("{}: {reason}", path.display()))]
            }
        }
    }

    pub(crate) fn usage(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage(Box::new(Diagnostic::error(code, message).help(help)))
    }

    pub(crate) fn file(path: impl Into<PathBuf>, reason: impl fmt::Display) -> Self {
        Self::File { path: path.into(), reason: reason.to_string() }
    }

    pub(crate) fn verification(subject: impl Into<String>, differences: Vec<String>) -> Self {
        Self::Verification(Verification { subject: subject.into(), differences })
    }
}

/// A planner that refuses either needs decisions or has found something wrong.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        if refusal.diagnostics.iter().any(Diagnostic::is_error) || refusal.decisions.is_empty() {
            Self::Invalid(refusal.diagnostics)
        } else {
            Self::Undecided(refusal.decisions)
        }
    }
}

/// What to do where nobody knows whether the last thing was done.
const AFTER_LOSS: &str = "look at `peristyle status`, then run it again: nothing is half done";

/// What the database said, under a code that tells what to do.
fn database(error: &peristyle_driver::Error) -> Diagnostic {
    use peristyle_driver::Error as Driver;
    let (code, help) = match error {
        Driver::Url { .. } => {
            ("bad-url", "an address reads `sqlite:dev.db` or `postgres://user@host/name`")
        }
        Driver::Unsupported { .. } => {
            ("bad-url", "this version opens `sqlite:dev.db` and `postgres://user@host/name`")
        }
        Driver::CannotOpen { .. } | Driver::NotADatabase { .. } => {
            ("connection", "check the address; nothing was changed")
        }
        Driver::Disconnected(_) => ("disconnected", AFTER_LOSS),
        Driver::NoServer(_) => {
            ("no-server", "name one with `--dev-url` or `dev_url`, or install PostgreSQL's server")
        }
        Driver::LeaseLost(_) => ("lease-lost", "look at `peristyle status`, then run it again"),
        Driver::Locked(_) => ("locked", "another is working on it: try again"),
        Driver::ReadOnly(_) => ("read-only", "check the file's permissions and its address"),
        Driver::Full => ("disk-full", "make room and try again; nothing is half done"),
        Driver::Constraint(_) | Driver::ForeignKeys(_) => {
            ("constraint", "change the rows, or the rule; nothing is half done")
        }
        _ => ("database", "nothing is half done"),
    };
    Diagnostic::error(code, error.to_string()).help(help)
}

fn driver_kind(error: &peristyle_driver::Error) -> ErrorKind {
    use peristyle_driver::Error as Driver;
    match error {
        Driver::Locked(_) | Driver::LeaseLost(_) | Driver::Conflict(_) => ErrorKind::Locked,
        Driver::Interrupted => ErrorKind::Interrupted,
        Driver::ForeignKeys(_) => ErrorKind::Verification,
        Driver::Url { .. } | Driver::Unsupported { .. } => ErrorKind::Usage,
        Driver::CannotOpen { .. }
        | Driver::NotADatabase { .. }
        | Driver::NoServer(_)
        | Driver::Disconnected(_) => ErrorKind::Connection,
        _ => ErrorKind::Failure,
    }
}

fn undecided(decision: &Decision) -> Diagnostic {
    let answers: Vec<String> =
        decision.answers.iter().map(|(flag, meaning)| format!("{flag} ({meaning})")).collect();
    Diagnostic::error("decision-needed", decision.question.clone())
        .help(format!("decide with {}", answers.join(" or ")))
}

fn questions(decisions: &[Decision]) -> String {
    lines(&decisions.iter().map(undecided).collect::<Vec<_>>())
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl HalfWay {
    /// Why it stopped, and how it goes on. What other failures are advised does not hold: what is committed stays.
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.error.diagnostics();
        match self.error {
            Error::Statement(_) | Error::Database(_) => {
                for one in &mut all {
                    one.help = None;
                }
            }
            Error::Usage(_)
            | Error::Invalid(_)
            | Error::Tampered(_)
            | Error::History(_)
            | Error::Undecided(_)
            | Error::Verification(_)
            | Error::Guard(_)
            | Error::HalfWay(_)
            | Error::File { .. } => {}
        }
        let (_, command) = across::words(self.direction);
        let help = format!("put right what is in the way; `{command}` goes on from there");
        all.push(Diagnostic::note("half-way", self.standing()).help(help));
        all
    }

    fn standing(&self) -> String {
        let (state, _) = across::words(self.direction);
        let Self { id, done, statements, .. } = self;
        match *done {
            0 => format!("{id} has begun and is {state}: its first statement did not finish"),
            1 => format!("{id} is {state}: 1 of its {statements} statements is done and stays so"),
            _ => format!(
                "{id} is {state}: {done} of its {statements} statements are done and stay so"
            ),
        }
    }
}

impl fmt::Display for HalfWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.error, self.standing())
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not what was promised", self.subject)?;
        self.differences.iter().try_for_each(|difference| write!(f, "\n  {difference}"))
    }
}

impl fmt::Display for GuardFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = if self.count == 1 { "row" } else { "rows" };
        write!(f, "{}: {} {rows}", self.message, self.count)?;
        for row in &self.rows.rows {
            let cells: Vec<String> = self
                .rows
                .columns
                .iter()
                .zip(row)
                .map(|(column, value)| format!("{column} = {value}"))
                .collect();
            write!(f, "\n  {}", cells.join(", "))?;
        }
        let hidden = self.count - self.rows.rows.len().min(self.count);
        if hidden > 0 { write!(f, "\n  and {hidden} more") } else { Ok(()) }
    }
}

impl fmt::Display for StatementFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(span) = &self.span {
            write!(f, "{span}: ")?;
        }
        write!(f, "{}", self.error)
    }
}

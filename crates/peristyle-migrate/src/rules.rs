//! What a project wants every migration to say of itself.

use std::str::FromStr;

use peristyle_schema::Diagnostic;

use crate::folder::{PURPOSE_WANTED, TICKET_WANTED, reversible, reversible_word, whole};
use crate::proof::fits;
use crate::{Error, Folder, HeaderLine, Migration, TicketPattern};

/// How many lines of a file may hold what it says of itself.
const LINES: u32 = 30;

/// The ticket of what belongs to none.
const NO_TICKET: &str = "N/A";

/// Something that a migration says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeaderField {
    /// Why it is made, in business terms.
    Purpose,
    /// Which ticket it belongs to.
    Ticket,
    /// Whether its way back brings everything back.
    Reversible,
    /// How it is taken back.
    Rollback,
}

/// What a project wants every migration to say of itself; nothing, unless it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeaderRules {
    /// What must be said.
    pub require: Vec<HeaderField>,
    /// What a ticket's id looks like; `N/A` is allowed, too.
    pub ticket: Option<TicketPattern>,
    /// The number of the first migration that this holds for: those before it may have been applied, and do not change.
    pub since: Option<u32>,
}

impl HeaderField {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Purpose, Self::Ticket, Self::Reversible, Self::Rollback];

    /// Its word in a file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Purpose => "Purpose",
            Self::Ticket => "Ticket",
            Self::Reversible => "Reversible",
            Self::Rollback => "Rollback",
        }
    }

    /// What to write where it is missing.
    fn help(self) -> &'static str {
        match self {
            Self::Purpose => {
                "write `-- Purpose:` and why it is made, in business terms; then `peristyle generate --prove`"
            }
            Self::Ticket => {
                "write `-- Ticket:` and its id, or N/A; then `peristyle generate --prove`"
            }
            Self::Reversible | Self::Rollback => "`peristyle generate --prove` writes what is so",
        }
    }
}

impl FromStr for HeaderField {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        let mut all = Self::ALL.into_iter();
        all.find(|field| field.key().to_ascii_lowercase() == text).ok_or_else(|| {
            Diagnostic::error("unknown-header", format!("migrations say no `{text}` of themselves"))
                .help("what can be required: purpose, ticket, reversible, rollback")
        })
    }
}

impl HeaderRules {
    fn requires(&self, field: HeaderField) -> bool {
        self.require.contains(&field)
    }

    /// The purpose of a new migration: the one that was given, or the words that say that it is wanted.
    pub fn purpose(&self, given: Option<&str>) -> Option<String> {
        let given = given.filter(|text| !text.trim().is_empty());
        let wanted = self.requires(HeaderField::Purpose).then_some(PURPOSE_WANTED);
        given.or(wanted).map(str::to_owned)
    }

    /// The ticket of a new migration, likewise. One that does not look like a ticket of this project is refused.
    pub fn ticket(&self, given: Option<&str>) -> Result<Option<String>, Error> {
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        if let Some(fault) = given.and_then(|ticket| self.bad_ticket(ticket)) {
            return Err(Error::Usage(Box::new(fault)));
        }
        let wanted = self.requires(HeaderField::Ticket).then_some(TICKET_WANTED);
        Ok(given.or(wanted).map(str::to_owned))
    }

    fn bad_ticket(&self, ticket: &str) -> Option<Diagnostic> {
        let pattern = self.ticket.as_ref().filter(|pattern| !pattern.fits(ticket))?;
        (ticket != NO_TICKET).then(|| {
            Diagnostic::error("bad-ticket", format!("`{ticket}` is no ticket of this project"))
                .help(format!(
                    "an id looks like `{pattern}`; what belongs to none says {NO_TICKET}"
                ))
        })
    }

    /// Everything that the migrations of a folder should say of themselves and do not, each at its line.
    pub fn faults(&self, folder: &Folder) -> Vec<Diagnostic> {
        folder.migrations().iter().flat_map(|migration| self.faults_of(migration)).collect()
    }

    /// The same of one migration.
    pub fn faults_of(&self, migration: &Migration) -> Vec<Diagnostic> {
        let mut faults = self.unsealable(migration);
        let written = [HeaderField::Reversible, HeaderField::Rollback];
        faults.extend(self.missing(migration, &written));
        if self.holds_for(migration)
            && self.requires(HeaderField::Reversible)
            && let Some(line) = said(migration, HeaderField::Reversible)
        {
            faults.extend(wrong_reversible(migration, line));
        }
        faults
    }

    /// What somebody must write before a migration can be sealed.
    pub fn unsealable(&self, migration: &Migration) -> Vec<Diagnostic> {
        let told = [HeaderField::Purpose, HeaderField::Ticket];
        let mut faults = self.missing(migration, &told);
        if self.holds_for(migration)
            && let Some(line) = said(migration, HeaderField::Ticket)
            && line.value != TICKET_WANTED
            && let Some(fault) = self.bad_ticket(&line.value)
        {
            faults.push(fault.at(migration.place(line.line)));
        }
        faults
    }

    fn holds_for(&self, migration: &Migration) -> bool {
        self.since.is_none_or(|since| migration.id.number() >= since)
    }

    fn missing(&self, migration: &Migration, fields: &[HeaderField]) -> Vec<Diagnostic> {
        let wanted = fields.iter().filter(|field| self.requires(**field));
        let missing =
            wanted.filter(|field| self.holds_for(migration) && said(migration, **field).is_none());
        missing
            .map(|field| {
                let key = field.key();
                let message =
                    format!("{} does not say its `{key}` in its first {LINES} lines", migration.id);
                let line = migration.lines.iter().find(|line| line.key == key);
                let place = match line {
                    Some(line) => migration.place(line.line),
                    None => whole(&migration.path),
                };
                Diagnostic::error("missing-header", message).at(place).help(field.help())
            })
            .collect()
    }
}

/// What a migration says of itself, if it does.
fn said(migration: &Migration, field: HeaderField) -> Option<&HeaderLine> {
    let mut lines = migration.lines.iter();
    lines.find(|line| line.key == field.key() && line.line <= LINES && !line.value.is_empty())
}

/// What is wrong with a file's word for its way back.
fn wrong_reversible(migration: &Migration, line: &HeaderLine) -> Option<Diagnostic> {
    let proven = migration.header.seal.as_ref().map(|seal| seal.proven.as_str());
    let (message, help) = match (reversible(&line.value), proven) {
        (Some(_), None) => return None,
        (Some(said), Some(proven)) if fits(proven, said) => return None,
        (Some(said), Some(proven)) => {
            let said = reversible_word(said);
            (
                format!("{} says `Reversible: {said}`, and was proven: {proven}", migration.id),
                "`peristyle generate --prove` tells what is so",
            )
        }
        (None, _) => (
            format!("{} does not say whether it is reversible: Yes, Partial or No", migration.id),
            "`peristyle generate --prove` tells, and writes it",
        ),
    };
    let fault = Diagnostic::error("wrong-reversible", message);
    Some(fault.at(migration.place(line.line)).help(help))
}

//! What the server says when it says no.

use std::fmt;

use fallible_iterator::FallibleIterator;
use postgres_protocol::message::backend::ErrorFields;

/// An error or a notice of the server, in its own fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerError {
    /// How severe it is: `ERROR`, `FATAL`, `NOTICE`, …; never translated.
    pub severity: String,
    /// The SQLSTATE: five characters.
    pub state: String,
    /// The message.
    pub message: String,
    /// More about it.
    pub detail: Option<String>,
    /// What could be done.
    pub hint: Option<String>,
    /// Where in the statement, in characters, counted from 1.
    pub position: Option<usize>,
    /// In which calls it happened.
    pub context: Option<String>,
    /// The namespace of what it is about.
    pub namespace: Option<String>,
    /// The table that it is about.
    pub table: Option<String>,
    /// The column that it is about.
    pub column: Option<String>,
    /// The type that it is about.
    pub data_type: Option<String>,
    /// The constraint that it is about.
    pub constraint: Option<String>,
}

impl ServerError {
    /// Reads the fields; one that is not understood is left out.
    pub(super) fn read(mut fields: ErrorFields<'_>) -> Self {
        let mut read = Self::default();
        while let Ok(Some(field)) = fields.next() {
            let text = || String::from_utf8_lossy(field.value_bytes()).into_owned();
            match field.type_() {
                // The translated severity comes first; the untranslated one takes its place.
                b'S' | b'V' => read.severity = text(),
                b'C' => read.state = text(),
                b'M' => read.message = text(),
                b'D' => read.detail = Some(text()),
                b'H' => read.hint = Some(text()),
                b'P' => read.position = text().parse().ok(),
                b'W' => read.context = Some(text()),
                b's' => read.namespace = Some(text()),
                b't' => read.table = Some(text()),
                b'c' => read.column = Some(text()),
                b'd' => read.data_type = Some(text()),
                b'n' => read.constraint = Some(text()),
                _ => {}
            }
        }
        read
    }

    /// Whether the session ended with it.
    pub fn is_fatal(&self) -> bool {
        matches!(self.severity.as_str(), "FATAL" | "PANIC")
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(detail) = &self.detail {
            write!(f, "; {}", detail.trim_end_matches('.'))?;
        }
        if let Some(hint) = &self.hint {
            write!(f, " ({})", hint.trim_end_matches('.'))?;
        }
        Ok(())
    }
}

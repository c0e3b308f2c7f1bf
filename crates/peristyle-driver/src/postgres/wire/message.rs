//! What a server answers.

use std::io;

use fallible_iterator::FallibleIterator;
use postgres_protocol::Oid;
use postgres_protocol::message::backend;

use super::super::ServerError;

/// An answer of the server.
#[derive(Debug)]
pub enum Message<'a> {
    /// A statement was parsed.
    ParseComplete,
    /// Parameters were bound.
    BindComplete,
    /// A statement or portal was closed.
    CloseComplete,
    /// The types of a statement's parameters.
    Parameters(Vec<Oid>),
    /// The columns of the rows that follow.
    Columns(Vec<Column>),
    /// What was described returns no rows.
    NoData,
    /// A row.
    Row(Row<'a>),
    /// As many rows came as were asked for; there may be more.
    Suspended,
    /// A statement was run.
    Complete(Completion),
    /// The statement was empty.
    Empty,
    /// The server waits for rows to copy.
    CopyIn,
    /// Rows that are copied follow.
    CopyOut,
    /// A piece of what is copied.
    CopyData(&'a [u8]),
    /// All was copied.
    CopyDone,
    /// The server refused; all up to the next [`Message::Ready`] is skipped.
    Error(Box<ServerError>),
    /// Everything up to a `sync` or a simple query was answered.
    Ready(Status),
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// No transaction is open.
    Idle,
    /// A transaction is open.
    Transaction,
    /// A transaction is open, and an error in it leaves nothing but undoing it.
    Failed,
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The number of its type.
    pub oid: Oid,
    /// The type's modifier, such as a length; -1 if there is none.
    pub modifier: i32,
    /// The table that it comes from, or 0.
    pub table: Oid,
    /// Its number in that table, or 0.
    pub number: i16,
}

/// How a statement ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Completion {
    /// How many rows it changed, returned or copied.
    pub rows: u64,
    /// How many of them it changed: none if it only returned them.
    pub changed: u64,
}

/// A row: its values are where they came in, not copied.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    columns: u16,
    rest: &'a [u8],
}

impl<'a> Row<'a> {
    pub(super) fn new(body: &'a [u8]) -> Option<Self> {
        let (columns, rest) = body.split_first_chunk()?;
        Some(Self { columns: u16::from_be_bytes(*columns), rest })
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        usize::from(self.columns)
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.columns == 0
    }
}

/// The values in order; nothing for a NULL. A row that does not hold as many values as it says ends early.
impl<'a> Iterator for Row<'a> {
    type Item = Option<&'a [u8]>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.columns = self.columns.checked_sub(1)?;
        let (length, rest) = self.rest.split_first_chunk()?;
        match usize::try_from(i32::from_be_bytes(*length)) {
            Err(_) => {
                self.rest = rest;
                Some(None)
            }
            Ok(length) => {
                let (value, rest) = rest.split_at_checked(length)?;
                self.rest = rest;
                Some(Some(value))
            }
        }
    }
}

impl Completion {
    /// Reads `INSERT 0 5`, `SELECT 3`, `CREATE TABLE`, …
    pub(super) fn read(tag: &str) -> Self {
        let rows = tag.rsplit_once(' ').and_then(|(_, count)| count.parse().ok()).unwrap_or(0);
        let reads = matches!(tag.split(' ').next(), Some("SELECT" | "FETCH" | "MOVE"));
        Self { rows, changed: if reads { 0 } else { rows } }
    }
}

impl Status {
    pub(super) fn read(byte: u8) -> Option<Self> {
        match byte {
            b'I' => Some(Self::Idle),
            b'T' => Some(Self::Transaction),
            b'E' => Some(Self::Failed),
            _ => None,
        }
    }
}

pub(super) fn columns(body: &backend::RowDescriptionBody) -> io::Result<Vec<Column>> {
    body.fields()
        .map(|field| {
            Ok(Column {
                name: field.name().to_owned(),
                oid: field.type_oid(),
                modifier: field.type_modifier(),
                table: field.table_oid(),
                number: field.column_id(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_a_row_are_cut_where_they_stand() {
        let body = [0, 3, 0, 0, 0, 1, b'a', 255, 255, 255, 255, 0, 0, 0, 0];
        let row = Row::new(&body).expect("a row");
        assert_eq!(row.len(), 3);
        let values: Vec<Option<&[u8]>> = row.collect();
        assert_eq!(values, [Some(&b"a"[..]), None, Some(&b""[..])]);
    }

    #[test]
    fn a_row_that_lies_about_its_length_ends_early() {
        let long = [0, 2, 0, 0, 0, 9, b'a'];
        assert_eq!(Row::new(&long).expect("a row").count(), 0);
        let short = [0, 2, 0, 0, 0, 1, b'a'];
        assert_eq!(Row::new(&short).expect("a row").count(), 1);
        assert!(Row::new(&[0]).is_none());
    }

    #[test]
    fn completions_tell_what_was_changed() {
        for (tag, rows, changed) in [
            ("INSERT 0 5", 5, 5),
            ("UPDATE 2", 2, 2),
            ("SELECT 3", 3, 0),
            ("CREATE TABLE", 0, 0),
            ("COPY 7", 7, 7),
        ] {
            assert_eq!(Completion::read(tag), Completion { rows, changed }, "{tag}");
        }
    }
}

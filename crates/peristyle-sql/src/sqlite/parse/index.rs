//! `CREATE INDEX`.

use peristyle_schema::{Diagnostic, Name};

use super::{Cursor, Run, SortedPart};

/// An index as it is written.
#[derive(Debug)]
pub(in crate::sqlite) struct CreateIndex<'t> {
    /// Its name.
    pub name: Name,
    /// Whether it is `UNIQUE`.
    pub unique: bool,
    /// What it is sorted by.
    pub parts: Vec<SortedPart<'t>>,
    /// `WHERE`.
    pub filter: Option<Run<'t>>,
}

/// Reads a `CREATE INDEX` statement.
pub(in crate::sqlite) fn index<'t>(mut cursor: Cursor<'t>) -> Result<CreateIndex<'t>, Diagnostic> {
    cursor.expect_word("CREATE")?;
    let unique = cursor.word("UNIQUE");
    cursor.expect_word("INDEX")?;
    cursor.words(&["IF", "NOT", "EXISTS"]);
    let name = cursor.object_name()?;
    cursor.expect_word("ON")?;
    cursor.name()?;
    let (parts, _) = cursor.sorted_parts()?;
    let filter = if cursor.word("WHERE") { Some(cursor.rest()) } else { None };
    cursor.end()?;
    Ok(CreateIndex { name, unique, parts, filter })
}

//! Collations: how text is compared and sorted.
//!
//! <https://sqlite.org/datatype3.html#collation>

use peristyle_schema::{Column, Name};

/// How text is compared where nothing else is said.
const BINARY: &str = "BINARY";

/// The name in the case of SQLite's own list, if it is on it.
pub(super) fn canonical(name: &Name) -> Name {
    let known =
        [BINARY, "NOCASE", "RTRIM"].into_iter().find(|known| known.eq_ignore_ascii_case(name));
    known.map_or_else(|| name.clone(), Name::from)
}

/// The collation of a column, if it is not what it would be anyway.
pub(super) fn of_column(name: &Name) -> Option<Name> {
    Some(canonical(name)).filter(|name| name != BINARY)
}

/// The collation of an index's part, if it is not that of its column.
pub(super) fn of_part(name: &Name, column: &Column) -> Option<Name> {
    let usual = column.collation.as_ref().map_or(BINARY, Name::as_str);
    Some(canonical(name)).filter(|name| name != usual)
}

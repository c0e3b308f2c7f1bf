//! The tables that virtual tables keep for themselves.

use std::collections::BTreeSet;

use super::{Cursor, Row, parse, tokens};
use crate::Cell;

/// The modules that come with SQLite, and what the names of their tables end in.
///
/// <https://sqlite.org/fts5.html>, <https://sqlite.org/fts3.html> and <https://sqlite.org/rtree.html>
const MODULES: &[(&str, &[&str])] = &[
    ("fts5", &["data", "idx", "content", "docsize", "config"]),
    ("fts4", &["content", "segments", "segdir", "docsize", "stat"]),
    ("fts3", &["content", "segments", "segdir"]),
    ("rtree", &["node", "parent", "rowid"]),
    ("rtree_i32", &["node", "parent", "rowid"]),
    ("geopoly", &["node", "parent", "rowid"]),
];

/// Their names in lower case: those that the database names, and those that belong to a module that comes with SQLite.
pub(super) fn names(rows: &[Row<'_>], answer: &[Vec<Cell>]) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = answer
        .iter()
        .filter_map(|cells| match cells.as_slice() {
            [Cell::Text(name), ..] => Some(name.to_ascii_lowercase()),
            _ => None,
        })
        .collect();
    for row in rows.iter().filter(|row| row.kind == "table") {
        if !super::is_virtual(row.sql) {
            continue;
        }
        let Ok(tokens) = tokens::significant(row.sql) else { continue };
        let Ok(table) = parse::virtual_table(Cursor::new(row.sql, &tokens)) else { continue };
        let module = MODULES.iter().find(|(module, _)| module.eq_ignore_ascii_case(&table.module));
        for ending in module.map_or(&[][..], |(_, endings)| endings) {
            names.insert(format!("{}_{ending}", row.name).to_ascii_lowercase());
        }
    }
    names
}

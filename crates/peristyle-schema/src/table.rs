use serde::{Deserialize, Serialize};

use crate::{
    Check, Column, ForeignKey, Hint, Index, Named, PrimaryKey, QualifiedName, Span, Unique,
};

/// A table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// Its former name, if the declaration says that it was renamed.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub was: Hint<QualifiedName>,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Its columns, in the order they are written.
    pub columns: Named<Column>,
    /// Its primary key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_key: Option<PrimaryKey>,
    /// Its unique constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uniques: Vec<Unique>,
    /// Its foreign keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKey>,
    /// Its checks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Its indexes.
    #[serde(default, skip_serializing_if = "Named::is_empty")]
    pub indexes: Named<Index>,
    /// How it is stored.
    #[serde(default)]
    pub options: TableOptions,
    /// Whether another application owns it: it may be referenced, it is never altered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub external: bool,
    /// Clauses of a live table that this model cannot hold. A table that has any is never rebuilt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmodelled: Vec<String>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub span: Hint<Span>,
}

/// How a table is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableOptions {
    /// Whether values are held to their column's type (SQLite `STRICT`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strict: bool,
    /// Whether rows are stored by their primary key alone (SQLite `WITHOUT ROWID`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_rowid: bool,
}

impl Table {
    /// A table without columns.
    pub fn new(name: impl Into<QualifiedName>) -> Self {
        Self {
            name: name.into(),
            was: Hint::NONE,
            doc: None,
            columns: Named::default(),
            primary_key: None,
            uniques: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            indexes: Named::default(),
            options: TableOptions::default(),
            external: false,
            unmodelled: Vec::new(),
            span: Hint::NONE,
        }
    }
}

/// Whether two lists hold the same things in any order.
fn same_set<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    a.len() == b.len()
        && a.iter()
            .all(|x| a.iter().filter(|y| *y == x).count() == b.iter().filter(|y| *y == x).count())
}

impl PartialEq for Table {
    /// Constraints are compared as sets: their order in a table's text means nothing.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.doc == other.doc
            && self.columns == other.columns
            && self.primary_key == other.primary_key
            && same_set(&self.uniques, &other.uniques)
            && same_set(&self.foreign_keys, &other.foreign_keys)
            && same_set(&self.checks, &other.checks)
            && self.indexes == other.indexes
            && self.options == other.options
            && self.external == other.external
    }
}

impl Eq for Table {}

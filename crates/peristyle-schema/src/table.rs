use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Check, Column, Exclusion, Expr, ForeignKey, Hint, Index, Name, Named, PrimaryKey,
    QualifiedName, Span, Unique,
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
    /// Its exclusion constraints (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Exclusion>,
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
    /// What only one dialect has of it: that dialect's `normalize` puts it into its place, the others leave it out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Only>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub span: Hint<Span>,
}

/// A part of a table that is declared for one dialect alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Only {
    /// The dialect.
    pub dialect: Name,
    /// The part.
    pub part: TablePart,
}

/// A part of a table that dialects may have each in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TablePart {
    /// A check.
    Check(Check),
    /// A unique constraint.
    Unique(Unique),
    /// An index.
    Index(Index),
    /// An exclusion constraint.
    Exclusion(Exclusion),
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
    /// Whether it is left out of the write-ahead log and empty after a crash (PostgreSQL `UNLOGGED`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlogged: bool,
    /// By what its rows are divided into partitions, as SQL text: `RANGE (created_at)` (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_by: Option<Expr>,
    /// The table that it is a partition of (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_of: Option<Partition>,
    /// The tables that it inherits from (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<QualifiedName>,
    /// Whether policies decide which rows a role sees (PostgreSQL).
    #[serde(default, skip_serializing_if = "RowSecurity::is_off")]
    pub row_security: RowSecurity,
    /// Storage parameters by name: `fillfactor` (PostgreSQL).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage: BTreeMap<String, String>,
}

/// Which rows of a partitioned table a partition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partition {
    /// The partitioned table.
    pub table: QualifiedName,
    /// The bound, as SQL text: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')` or `DEFAULT`.
    pub bound: Expr,
}

/// Whether policies decide which rows a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum RowSecurity {
    /// They do not.
    #[default]
    Off,
    /// They do, but not for the table's owner.
    Enabled,
    /// They do, for the owner too.
    Forced,
}

impl RowSecurity {
    fn is_off(&self) -> bool {
        *self == Self::Off
    }
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
            exclusions: Vec::new(),
            indexes: Named::default(),
            options: TableOptions::default(),
            external: false,
            unmodelled: Vec::new(),
            only: Vec::new(),
            span: Hint::NONE,
        }
    }

    /// Puts what a dialect alone has into its place, and leaves out what is another's.
    pub fn settle(&mut self, dialect: &str) {
        for Only { dialect: of, part } in std::mem::take(&mut self.only) {
            if of != *dialect {
                continue;
            }
            match part {
                TablePart::Check(check) => self.checks.push(check),
                TablePart::Unique(unique) => self.uniques.push(unique),
                TablePart::Exclusion(exclusion) => self.exclusions.push(exclusion),
                TablePart::Index(index) => {
                    self.indexes.insert(index);
                }
            }
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
            && same_set(&self.exclusions, &other.exclusions)
            && self.indexes == other.indexes
            && self.options == other.options
            && self.external == other.external
            && same_set(&self.only, &other.only)
    }
}

impl Eq for Table {}

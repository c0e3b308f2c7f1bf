use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::named::Keyed;
use crate::{Expr, Hint, Name};

/// An index of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name.
    pub name: Name,
    /// What it is sorted by, in order.
    pub parts: Vec<IndexPart>,
    /// Whether no two rows may share a key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Which rows it holds, if not all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expr>,
    /// The access method, where it is not the database's usual one (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Name>,
    /// Columns carried without being sorted by (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Name>,
    /// Whether two nulls count as the same value (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// Storage parameters by name: `fillfactor` (PostgreSQL).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub storage: BTreeMap<String, String>,
    /// Present where the declaration asks that an index of a table with rows is built without blocking writers (PostgreSQL
    /// `CONCURRENTLY`).
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub concurrently: Hint<()>,
    /// Present where a live database holds this index as a `UNIQUE` constraint of the table. The two mean the same; only the
    /// way to drop it differs.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub constraint: Hint<()>,
}

impl Keyed for Index {
    fn key(&self) -> &Name {
        &self.name
    }
}

impl Index {
    /// An index over plain columns.
    pub fn on_columns<N: Into<Name>>(
        name: impl Into<Name>,
        columns: impl IntoIterator<Item = N>,
    ) -> Self {
        Self {
            name: name.into(),
            parts: columns.into_iter().map(|c| IndexPart::column(c)).collect(),
            unique: false,
            filter: None,
            method: None,
            include: Vec::new(),
            nulls_not_distinct: false,
            storage: BTreeMap::new(),
            concurrently: Hint::NONE,
            constraint: Hint::NONE,
        }
    }
}

/// One part of an index's sort key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexPart {
    /// What is sorted by.
    pub key: IndexKey,
    /// In which direction.
    #[serde(default)]
    pub order: Order,
    /// Where nulls stand, if not where the database puts them by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<Nulls>,
    /// The collation, if not the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
    /// The operator class (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<String>,
}

impl IndexPart {
    /// A column in ascending order.
    pub fn column(name: impl Into<Name>) -> Self {
        Self {
            key: IndexKey::Column(name.into()),
            order: Order::Ascending,
            nulls: None,
            collation: None,
            operator_class: None,
        }
    }
}

/// What one part of an index sorts by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IndexKey {
    /// A column.
    Column(Name),
    /// An expression.
    Expr(Expr),
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Order {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// The place of nulls in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nulls {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

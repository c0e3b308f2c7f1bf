use std::str::FromStr;

use peristyle_schema::Table;

use super::{
    Conventions, Finding, column_name, foreign_key, on_delete, primary_key, table_name, timestamps,
};

/// A rule of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Tables are named in the plural, in snake_case.
    TableName,
    /// Columns are named in snake_case.
    ColumnName,
    /// Every table has a primary key `id` of the project's type.
    PrimaryKey,
    /// Every table has `created_at` and `updated_at`.
    Timestamps,
    /// A foreign key's column is called `<singular table>_id`.
    ForeignKeyName,
    /// A foreign key says what happens to its rows when the other row is deleted.
    OnDelete,
}

impl Rule {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::TableName,
        Self::ColumnName,
        Self::PrimaryKey,
        Self::Timestamps,
        Self::ForeignKeyName,
        Self::OnDelete,
    ];

    /// Its name in a project's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::TableName => "table_name",
            Self::ColumnName => "column_name",
            Self::PrimaryKey => "primary_key",
            Self::Timestamps => "timestamps",
            Self::ForeignKeyName => "foreign_key_name",
            Self::OnDelete => "on_delete",
        }
    }

    /// The code of its diagnostics.
    pub fn code(self) -> &'static str {
        match self {
            Self::TableName => "convention-table-name",
            Self::ColumnName => "convention-column-name",
            Self::PrimaryKey => "convention-primary-key",
            Self::Timestamps => "convention-timestamps",
            Self::ForeignKeyName => "convention-foreign-key-name",
            Self::OnDelete => "convention-on-delete",
        }
    }

    pub(super) fn check(self, table: &Table, settings: &Conventions) -> Vec<Finding> {
        match self {
            Self::TableName => table_name::check(table, settings).into_iter().collect(),
            Self::ColumnName => column_name::check(table),
            Self::PrimaryKey => primary_key::check(table, settings).into_iter().collect(),
            Self::Timestamps => timestamps::check(table),
            Self::ForeignKeyName => foreign_key::check(table, settings),
            Self::OnDelete => on_delete::check(table),
        }
    }
}

impl FromStr for Rule {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|rule| rule.name() == text).ok_or(())
    }
}

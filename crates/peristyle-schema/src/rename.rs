use std::fmt;
use std::str::FromStr;

use crate::{Hint, Name, QualifiedName, Schema};

/// A decision, made outside the declarations, that something was renamed: `--rename users.name:full_name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rename {
    /// A table: `people:users`.
    Table {
        /// The name it had.
        from: QualifiedName,
        /// The name it has now.
        to: QualifiedName,
    },
    /// A column: `users.name:full_name`.
    Column {
        /// The table, by the name it has now.
        table: QualifiedName,
        /// The name the column had.
        from: Name,
        /// The name it has now.
        to: Name,
    },
}

/// Why a rename was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenameError {
    /// The text is not of the form.
    Malformed(String),
    /// What it should become is not declared.
    Unknown(Rename),
}

impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { from, to } => write!(f, "{from}:{to}"),
            Self::Column { table, from, to } => write!(f, "{table}.{from}:{to}"),
        }
    }
}

impl fmt::Display for RenameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(text) => write!(
                f,
                "`{text}` is not a rename: write `table.old:new` for a column or `old:new` for a table"
            ),
            Self::Unknown(Rename::Table { from, to }) => {
                write!(f, "cannot rename {from} to {to}: no table {to} is declared")
            }
            Self::Unknown(Rename::Column { table, from, to }) => write!(
                f,
                "cannot rename {table}.{from} to {to}: no column {table}.{to} is declared"
            ),
        }
    }
}

impl std::error::Error for RenameError {}

impl FromStr for Rename {
    type Err = RenameError;

    fn from_str(text: &str) -> Result<Self, RenameError> {
        let fail = || RenameError::Malformed(text.to_owned());
        let (left, right) = text.split_once(':').ok_or_else(fail)?;
        let to: QualifiedName = right.parse().map_err(|_| fail())?;
        match left.rsplit_once('.') {
            None => Ok(Self::Table { from: left.parse().map_err(|_| fail())?, to }),
            Some((table, from)) => {
                let table: QualifiedName = table.parse().map_err(|_| fail())?;
                if to.namespace.is_some() || from.is_empty() {
                    return Err(fail());
                }
                Ok(Self::Column { table, from: from.into(), to: to.name })
            }
        }
    }
}

impl Schema {
    /// Notes a rename on this schema, as if the declaration had said `was`.
    pub fn note_rename(&mut self, rename: &Rename) -> Result<(), RenameError> {
        let unknown = || RenameError::Unknown(rename.clone());
        match rename {
            Rename::Table { from, to } => {
                self.tables.get_mut(to).ok_or_else(unknown)?.was = Hint::some(from.clone());
            }
            Rename::Column { table, from, to } => {
                let table = self.tables.get_mut(table).ok_or_else(unknown)?;
                table.columns.get_mut(to).ok_or_else(unknown)?.was = Hint::some(from.clone());
            }
        }
        Ok(())
    }
}

use peristyle_schema::{Expr, Name, QualifiedName, Rename, Schema};
use peristyle_sql::{Keep, PlanOptions};

use crate::{Error, Losses};

/// What somebody has decided about a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// What was renamed: `--rename users.name:full_name`.
    pub renames: Vec<Rename>,
    /// What existing rows are filled with: `--fill users.nickname:''`.
    pub fills: Vec<(QualifiedName, Name, Expr)>,
    /// What becomes of data that has no place any more.
    pub dropped: DroppedData,
    /// Whether indexes of tables that are there are built without blocking writers, where the database can: `--concurrently`.
    pub concurrently: bool,
}

/// What becomes of data that has no place any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DroppedData {
    /// A plan that would drop data is refused.
    #[default]
    Refuse,
    /// It goes: `--allow-destructive`.
    Lose,
    /// It is set aside in the database, and the way back restores it: `--keep-data`.
    Keep,
    /// What can be set aside is, the rest goes: both flags.
    KeepElseLose,
}

impl DroppedData {
    /// What it says of a migration that somebody wrote, from which nothing can be set aside.
    pub fn losses(self) -> Losses {
        match self {
            Self::Refuse | Self::Keep => Losses::Refuse,
            Self::Lose | Self::KeepElseLose => Losses::Allow,
        }
    }
}

/// Reads `table.column:expression`.
pub fn parse_fill(text: &str) -> Result<(QualifiedName, Name, Expr), Error> {
    let malformed = || {
        Error::usage(
            "bad-fill",
            format!("`{text}` does not say what to fill"),
            "write `table.column:value`, the value in SQL: `--fill users.nickname:''`",
        )
    };
    let (place, value) = text.split_once(':').ok_or_else(malformed)?;
    let (table, column) = place.rsplit_once('.').ok_or_else(malformed)?;
    let table = table.parse().map_err(|_| malformed())?;
    if column.is_empty() || value.trim().is_empty() {
        return Err(malformed());
    }
    Ok((table, Name::from(column), Expr::from(value.trim())))
}

impl Choices {
    /// The part of the choices that a planner needs.
    pub(crate) fn plan_options(&self, label: &str) -> PlanOptions {
        let keep = match self.dropped {
            DroppedData::Refuse | DroppedData::Lose => None,
            DroppedData::Keep | DroppedData::KeepElseLose => Some(Keep { label: label.to_owned() }),
        };
        PlanOptions { keep, fills: self.fills.clone(), concurrently: self.concurrently }
    }

    /// Notes the renames on the schema that they lead to.
    pub(crate) fn note_renames(&self, schema: &mut Schema) -> Result<(), Error> {
        for rename in &self.renames {
            schema.note_rename(rename).map_err(|error| {
                Error::usage(
                    "bad-rename",
                    error.to_string(),
                    "name what it is called now on the right: `--rename users.name:full_name`",
                )
            })?;
        }
        Ok(())
    }
}

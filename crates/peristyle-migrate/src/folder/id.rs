use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// A migration's name: `0007_add_telehealth`. Migrations are ordered by number, then by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MigrationId(String);

impl MigrationId {
    /// The name with this number.
    pub fn new(number: u32, name: &str) -> Result<Self, Error> {
        format!("{number:04}_{name}").parse()
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        // Checked when it was made; a deserialized one that is no id counts as 0.
        self.0.split('_').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    /// Its number as it is written: `0007`.
    pub fn label(&self) -> &str {
        self.0.split('_').next().unwrap_or_default()
    }

    /// What follows the number.
    pub fn name(&self) -> &str {
        self.0.split_once('_').map_or("", |(_, name)| name)
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.sql", self.0)
    }
}

impl FromStr for MigrationId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = text.split_once('_').is_some_and(|(digits, name)| {
            (4..=9).contains(&digits.len())
                && digits.bytes().all(|b| b.is_ascii_digit())
                && !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        });
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::usage(
                "bad-migration-name",
                format!("`{text}` is not a migration's name"),
                "four digits, an underscore and a name in lower case: `0007_add_telehealth`",
            ))
        }
    }
}

impl fmt::Display for MigrationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialOrd for MigrationId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for MigrationId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number().cmp(&other.number()).then_with(|| self.0.cmp(&other.0))
    }
}

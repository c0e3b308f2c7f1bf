use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use peristyle_schema::{Diagnostic, Span};

use super::Rule;

/// What a project has set of the group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conventions {
    /// The rules that do not hold here.
    pub off: BTreeSet<Rule>,
    /// The rules that single tables need not follow.
    pub allow: Vec<Allowance>,
    /// Plurals that are not made with s, es or ies, by their singular.
    pub plurals: BTreeMap<String, String>,
    /// What a primary key holds.
    pub key: KeyType,
}

/// The rules that one table need not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The table, as `users` or `app.users`.
    pub table: String,
    /// The rules.
    pub rules: BTreeSet<Rule>,
    /// Where that is written.
    pub span: Option<Span>,
}

/// What a primary key holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyType {
    /// Text that holds a UUID.
    #[default]
    Text,
    /// The database's own type of UUIDs.
    Uuid,
    /// Whatever it is.
    Any,
}

impl KeyType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Uuid, Self::Any];

    /// Its name in a project's settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Uuid => "uuid",
            Self::Any => "any",
        }
    }
}

impl FromStr for KeyType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|key| key.name() == text).ok_or(())
    }
}

impl Conventions {
    /// Whether a table need not follow a rule.
    pub(super) fn allows(&self, table: &str, rule: Rule) -> bool {
        self.allow
            .iter()
            .any(|allowance| allowance.table == table && allowance.rules.contains(&rule))
    }
}

impl Allowance {
    pub(super) fn unused(&self, rule: Rule) -> Diagnostic {
        let message =
            format!("`{}` is allowed not to follow `{}`, and does", self.table, rule.name());
        Diagnostic::warning("convention-unused-allowance", message)
            .at(self.span.clone())
            .help("take it out; where the table has another name, write that")
    }
}

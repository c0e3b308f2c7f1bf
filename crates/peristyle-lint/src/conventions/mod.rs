//! The group `conventions`: how tables and columns are named and what every table has. Off until a project turns it on.

mod column_name;
mod foreign_key;
mod on_delete;
mod primary_key;
mod rule;
mod settings;
mod table_name;
#[cfg(test)]
mod tests;
mod timestamps;
mod words;

use std::collections::BTreeSet;

use peristyle_schema::{Diagnostic, Schema, Span, Table};

pub use rule::Rule;
pub use settings::{Allowance, Conventions, KeyType};

/// Holds a declared schema to the conventions: an error for each place that does not follow them, in the order of the places,
/// and a warning for each allowance that nothing needs.
///
/// A table of another application and a partition, whose shape is its parent's, are held to nothing.
pub fn conventions(schema: &Schema, settings: &Conventions) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut needed = BTreeSet::new();
    let ours = |table: &&Table| !table.external && table.options.partition_of.is_none();
    for table in schema.tables.values().filter(ours) {
        let name = table.name.to_string();
        for rule in Rule::ALL.into_iter().filter(|rule| !settings.off.contains(rule)) {
            let found = rule.check(table, settings);
            if found.is_empty() {
                continue;
            }
            if settings.allows(&name, rule) {
                needed.insert((name.clone(), rule));
            } else {
                findings.extend(found.into_iter().map(|finding| finding.diagnostic(rule)));
            }
        }
    }
    findings.sort_by(|a, b| a.span.cmp(&b.span));
    for allowance in &settings.allow {
        let useless = |rule: &&Rule| !needed.contains(&(allowance.table.clone(), **rule));
        findings.extend(allowance.rules.iter().filter(useless).map(|rule| allowance.unused(*rule)));
    }
    findings
}

/// What a rule has found.
struct Finding {
    message: String,
    help: String,
    span: Option<Span>,
}

impl Finding {
    fn new(span: Option<&Span>, message: String, help: String) -> Self {
        Self { message, help, span: span.cloned() }
    }

    fn diagnostic(self, rule: Rule) -> Diagnostic {
        Diagnostic::error(rule.code(), self.message).at(self.span).help(self.help)
    }
}

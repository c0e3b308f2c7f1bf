//! Choosing other values after the database has refused some.

use peristyle_driver::{Constraint, ConstraintKind};
use peristyle_schema::{Column, Index, IndexKey, Name, Table};

use super::table::{Choice, Condition, Maker};
use crate::room::Room;

/// How often other values are tried for a condition that names no column.
const BLIND: usize = 60;

impl Maker<'_> {
    /// Chooses other values after the database has refused these.
    pub(super) fn learn(&self, broken: &Constraint, choice: &mut Choice) {
        let place = |name: &String| self.columns.iter().position(|c| c.name.as_str() == name);
        match broken.kind {
            ConstraintKind::Check => {
                if !self.vary_condition(broken.name.as_deref(), choice) {
                    self.vary_native(choice);
                }
            }
            ConstraintKind::Unique | ConstraintKind::PrimaryKey => {
                choice.parent += 1;
                let named: Vec<usize> = match &broken.name {
                    Some(index) => self.index_columns(index),
                    None => broken.columns.iter().filter_map(place).collect(),
                };
                for at in named {
                    self.next_distinct(at, choice);
                }
            }
            ConstraintKind::NotNull | ConstraintKind::DataType => {
                for at in broken.columns.iter().filter_map(place) {
                    *choice.values.entry(at).or_default() += 1;
                }
            }
            ConstraintKind::ForeignKey | ConstraintKind::Trigger | ConstraintKind::Other => {
                self.vary_all(choice);
            }
        }
    }

    /// The columns of an index that is known by name only, because it is over expressions.
    fn index_columns(&self, name: &str) -> Vec<usize> {
        let Some(index) = self.table.indexes.get(name) else { return Vec::new() };
        (0..self.columns.len()).filter(|at| mentions(index, &self.columns[*at].name)).collect()
    }

    /// Another value that no other row has: past the hints, where values are numbered.
    fn next_distinct(&self, at: usize, choice: &mut Choice) {
        let hints = self.hints(at, 0).len();
        let chosen = choice.values.entry(at).or_default();
        *chosen =
            if *chosen <= hints && hints > 0 { *chosen + 1 } else { (*chosen).max(hints) + 1 };
    }

    /// Other values for the condition that the database names, or for all if it names none of ours; says whether it was found.
    pub(super) fn vary_condition(&self, name: Option<&str>, choice: &mut Choice) -> bool {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let found = self.conditions.iter().position(|condition| {
            name.is_some_and(|name| {
                condition.name.as_deref() == Some(name)
                    || squeezed(&condition.text) == squeezed(name)
            })
        });
        let chosen: Vec<usize> = match found {
            Some(at) => vec![at],
            None => (0..self.conditions.len()).collect(),
        };
        for at in chosen {
            self.vary(at, choice);
        }
        found.is_some()
    }

    /// Other values where rules stand that are not the table's own: of a column's type, of a partition's bounds.
    fn vary_native(&self, choice: &mut Choice) {
        for (at, column) in self.columns.iter().enumerate() {
            let has_rules = self.literals.contains_key(&column.name)
                && !self.conditions.iter().any(|condition| condition.columns.contains(&at));
            if has_rules {
                *choice.values.entry(at).or_default() += 1;
            }
        }
    }

    /// The next combination of the values that this condition mentions.
    pub(super) fn vary(&self, at: usize, choice: &mut Choice) {
        let failures = choice.failures.entry(at).or_default();
        *failures += 1;
        let mut rest = *failures;
        for place in &self.conditions[at].columns {
            let ways = self.hints(*place, 0).len() + 2;
            choice.values.insert(*place, rest % ways);
            rest /= ways;
        }
        if self.conditions[at].columns.is_empty() {
            // What it reads is computed from columns that it does not name.
            choice.exhausted |= rest > BLIND;
            self.vary_all(choice);
        } else {
            // Twice, because a column that it shares with another condition had another value at times.
            choice.exhausted |= rest > 1;
        }
    }

    pub(super) fn vary_all(&self, choice: &mut Choice) {
        choice.parent += 1;
        for at in 0..self.columns.len() {
            *choice.values.entry(at).or_default() += 1;
        }
    }
}

/// The conditions on the table's rows: its checks.
pub(super) fn conditions(
    room: &dyn Room,
    table: &Table,
    enforced: Option<&Table>,
    columns: &[&Column],
) -> Vec<Condition> {
    table
        .checks
        .iter()
        .map(|check| {
            let places: Vec<usize> =
                (0..columns.len()).filter(|at| check.expr.mentions(&columns[*at].name)).collect();
            let free = !enforced.is_some_and(|table| table.checks.contains(check));
            let question = (free && !places.is_empty()).then(|| {
                let names: Vec<&Name> = places.iter().map(|at| &columns[*at].name).collect();
                let proposal = room.proposal(&table.name, &names);
                format!("SELECT ({}) FROM ({proposal}) AS proposed", check.expr)
            });
            Condition {
                name: check.name.as_ref().map(ToString::to_string),
                text: check.expr.as_str().to_owned(),
                columns: places,
                question,
            }
        })
        .collect()
}

fn mentions(index: &Index, column: &Name) -> bool {
    index.parts.iter().any(|part| match &part.key {
        IndexKey::Column(name) => name == column,
        IndexKey::Expr(expr) => expr.mentions(column),
    })
}

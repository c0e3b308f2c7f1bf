//! Comments: the documentation of what the schema holds.

use std::collections::BTreeMap;

use super::row::Row;
use super::{Class, Reader};

/// The comments by what they stand on; those on other kinds of things are left out.
pub(super) fn read<'a>(
    rows: impl Iterator<Item = Row<'a>>,
) -> BTreeMap<(Class, i64, i64), &'a str> {
    let comment = |row: Row<'a>| {
        let class = match row.text(0) {
            "pg_namespace" => Class::Namespace,
            "pg_type" => Class::Type,
            "pg_class" => Class::Relation,
            "pg_proc" => Class::Function,
            "pg_constraint" => Class::Constraint,
            "pg_trigger" => Class::Trigger,
            "pg_policy" => Class::Policy,
            _ => return None,
        };
        Some(((class, row.number(1), row.number(2)), row.text(3)))
    };
    rows.filter_map(comment).collect()
}

impl Reader<'_> {
    /// Says which comments stand on something that has no documentation in the model.
    pub(super) fn comments_left(&mut self) {
        let left: Vec<String> = self
            .comments
            .keys()
            .filter(|key| !self.told.contains(key))
            .filter_map(|(class, oid, sub)| {
                let subject = self.named.get(&(*class, *oid))?;
                let column = self.columns.get(&(*oid, *sub)).filter(|_| *class == Class::Relation);
                let column = column.map_or_else(String::new, |name| format!("column `{name}` of "));
                let word = subject.word.to_lowercase();
                Some(format!("the comment on {column}{word} `{}`", subject.name))
            })
            .collect();
        for what in left {
            self.not_modelled(what);
        }
    }
}

//! Tables as a whole, and what else is in `pg_class`.

use std::collections::BTreeMap;

use peristyle_schema::{Expr, Partition, QualifiedName, RowSecurity, Table, TableOptions};

use super::queries::About;
use super::row::Row;
use super::{Class, LEFT, Reader};

/// A table, a view or a foreign table.
pub(super) struct Relation<'a> {
    /// Its name, unless it is one that is not read.
    pub(super) name: QualifiedName,
    pub(super) kind: Kind,
    pub(super) row: Row<'a>,
    /// The tables it inherits from, in order.
    pub(super) parents: Vec<i64>,
    /// What is read of it, if it is a table.
    pub(super) table: Option<Table>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Table,
    View,
    MaterializedView,
}

impl<'a> Reader<'a> {
    pub(super) fn relations(&mut self) {
        for row in self.rows(About::Relations) {
            let Some(name) = self.qualified(row.number(1), row.text(2)) else { continue };
            // An extension sees to its own tables.
            if row.flag(16) {
                continue;
            }
            let (kind, word) = match row.text(3) {
                "r" | "p" => (Kind::Table, "TABLE"),
                "v" => (Kind::View, "VIEW"),
                "m" => (Kind::MaterializedView, "MATERIALIZED VIEW"),
                _ => {
                    self.not_modelled(format_args!("foreign table `{name}`"));
                    continue;
                }
            };
            self.name(Class::Relation, row.number(0), word, &name);
            let parents = row.numbers(10);
            let relation = Relation { name, kind, row, parents, table: None };
            self.relations.insert(row.number(0), relation);
        }
        let tables: Vec<i64> = self
            .relations
            .iter()
            .filter(|(_, relation)| relation.kind == Kind::Table)
            .map(|(oid, _)| *oid)
            .collect();
        for oid in tables {
            let table = self.table(oid);
            if let Some(relation) = self.relations.get_mut(&oid) {
                relation.table = table;
            }
        }
    }

    /// The table without its columns, constraints and indexes.
    fn table(&mut self, oid: i64) -> Option<Table> {
        let relation = self.relations.get(&oid)?;
        let (row, parents) = (relation.row, relation.parents.clone());
        let mut table = Table::new(relation.name.clone());
        table.doc = self.doc(Class::Relation, oid, 0);
        let parents: Vec<QualifiedName> = parents
            .iter()
            .filter_map(|parent| Some(self.relations.get(parent)?.name.clone()))
            .collect();
        let bound = row.maybe(8);
        let mut storage = parameters(row.texts(5));
        for (name, value) in parameters(row.texts(6)) {
            storage.insert(format!("toast.{name}"), value);
        }
        table.options = TableOptions {
            unlogged: row.flag(4),
            partition_by: row.maybe(9).map(Expr::from),
            partition_of: bound.zip(parents.first()).map(|(bound, parent)| Partition {
                table: parent.clone(),
                bound: Expr::from(bound),
            }),
            inherits: if bound.is_some() { Vec::new() } else { parents },
            row_security: match row.number(7) {
                1 => RowSecurity::Enabled,
                2 => RowSecurity::Forced,
                _ => RowSecurity::Off,
            },
            storage,
            ..TableOptions::default()
        };
        let mut clauses = Vec::new();
        if row.number(7) == 3 {
            clauses.push("FORCE ROW LEVEL SECURITY without ENABLE".to_owned());
        }
        if let Some(method) = row.maybe(12) {
            clauses.push(format!("USING {method}"));
        }
        if let Some(place) = row.maybe(13) {
            clauses.push(format!("TABLESPACE {place}"));
        }
        match row.text(14) {
            "f" => clauses.push("REPLICA IDENTITY FULL".to_owned()),
            "n" => clauses.push("REPLICA IDENTITY NOTHING".to_owned()),
            "i" => clauses.push("REPLICA IDENTITY USING INDEX".to_owned()),
            _ => {}
        }
        if row.flag(15) {
            clauses.push("OF a composite type".to_owned());
        }
        for clause in &clauses {
            self.not_modelled(format_args!("`{clause}` of table `{}`", table.name));
        }
        table.unmodelled = clauses;
        Some(table)
    }

    /// The table that is being read.
    pub(super) fn table_mut(&mut self, oid: i64) -> Option<&mut Table> {
        self.relations.get_mut(&oid)?.table.as_mut()
    }

    /// Says that a clause of a table is not in the schema, and would be lost if the table were made anew.
    pub(super) fn unmodelled(&mut self, oid: i64, clause: String) {
        self.unmodelled_with(oid, clause, LEFT);
    }

    /// Says so, and what to do about it.
    pub(super) fn unmodelled_with(&mut self, oid: i64, clause: String, help: &str) {
        let Some(table) = self.table_mut(oid) else { return };
        let name = table.name.clone();
        table.unmodelled.push(clause.clone());
        self.note(format_args!("{clause} of table `{name}`"), help);
    }
}

/// Storage parameters: `fillfactor=70`.
pub(super) fn parameters(texts: Vec<String>) -> BTreeMap<String, String> {
    let parameter = |text: String| match text.split_once('=') {
        Some((name, value)) => (name.to_owned(), value.to_owned()),
        None => (text, "true".to_owned()),
    };
    texts.into_iter().map(parameter).collect()
}

//! One way between two schemas: what it starts from, what it leads to, and what was found out on it.

use peristyle_schema::{Name, Pair, QualifiedName, Schema, Table, TableEdit};

use super::super::quote::quote;
use super::super::writer;
use super::keep::{Keeper, Kept, KeptColumn, KeptTable, Key};
use crate::PlanOptions;
pub(super) use crate::planning::Direction;
use crate::planning::{Identity, Renamed, edits};

/// What a way is planned from.
pub(super) struct Way<'a> {
    /// Where it starts and where it leads.
    pub(super) schemas: Pair<&'a Schema>,
    /// What lives on under which name.
    pub(super) identity: &'a Identity,
    /// Which way it is.
    pub(super) direction: Direction,
    /// What the caller has decided.
    pub(super) options: &'a PlanOptions,
    /// What the way there has set aside, for the way home to restore.
    pub(super) kept: &'a [Kept],
}

/// What was found out on the way.
pub(super) type Findings = crate::planning::Findings<Keeper>;

/// What happens to one table that lives on.
pub(super) struct Work<'a> {
    /// Its name before the renames.
    pub(super) was: QualifiedName,
    /// The table before, after the renames.
    pub(super) old: &'a Table,
    /// The table after.
    pub(super) new: &'a Table,
    /// What changes, renames apart.
    pub(super) edits: Vec<TableEdit>,
    /// The names of its columns after the renames and before.
    columns: Vec<Pair<Name>>,
}

impl<'a> Work<'a> {
    /// Every table that lives on, with what changes in it, in order of the new names.
    pub(super) fn all(renamed: &'a Renamed, way: &Way<'a>) -> Vec<Self> {
        let mut works = Vec::new();
        for was in way.schemas.old.tables.keys() {
            let Some(name) = way.identity.table(was) else { continue };
            if let Some(old) = renamed.schema.tables.get(name)
                && let Some(new) = way.schemas.new.tables.get(name)
            {
                let columns = old.columns.iter().map(|column| {
                    let before = way.identity.former_column(was, &column.name);
                    let before =
                        before.unwrap_or_else(|| renamed.former_column(name, &column.name));
                    Pair::new(before.clone(), column.name.clone())
                });
                works.push(Self {
                    was: was.clone(),
                    old,
                    new,
                    edits: edits(old, new),
                    columns: columns.collect(),
                });
            }
        }
        works.sort_by(|a, b| a.new.name.cmp(&b.new.name));
        works
    }

    /// Its name after the renames, quoted where it needs it.
    pub(super) fn sql_name(&self) -> String {
        quote(&self.new.name.name)
    }

    /// What tells a person which row is meant: the key's columns, or the rowid.
    pub(super) fn shown_key(&self) -> Vec<String> {
        match (&self.old.primary_key, rowid_word(self.old)) {
            (Some(key), _) => key.columns.iter().map(|name| quote(name)).collect(),
            (None, Some(word)) => vec![word.to_owned()],
            (None, None) => Vec::new(),
        }
    }

    /// The name that a column had before the renames.
    pub(super) fn former(&self, column: &Name) -> Name {
        let held = self.columns.iter().find(|names| names.new == *column);
        held.map_or(column, |names| &names.old).clone()
    }

    /// `table.column`, for people.
    pub(super) fn subject(&self, column: &Name) -> String {
        format!("{}.{column}", self.new.name)
    }
}

/// The word that names the rowid of this table, if it has one that no column hides.
pub(super) fn rowid_word(table: &Table) -> Option<&'static str> {
    if table.options.without_rowid {
        return None;
    }
    ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|word| !table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(word)))
}

/// The rowid of a table that has one which is not also a column of it.
pub(super) fn hidden_rowid(table: &Table) -> Option<&'static str> {
    match writer::rowid_alias(table) {
        Some(_) => None,
        None => rowid_word(table),
    }
}

impl<'a> Way<'a> {
    /// What was set aside of a column that this way brings back.
    pub(super) fn kept_column(&self, work: &Work<'_>, column: &Name) -> Option<&'a KeptColumn> {
        self.kept.iter().find_map(|kept| match kept {
            Kept::Column(kept) if kept.table.old == work.new.name && kept.column == *column => {
                Some(kept)
            }
            Kept::Column(_) | Kept::Table(_) => None,
        })
    }

    /// What was set aside of a table that this way brings back.
    pub(super) fn kept_table(&self, table: &QualifiedName) -> Option<&'a KeptTable> {
        self.kept.iter().find_map(|kept| match kept {
            Kept::Table(kept) if kept.table == *table => Some(kept),
            Kept::Table(_) | Kept::Column(_) => None,
        })
    }

    /// The names that the key of a kept column's rows has on this way, after its renames.
    pub(super) fn key_names(&self, kept: &KeptColumn) -> Vec<Name> {
        match &kept.key {
            Key::Rowid => Vec::new(),
            Key::Columns(columns) => columns
                .iter()
                .map(|name| self.identity.column(&kept.table.new, name).unwrap_or(name).clone())
                .collect(),
        }
    }
}

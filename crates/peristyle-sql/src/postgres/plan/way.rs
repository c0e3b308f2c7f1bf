//! One way between two schemas: what it starts from, what it leads to, and what was found out on it.

use peristyle_schema::{Check, Name, Pair, QualifiedName, Schema, Table, TableEdit};

use super::super::quote::{qualified, quote};
use super::keep::{Keeper, Kept, KeptColumn, KeptTable};
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
    /// Whether tables inherit from it.
    has_children: bool,
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
                    edits: in_order(edits(old, new)),
                    columns: columns.collect(),
                    // Those that go do so before it changes.
                    has_children: has_children(way.schemas.new, name),
                });
            }
        }
        works.sort_by(|a, b| a.new.name.cmp(&b.new.name));
        works
    }

    /// Its name after the renames, as it stands in statements.
    pub(super) fn sql_name(&self) -> String {
        qualified(&self.new.name)
    }

    /// Its own rows, as they stand behind `FROM`: those of tables that inherit from it are not among them.
    pub(super) fn own_rows(&self) -> String {
        own_rows(self.new, self.has_children)
    }

    /// The rows that a check speaks of.
    pub(super) fn checked_rows(&self, check: &Check) -> String {
        own_rows(self.new, self.has_children && check.no_inherit)
    }

    /// What tells a person which row is meant: the key's columns, or the place of the row.
    pub(super) fn shown_key(&self) -> Vec<String> {
        match &self.old.primary_key {
            Some(key) => key.columns.iter().map(|name| quote(name)).collect(),
            None => vec!["ctid".to_owned()],
        }
    }

    /// The columns that tell its rows apart before and after: the primary key, or a unique constraint without nulls. Their
    /// names are those after the renames.
    ///
    /// No key reaches into the tables that inherit from it.
    pub(super) fn row_key(&self) -> Option<Vec<Name>> {
        if self.has_children {
            return None;
        }
        let holds = |columns: &[Name]| {
            !columns.is_empty()
                && columns.iter().all(|name| {
                    [self.old, self.new].iter().all(|table| {
                        table
                            .columns
                            .get(name)
                            .is_some_and(|column| !column.nullable && column.generated.is_none())
                    })
                })
        };
        let key = self.old.primary_key.iter().map(|key| &key.columns);
        let uniques = self.old.uniques.iter().map(|unique| &unique.columns);
        key.chain(uniques).find(|columns| holds(columns)).cloned()
    }

    /// The name that a column had before the renames.
    pub(super) fn former(&self, column: &Name) -> Name {
        let held = self.columns.iter().find(|names| names.new == *column);
        held.map_or(column, |names| &names.old).clone()
    }

    /// Whether columns got other names.
    pub(super) fn renames_columns(&self) -> bool {
        self.columns.iter().any(|names| names.old != names.new)
    }

    /// `table.column`, for people.
    pub(super) fn subject(&self, column: &Name) -> String {
        format!("{}.{column}", self.new.name)
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
        let name =
            |name: &Name| self.identity.column(&kept.table.new, name).unwrap_or(name).clone();
        kept.key.iter().map(name).collect()
    }
}

/// Whether tables inherit from this one.
pub(super) fn has_children(schema: &Schema, table: &QualifiedName) -> bool {
    schema.tables.values().any(|other| other.options.inherits.contains(table))
}

/// A table's rows as they stand behind `FROM`, all or its own alone.
pub(super) fn own_rows(table: &Table, alone: bool) -> String {
    let name = qualified(&table.name);
    if alone { format!("ONLY {name}") } else { name }
}

/// A column that is computed goes before those that it reads.
fn in_order(mut edits: Vec<TableEdit>) -> Vec<TableEdit> {
    edits.sort_by_key(
        |edit| matches!(edit, TableEdit::DropColumn(column) if column.generated.is_none()),
    );
    edits
}

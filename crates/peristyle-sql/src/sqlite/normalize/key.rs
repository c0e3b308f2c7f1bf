//! The primary key and unique constraints.

use peristyle_schema::{Deferrable, Identity, Index, IndexKey, Name, Order, Table, Unique, naming};

use super::super::{own_name, rowid};
use super::{Errors, Place, expr};

pub(super) fn primary(table: &mut Table, errors: &mut Errors) {
    let Some(mut key) = table.primary_key.take() else {
        if table.options.without_rowid {
            errors.add(
                &Place::table(table),
                "without-rowid-key",
                "is WITHOUT ROWID and has no primary key",
                "give it a primary key, or take `without_rowid` away",
            );
        }
        return;
    };
    let place = Place::part(table, "the primary key", &key.columns);
    columns(table, &mut key.columns, &place, errors);
    for (at, name) in key.columns.iter().enumerate() {
        if key.columns[..at].contains(name) {
            let message = format!("names the column `{name}` twice");
            errors.add(&place, "duplicate-column", &message, "name it once");
        }
    }
    let autoincrement = key.autoincrement;
    table.primary_key = Some(key);
    if autoincrement && rowid::alias(table).is_none() {
        errors.add(
            &place,
            "autoincrement",
            "cannot be AUTOINCREMENT: SQLite numbers only a key of one integer column, and not WITHOUT ROWID",
            "make the key one `i64` column of an ordinary table, or take `autoincrement` away",
        );
    }
}

/// Sees that the columns of a key are there, and writes them as the table does.
pub(super) fn columns(table: &Table, names: &mut [Name], place: &Place, errors: &mut Errors) {
    if names.is_empty() {
        errors.add(place, "empty-key", "has no column", "name its columns");
    }
    own_name::settle_columns(table, names);
    for name in names.iter().filter(|name| !table.columns.contains(name)) {
        let all: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
        let message = format!("names the unknown column `{name}`");
        errors.add(place, "unknown-column", &message, &expr::unknown_help(name, &all));
    }
}

/// SQLite numbers the rows of every table; a column that is numbered must be another name of that number.
pub(super) fn identity(table: &mut Table, errors: &mut Errors) {
    let alias = rowid::alias(table).cloned();
    for column in &table.columns {
        if let Some(Identity::ByDefault | Identity::Always) = column.identity
            && alias.as_ref() != Some(&column.name)
        {
            errors.add(
                &Place::column(table, column),
                "identity",
                "is to be numbered by the database, and SQLite numbers only a table's single integer key",
                "make it the only column of the primary key of a table that is not WITHOUT ROWID, or set it yourself",
            );
        }
    }
    for column in table.columns.iter_mut() {
        column.identity = None;
    }
}

/// The name of the index that stands for a unique constraint.
pub(super) fn unique_name(table: &Table, unique: &Unique) -> Name {
    let made_up = || naming::unique(&table.name, &unique.columns);
    unique.name.clone().unwrap_or_else(made_up)
}

/// Whether an index is just what a unique constraint would be.
pub(super) fn is_same(index: &Index, unique: &Unique) -> bool {
    let plain = |part: &peristyle_schema::IndexPart, column: &Name| {
        part.key == IndexKey::Column(column.clone())
            && part.order == Order::Ascending
            && part.collation.is_none()
    };
    index.unique
        && index.filter.is_none()
        && index.parts.len() == unique.columns.len()
        && index.parts.iter().zip(&unique.columns).all(|(part, column)| plain(part, column))
}

/// Unique constraints become unique indexes: they mean the same, and an index can be dropped. Whether their columns are
/// there is seen with those of all indexes.
pub(super) fn uniques(table: &mut Table, errors: &mut Errors) {
    for mut unique in std::mem::take(&mut table.uniques) {
        let place = Place::part(table, "a unique constraint", &unique.columns);
        own_name::settle_columns(table, &mut unique.columns);
        if unique.deferrable != Deferrable::Not {
            errors.add(
                &place,
                "deferrable-unique",
                "is deferrable, and SQLite checks unique constraints at once",
                "take the deferral away; only foreign keys can be deferred",
            );
        }
        if unique.nulls_not_distinct {
            errors.add(
                &place,
                "nulls-not-distinct",
                "counts nulls as equal, and SQLite never does",
                "make the columns NOT NULL, or add a unique index over `coalesce(column, …)`",
            );
        }
        let mut index = Index::on_columns(unique_name(table, &unique), unique.columns.clone());
        index.unique = true;
        table.indexes.insert(index);
    }
}

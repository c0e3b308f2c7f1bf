//! The names that constraints and indexes get when a declaration gives none.
//!
//! They follow PostgreSQL's own convention (`table_column_suffix`), so that a database made by hand and one made by
//! Peristyle name the same thing alike.

use crate::{Check, Index, IndexKey, Name, QualifiedName, Table};

/// Longest name that PostgreSQL keeps whole, in bytes; a longer one would be cut there without a word.
pub const MAX_BYTES: usize = 63;

/// The name of a primary key constraint: `users_pkey`.
pub fn primary_key(table: &QualifiedName) -> Name {
    join(&[&table.name], "pkey")
}

/// The name of a unique constraint or of the index that stands for it: `users_email_key`.
pub fn unique(table: &QualifiedName, columns: &[Name]) -> Name {
    with_columns(table, columns, "key")
}

/// The name of a foreign key: `bookings_slot_id_fkey`.
pub fn foreign_key(table: &QualifiedName, columns: &[Name]) -> Name {
    with_columns(table, columns, "fkey")
}

/// The name of a check on one column, or on the table if no column is named: `symptoms_severity_check`.
pub fn check(table: &QualifiedName, columns: &[Name]) -> Name {
    with_columns(table, columns, "check")
}

/// The name of a table's check: with the column in it where it reads exactly one.
pub fn check_of(table: &Table, of: &Check) -> Name {
    let columns = table.columns.iter().map(|column| &column.name);
    let read: Vec<Name> = columns.filter(|name| of.expr.mentions(name)).cloned().collect();
    check(&table.name, if read.len() == 1 { &read } else { &[] })
}

/// The name of an exclusion constraint: `bookings_excl`.
pub fn exclusion(table: &QualifiedName) -> Name {
    join(&[&table.name], "excl")
}

/// The name of an index: `users_email_idx`; an expression counts as `expr`.
pub fn index(table: &QualifiedName, index: &Index) -> Name {
    let columns: Vec<Name> = index
        .parts
        .iter()
        .map(|part| match &part.key {
            IndexKey::Column(name) => name.clone(),
            IndexKey::Expr(_) => Name::from("expr"),
        })
        .collect();
    with_columns(table, &columns, if index.unique { "key" } else { "idx" })
}

fn with_columns(table: &QualifiedName, columns: &[Name], suffix: &str) -> Name {
    let mut parts: Vec<&str> = vec![&table.name];
    parts.extend(columns.iter().map(Name::as_str));
    join(&parts, suffix)
}

/// Joins with underscores; where the result would be too long, the middle is cut and a short hash of the whole keeps
/// it apart from its neighbours.
fn join(parts: &[&str], suffix: &str) -> Name {
    let stem = parts.join("_");
    let whole = format!("{stem}_{suffix}");
    if whole.len() <= MAX_BYTES {
        return Name::new(whole);
    }
    let hash = crate::fingerprint::short(whole.as_bytes());
    let mut keep = MAX_BYTES - suffix.len() - hash.len() - 2;
    while !stem.is_char_boundary(keep) {
        keep -= 1;
    }
    Name::new(format!("{}_{hash}_{suffix}", &stem[..keep]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_fit_and_stay_apart() {
        let table = QualifiedName::local("a_table_with_a_name_that_goes_on_for_quite_a_while");
        let one = unique(&table, &["first_column".into(), "second_column".into()]);
        let two = unique(&table, &["first_column".into(), "secund_column".into()]);
        assert!(one.len() <= MAX_BYTES && two.len() <= MAX_BYTES, "{one} {two}");
        assert_ne!(one, two);
        assert!(one.ends_with("_key"));
    }
}

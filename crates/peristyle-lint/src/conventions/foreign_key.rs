use peristyle_schema::{ForeignKey, Table};

use super::words::{is_singular_of, singular};
use super::{Conventions, Finding};

/// Names of single columns; a key of several columns has no one name.
///
/// Where a table points to another one several times, or to itself, a word may stand before: `author_user_id`.
pub(super) fn check(table: &Table, settings: &Conventions) -> Vec<Finding> {
    table.foreign_keys.iter().filter_map(|key| finding(table, key, settings)).collect()
}

fn finding(table: &Table, key: &ForeignKey, settings: &Conventions) -> Option<Finding> {
    let [column] = key.columns.as_slice() else { return None };
    // A primary key that is another table's has the name of a primary key.
    let is_key = table.primary_key.as_ref().is_some_and(|primary| primary.columns == key.columns);
    let other = key.references.table.name.as_str();
    let fits = |stem: &str| is_singular_of(stem, other, &settings.plurals);
    let to_it = table.foreign_keys.iter().filter(|k| k.references.table == key.references.table);
    let roles = to_it.count() > 1 || key.references.table == table.name;
    let good = column.strip_suffix("_id").is_some_and(|stem| {
        let tails = stem.match_indices('_').map(|(at, _)| &stem[at + 1..]);
        fits(stem) || (roles && tails.into_iter().any(fits))
    });
    if good || is_key {
        return None;
    }
    let wanted = format!("{}_id", singular(other, &settings.plurals));
    let wanted = if roles { format!("…_{wanted}") } else { wanted };
    let span = table.columns.get(column).and_then(|column| column.span.get());
    Some(Finding::new(
        span.or(table.span.get()),
        format!(
            "the foreign key `{}.{column}` to `{}` is not called `{wanted}`",
            table.name, key.references.table
        ),
        format!("call it `{wanted}`, with `#[column(was = \"{column}\")]` where a database has it"),
    ))
}

//! The declared schema of a history, and what of it a server would only say in other words.

use peristyle_driver::Connection;
use peristyle_schema::{Change, Pair, Schema, diff};

use crate::Error;

/// What changes between two declared schemas besides words: both as the server of `live` would print them.
pub(crate) fn changes(
    connection: &mut dyn Connection,
    schemas: Pair<&Schema>,
    live: &Schema,
) -> Result<Vec<Change>, Error> {
    let old = connection.canonical(schemas.old.clone(), live)?;
    let new = connection.canonical(schemas.new.clone(), live)?;
    Ok(diff(Pair::new(&old, &new)))
}

/// The old schema in the words of the new one, wherever the server says that they mean the same. `live` is the old one as the
/// server prints it. So what was written by hand and is declared later is no change.
pub(crate) fn reworded(
    connection: &mut dyn Connection,
    mut old: Schema,
    live: &Schema,
    new: &Schema,
) -> Result<Schema, Error> {
    let printed = connection.canonical(new.clone(), live)?;
    for (name, table) in &new.tables {
        let same = printed.tables.get(name).is_some_and(|t| live.tables.get(name) == Some(t));
        if same && old.tables.contains_key(name) {
            old.insert_table(table.clone());
        }
    }
    for (name, enumerated) in &new.enums {
        if live.enums.get(name) == Some(enumerated) && old.enums.contains_key(name) {
            old.insert_enum(enumerated.clone());
        }
    }
    for (id, object) in &new.objects {
        let same = printed.objects.get(id).is_some_and(|o| live.objects.get(id) == Some(o));
        if same && old.objects.contains_key(id) {
            old.insert_object(object.clone());
        }
    }
    Ok(old)
}

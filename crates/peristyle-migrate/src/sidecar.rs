//! Applications beside this one: what their foreign keys need of its tables, and which change takes it away.

use std::path::PathBuf;

use peristyle_schema::{Diagnostic, ForeignKey, IndexKey, Pair, QualifiedName, Schema, Table};

use crate::{Error, Folder, Scratch, replay::Replay};

/// A foreign key of another application.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// Whose it is, in words.
    by: String,
    table: QualifiedName,
    key: ForeignKey,
}

/// The foreign keys that the migrations of other applications hold, each folder read to its end.
pub(crate) fn of_folders(folders: &[PathBuf], scratch: &Scratch) -> Result<Vec<Held>, Error> {
    let mut held = Vec::new();
    for path in folders {
        let folder = Folder::open(path)?;
        folder.sound()?;
        let all = folder.migrations();
        let schema = match folder.declared(all.len()) {
            Some(schema) => schema,
            None => Replay::of(all, scratch)?.catalog()?.schema,
        };
        let application = all.first().and_then(|first| first.header.application());
        let place = path.display();
        let by = application.map_or_else(|| place.to_string(), |name| format!("{name} ({place})"));
        held.extend(schema.tables.values().flat_map(|table| keys(&by, table)));
    }
    Ok(held)
}

/// The foreign keys of a live database's tables that are not in the schema which a history makes.
pub(crate) fn of_database(live: &Schema, own: &Schema) -> Vec<Held> {
    let others = live.tables.values().filter(|table| !own.tables.contains_key(&table.name));
    others
        .flat_map(|table| {
            let by = match &table.name.namespace {
                Some(namespace) => format!("what has the schema {namespace} to itself"),
                None => "none of the declarations".to_owned(),
            };
            keys(&by, table)
        })
        .collect()
}

/// Whether a live database has tables outside of the usual namespace, or anything at all that may point into it.
pub(crate) fn may_hold(live: &Schema) -> bool {
    live.tables.values().any(|table| !table.foreign_keys.is_empty())
}

fn keys<'a>(by: &str, table: &'a Table) -> impl Iterator<Item = Held> + use<'a> {
    let by = by.to_owned();
    let held = move |key: &ForeignKey| Held {
        by: by.clone(),
        table: table.name.clone(),
        key: key.clone(),
    };
    table.foreign_keys.iter().map(held)
}

/// A warning for each foreign key of others that has what it needs before a change and lacks it afterwards.
pub(crate) fn broken(held: &[Held], schemas: Pair<&Schema>) -> Vec<Diagnostic> {
    let mut warnings: Vec<Diagnostic> = Vec::new();
    for held in held {
        let Some(before) = schemas.old.tables.get(&held.key.references.table) else { continue };
        let after = schemas.new.tables.get(&held.key.references.table);
        let (false, Some(lack)) =
            (lacks(&held.key, before, Some(before)).is_some(), lacks(&held.key, before, after))
        else {
            continue;
        };
        let columns: Vec<&str> = held.key.columns.iter().map(|name| name.as_str()).collect();
        let message = format!(
            "{lack}, and {} ({}), which belongs to {}, points there with a foreign key",
            held.table,
            columns.join(", "),
            held.by
        );
        if !warnings.iter().any(|warning| warning.message == message) {
            warnings.push(Diagnostic::warning("breaks-foreign-key", message).help(
                "change the other application first, in a migration of its own, or keep what it points to",
            ));
        }
    }
    warnings
}

/// What a table lacks that a foreign key needs of it, which was `before`.
fn lacks(key: &ForeignKey, before: &Table, after: Option<&Table>) -> Option<String> {
    let name = &before.name;
    let Some(after) = after else {
        return Some(format!("the table {name} goes, or is called otherwise"));
    };
    let primary = |table: &Table| table.primary_key.as_ref().map(|key| key.columns.clone());
    let columns = match key.references.columns.is_empty() {
        true => primary(before)?,
        false => key.references.columns.clone(),
    };
    for column in &columns {
        let old = before.columns.get(column)?;
        match after.columns.get(column) {
            None => return Some(format!("{name}.{column} goes, or is called otherwise")),
            Some(new) if new.data_type != old.data_type => {
                return Some(format!("the type of {name}.{column} changes"));
            }
            Some(_) => {}
        }
    }
    let same = |other: &[peristyle_schema::Name]| {
        other.len() == columns.len() && other.iter().all(|name| columns.contains(name))
    };
    let unique = primary(after).is_some_and(|key| same(&key))
        || after.uniques.iter().any(|unique| same(&unique.columns))
        || after.indexes.iter().any(|index| {
            let plain = index.parts.iter().map(|part| match &part.key {
                IndexKey::Column(name) => Some(name.clone()),
                IndexKey::Expr(_) => None,
            });
            let plain: Option<Vec<_>> = plain.collect();
            index.unique && index.filter.is_none() && plain.is_some_and(|names| same(&names))
        });
    let words: Vec<&str> = columns.iter().map(|name| name.as_str()).collect();
    (!unique).then(|| format!("{name} ({}) need not be unique any more", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{
        Action, Column, Deferrable, ForeignKey, Match, Pair, PrimaryKey, QualifiedName, Reference,
        Schema, Table, Type,
    };

    use super::{broken, of_database};

    fn users() -> Table {
        let mut users = Table::new("users");
        users.columns.insert(Column::new("id", Type::Text));
        users.columns.insert(Column::new("name", Type::Text));
        let columns = vec!["id".into()];
        users.primary_key = Some(PrimaryKey { name: None, columns, autoincrement: false });
        users
    }

    fn schema(table: Option<Table>) -> Schema {
        let mut schema = Schema::empty();
        table.into_iter().for_each(|table| schema.insert_table(table));
        schema
    }

    #[test]
    fn each_way_to_break_a_key_is_named_and_nothing_else() {
        let mut listings = Table::new(QualifiedName::qualified("bookings", "listings"));
        listings.columns.insert(Column::new("sitter_id", Type::Text));
        listings.foreign_keys.push(ForeignKey {
            name: None,
            columns: vec!["sitter_id".into()],
            references: Reference { table: "users".into(), columns: vec!["id".into()] },
            on_delete: Action::Cascade,
            on_update: Action::NoAction,
            deferrable: Deferrable::default(),
            matching: Match::default(),
            set_columns: Vec::new(),
            not_valid: false,
        });
        let own = schema(Some(users()));
        let mut live = own.clone();
        live.insert_table(listings);
        let held = of_database(&live, &own);
        let edited = |edit: fn(&mut Table)| {
            let mut table = users();
            edit(&mut table);
            Some(table)
        };
        let cases: [(Option<Table>, Option<&str>); 6] = [
            (None, Some("the table users goes")),
            (edited(|t| drop(t.columns.remove("id"))), Some("users.id goes")),
            (
                edited(|t| t.columns.get_mut("id").unwrap().data_type = Type::Uuid),
                Some("the type of users.id changes"),
            ),
            (edited(|t| t.primary_key = None), Some("users (id) need not be unique")),
            (edited(|t| drop(t.columns.remove("name"))), None),
            (edited(|_| {}), None),
        ];
        for (after, expected) in cases {
            let found = broken(&held, Pair::new(&own, &schema(after)));
            match expected {
                None => assert!(found.is_empty(), "{found:?}"),
                Some(words) => {
                    assert_eq!(found.len(), 1, "{words}");
                    let message = &found[0].message;
                    assert!(message.starts_with(words), "{message}");
                    assert!(message.contains("bookings.listings (sitter_id)"), "{message}");
                }
            }
        }
        assert!(of_database(&own, &own).is_empty());
    }
}

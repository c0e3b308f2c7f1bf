//! A foreign key: as an `Id`, as `#[references]` on a field, or as `#[foreign_key]` on the struct.

use peristyle_schema::{
    Action, Column, Deferrable, ForeignKey, IndexKey, Match, Name, Schema, Table, Type,
};

use crate::resolve::comparable;

/// How a foreign key can be written.
pub(super) enum Way<'a> {
    /// The field's type says it: `Id<Other>`.
    Id(&'a Table),
    /// The field names a struct: `#[references(Other)]`.
    Field(&'a Table),
    /// The struct names fields and another struct: `#[foreign_key(columns(a, b), references = Other(x, y))]`.
    Struct(&'a Table),
    /// The target is named as the database names it, because a declaration of it would be refused.
    ByName,
}

/// How each foreign key of a table is written, in their order.
pub(super) fn ways<'a>(schema: &'a Schema, table: &'a Table) -> Vec<Way<'a>> {
    table.foreign_keys.iter().enumerate().map(|(at, key)| way(schema, table, at, key)).collect()
}

fn way<'a>(schema: &'a Schema, table: &'a Table, at: usize, key: &'a ForeignKey) -> Way<'a> {
    let earlier = &table.foreign_keys[..at];
    let target = match schema.tables.get(&key.references.table) {
        Some(target) if is_sound(table, target, key) => target,
        _ => return Way::ByName,
    };
    let twin =
        earlier.iter().any(|held| held.columns == key.columns && held.references == key.references);
    if twin {
        return Way::ByName;
    }
    // Columns that are set are named on the struct.
    match key.columns.as_slice() {
        [only]
            if key.set_columns.is_empty()
                && !earlier.iter().any(|held| held.columns == key.columns) =>
        {
            match table.columns.get(only) {
                Some(column) if is_id(schema, table, target, key, column) => Way::Id(target),
                _ => Way::Field(target),
            }
        }
        _ => Way::Struct(target),
    }
}

/// Whether a declaration of the key passes: every column is there, types agree, the target is unique, the actions are
/// possible.
fn is_sound(table: &Table, target: &Table, key: &ForeignKey) -> bool {
    let columns: Vec<&Column> = key.columns.iter().filter_map(|c| table.columns.get(c)).collect();
    let targets: Vec<&Column> =
        key.references.columns.iter().filter_map(|c| target.columns.get(c)).collect();
    let actions = [key.on_delete, key.on_update];
    !columns.is_empty()
        && columns.len() == key.columns.len()
        && columns.len() == targets.len()
        && targets.len() == key.references.columns.len()
        && columns.iter().zip(&targets).all(|(a, b)| comparable(&a.data_type, &b.data_type))
        && is_unique(target, &key.references.columns)
        && (!actions.contains(&Action::SetNull)
            || columns.iter().filter(|c| is_set(key, c)).all(|c| c.nullable))
        && (!actions.contains(&Action::SetDefault)
            || columns.iter().filter(|c| is_set(key, c)).all(|c| c.nullable || c.default.is_some()))
}

fn is_set(key: &ForeignKey, column: &Column) -> bool {
    key.set_columns.is_empty() || key.set_columns.contains(&column.name)
}

fn is_unique(table: &Table, columns: &[Name]) -> bool {
    let same =
        |held: &[Name]| held.len() == columns.len() && held.iter().all(|c| columns.contains(c));
    table.primary_key.as_ref().is_some_and(|key| same(&key.columns))
        || table.uniques.iter().any(|unique| same(&unique.columns))
        || table.indexes.iter().filter(|index| index.unique && index.filter.is_none()).any(
            |index| {
                let parts: Option<Vec<Name>> = index
                    .parts
                    .iter()
                    .map(|part| match &part.key {
                        IndexKey::Column(name) => Some(name.clone()),
                        IndexKey::Expr(_) => None,
                    })
                    .collect();
                parts.is_some_and(|parts| same(&parts))
            },
        )
}

/// Whether the field can be an `Id` of the table that it references: the table is known by one column, of exactly this
/// type.
fn is_id(
    schema: &Schema,
    table: &Table,
    target: &Table,
    key: &ForeignKey,
    column: &Column,
) -> bool {
    let own_key = target.name == table.name && is_key(table, column);
    !own_key
        && column.identity.is_none()
        && target.primary_key.as_ref().is_some_and(|pk| pk.columns == key.references.columns)
        && sole_key(target).is_some_and(|referenced| {
            is_id_type(&referenced.data_type) && referenced.data_type == column.data_type
        })
        && !leads_in_a_circle(schema, table, target)
}

/// A key that is an `Id` of a table whose key is an `Id`, and so on, must come to an end.
fn leads_in_a_circle(schema: &Schema, table: &Table, target: &Table) -> bool {
    let mut at = target;
    for _ in 0..schema.tables.len() {
        let Some(key) = sole_key(at) else { return false };
        let next = at.foreign_keys.iter().find(|fk| fk.columns == [key.name.clone()]);
        match next.and_then(|fk| schema.tables.get(&fk.references.table)) {
            None => return false,
            Some(next) if next.name == at.name => return false,
            Some(next) => at = next,
        }
        if at.name == table.name {
            return true;
        }
    }
    true
}

/// The column of a key of one column.
fn sole_key(table: &Table) -> Option<&Column> {
    match table.primary_key.as_ref()?.columns.as_slice() {
        [only] => table.columns.get(only),
        _ => None,
    }
}

/// Whether a column is the whole key of its table.
pub(super) fn is_key(table: &Table, column: &Column) -> bool {
    sole_key(table).is_some_and(|key| key.name == column.name)
}

/// Whether an `Id` can hold values of this type.
pub(super) fn is_id_type(data_type: &Type) -> bool {
    matches!(data_type, Type::BigInt | Type::Text | Type::Uuid)
}

/// The options of a foreign key: actions, deferrability, match, name.
pub(super) fn rules(key: &ForeignKey) -> Vec<String> {
    let mut rules = Vec::new();
    for (event, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        let word = match action {
            Action::NoAction => continue,
            Action::Restrict => "restrict",
            Action::Cascade => "cascade",
            Action::SetNull => "set_null",
            Action::SetDefault => "set_default",
        };
        rules.push(format!("{event} = {word}"));
    }
    match key.deferrable {
        Deferrable::Not => {}
        Deferrable::InitiallyImmediate => rules.push("deferrable = immediate".to_owned()),
        Deferrable::InitiallyDeferred => rules.push("deferrable = deferred".to_owned()),
    }
    if key.matching == Match::Full {
        rules.push("match = full".to_owned());
    }
    if key.not_valid {
        rules.push("not_valid".to_owned());
    }
    if let Some(name) = &key.name {
        rules.push(format!("name = {}", super::literal(name)));
    }
    rules
}

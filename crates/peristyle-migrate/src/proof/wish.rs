//! The schema that rows for a proof are made to fit: the old one, and the new one's rules as far as they reach back.

use std::collections::BTreeMap;

use peristyle_schema::{
    Column, EnumType, EnumValue, ForeignKey, Name, QualifiedName, Schema, Table, Type,
};

use super::mapping::{Mapping, TableMapping};

/// The old schema with the new one's rules: rows that fit it can go both ways.
pub(super) fn wish(old: &Schema, new: &Schema, mapping: &Mapping) -> Schema {
    let mut wish = old.clone();
    let back: BTreeMap<&QualifiedName, &QualifiedName> =
        mapping.tables.iter().map(|(from, held)| (&held.name, from)).collect();
    for (name, held) in &mapping.tables {
        let (Some(table), Some(target)) = (wish.tables.get_mut(name), new.tables.get(&held.name))
        else {
            continue;
        };
        for (from, to) in &held.columns {
            if let (Some(column), Some(target)) =
                (table.columns.get_mut(from), target.columns.get(to))
            {
                narrow(column, target);
            }
        }
        add_rules(table, target, held, &back, mapping);
    }
    for enumerated in wish.enums.values_mut() {
        let was = |new: &&EnumType| new.was.get() == Some(&enumerated.name);
        let target = new.enums.get(&enumerated.name).or_else(|| new.enums.values().find(was));
        if let Some(target) = target {
            keep_common(&mut enumerated.values, &target.values);
        }
    }
    wish
}

/// Keeps the values that stay, under their own name or another, if there are any.
fn keep_common(old: &mut Vec<EnumValue>, new: &[EnumValue]) {
    let stays = |value: &&EnumValue| {
        new.iter().any(|v| v.name == value.name || v.was.get() == Some(&value.name))
    };
    let common: Vec<_> = old.iter().filter(stays).cloned().collect();
    if !common.is_empty() {
        *old = common;
    }
}

fn narrow(column: &mut Column, target: &Column) {
    if rank(&target.data_type) > rank(&column.data_type) {
        column.data_type = target.data_type.clone();
    } else {
        match (&column.data_type, &target.data_type) {
            (Type::Values(old), Type::Values(new)) => {
                let mut common = old.clone();
                keep_common(&mut common, new);
                column.data_type = Type::Values(common);
            }
            (Type::Varchar(old), Type::Varchar(new)) if shorter(*new, *old) => {
                column.data_type = Type::Varchar(*new);
            }
            _ => {}
        }
    }
    // A null where none may be later is only made if there is something to fill it with.
    if !target.nullable && target.fill.is_none() && target.default.is_none() {
        column.nullable = false;
    }
}

fn shorter(a: Option<u32>, b: Option<u32>) -> bool {
    a.unwrap_or(u32::MAX) < b.unwrap_or(u32::MAX)
}

/// How much a type asks of a value: what fits a higher one mostly fits a lower one, too.
fn rank(data_type: &Type) -> u8 {
    match data_type {
        Type::Text | Type::Bytes | Type::Native(_) | Type::Array(_) => 0,
        Type::Varchar(_) | Type::Char(_) | Type::Interval => 1,
        Type::Real | Type::Double => 2,
        Type::Numeric(_) => 3,
        Type::SmallInt | Type::Integer | Type::BigInt | Type::Json => 4,
        Type::Boolean | Type::Uuid => 5,
        Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz => 6,
        Type::Enum(_) | Type::Values(_) => 7,
    }
}

/// Adds the new table's checks and foreign keys, in the old names.
fn add_rules(
    table: &mut Table,
    target: &Table,
    held: &TableMapping,
    back: &BTreeMap<&QualifiedName, &QualifiedName>,
    mapping: &Mapping,
) {
    let old_name =
        |to: &Name| held.columns.iter().find(|(_, held)| *held == to).map(|(from, _)| from);
    for check in &target.checks {
        let mut check = check.clone();
        for (from, to) in held.columns.iter().filter(|(from, to)| from != to) {
            check.expr = check.expr.rename_column(to, from);
        }
        if !table.checks.contains(&check) {
            table.checks.push(check);
        }
    }
    for key in &target.foreign_keys {
        let Some(parent) = back.get(&key.references.table) else { continue };
        let there = &mapping.tables[*parent];
        let referenced: Option<Vec<Name>> = key
            .references
            .columns
            .iter()
            .map(|to| {
                there.columns.iter().find(|(_, held)| *held == to).map(|(from, _)| from.clone())
            })
            .collect();
        let columns: Option<Vec<Name>> =
            key.columns.iter().map(|to| old_name(to).cloned()).collect();
        let (Some(columns), Some(referenced)) = (columns, referenced) else { continue };
        let known =
            |held: &ForeignKey| held.columns == columns && held.references.table == **parent;
        if !table.foreign_keys.iter().any(known) {
            let mut key = key.clone();
            key.references.table = (*parent).clone();
            key.references.columns = referenced;
            key.columns = columns;
            table.foreign_keys.push(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Hint, Pair, diff};

    use super::*;

    fn schema(values: Vec<EnumValue>) -> Schema {
        let mut schema = Schema::empty();
        schema.insert_enum(EnumType { name: "role".into(), was: Hint::NONE, doc: None, values });
        schema
    }

    #[test]
    fn rows_hold_the_values_of_an_enum_that_stay() {
        let old = schema(vec!["member".into(), "guest".into(), "boss".into()]);
        let renamed = EnumValue { name: "admin".into(), was: Hint::some("boss".into()) };
        let new = schema(vec![renamed, "member".into()]);
        let mapping = Mapping::new(&old, &diff(Pair::new(&old, &new)));
        let values: Vec<_> = wish(&old, &new, &mapping).enums[&QualifiedName::local("role")]
            .values
            .iter()
            .map(|value| value.name.to_string())
            .collect();
        assert_eq!(values, ["member", "boss"]);
    }
}

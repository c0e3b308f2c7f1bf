//! Tables whose rows are divided into partitions.

use peristyle_schema::{
    Column, Expr, Identity, IndexKey, IndexPart, Name, Partition, QualifiedName, Schema, Table,
    Type,
};

use super::super::Dice;
use super::super::names::{fresh, taken};
use super::super::table::some_column;
use super::table::home;

/// Divides a new table that nothing leads to, into partitions that together take every row.
pub fn divide(dice: &mut Dice, schema: &mut Schema, table: &mut Table, avoid: &[String]) {
    let keyed = |column: &Column| match &table.primary_key {
        Some(key) => key.columns.contains(&column.name),
        None => true,
    };
    let apt = |column: &Column| {
        matches!(column.data_type, Type::BigInt | Type::Text)
            && column.generated.is_none()
            && column.collation.is_none()
            && keyed(column)
    };
    let Some(column) = some_column(dice, table, apt) else { return };
    let by = column.name.clone();
    plain(table, &by);
    let quoted = dice.quote(&by);
    let bounds: &[&str] = match dice.below(3) {
        0 => &[
            "FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            "FOR VALUES WITH (modulus 2, remainder 1)",
        ],
        1 => &["FOR VALUES IN ('3')", "DEFAULT"],
        _ => &["FOR VALUES FROM (MINVALUE) TO ('3')", "DEFAULT"],
    };
    let method = match bounds[0] {
        "FOR VALUES IN ('3')" => "list",
        "FOR VALUES FROM (MINVALUE) TO ('3')" => "RANGE",
        _ => "HASH",
    };
    table.options.partition_by = Some(Expr::new(format!("{method} ({quoted})")));
    let mut names = taken(schema);
    names.extend_from_slice(avoid);
    names.push(table.name.name.to_string());
    for bound in bounds {
        let name = fresh(dice, &names);
        names.push(name.clone());
        let mut partition = Table::new(home(dice, name));
        partition.options.partition_of =
            Some(Partition { table: table.name.clone(), bound: Expr::new(*bound) });
        schema.insert_table(partition);
    }
}

/// Takes away what a partitioned table cannot have.
fn plain(table: &mut Table, by: &Name) {
    table.options.unlogged = false;
    table.options.storage.clear();
    table.exclusions.clear();
    table.uniques.retain(|unique| unique.columns.contains(by));
    table.checks.iter_mut().for_each(|check| check.no_inherit = false);
    table.foreign_keys.iter_mut().for_each(|key| key.not_valid = false);
    // What a partition numbers is its own.
    for column in table.columns.iter_mut() {
        if column.identity.is_some() {
            column.identity = Some(Identity::Serial);
        }
    }
    let narrow: Vec<Name> = table
        .indexes
        .iter()
        .filter(|index| {
            // It keeps the partitions' rows apart as their table divides them, not in another collation.
            let divides = |part: &IndexPart| {
                part.key == IndexKey::Column(by.clone()) && part.collation.is_none()
            };
            index.unique && !index.parts.iter().any(divides)
        })
        .map(|index| index.name.clone())
        .collect();
    for name in narrow {
        table.indexes.remove(&name);
    }
}

/// Whether a table is divided into partitions or is one.
pub fn is_divided(table: &Table) -> bool {
    table.options.partition_by.is_some() || table.options.partition_of.is_some()
}

/// The partitions of a table.
pub fn partitions<'a>(
    schema: &'a Schema,
    of: &'a QualifiedName,
) -> impl Iterator<Item = &'a Table> + 'a {
    schema.tables.values().filter(move |table| {
        table.options.partition_of.as_ref().is_some_and(|partition| partition.table == *of)
    })
}

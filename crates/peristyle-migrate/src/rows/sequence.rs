//! The order in which tables can be filled.

use std::collections::BTreeSet;

use peristyle_schema::{QualifiedName, Schema};

use super::partition;

/// Every table after its partitions and after the tables that it points to, as far as they do not point in circles.
pub(super) fn parents_first(schema: &Schema) -> Vec<&QualifiedName> {
    let mut order = Vec::with_capacity(schema.tables.len());
    let mut seen = BTreeSet::new();
    for name in schema.tables.keys() {
        visit(schema, name, &mut seen, &mut order);
    }
    order
}

/// A stack of our own: a chain of foreign keys may be longer than the thread's stack is deep.
fn visit<'a>(
    schema: &'a Schema,
    start: &'a QualifiedName,
    seen: &mut BTreeSet<&'a QualifiedName>,
    order: &mut Vec<&'a QualifiedName>,
) {
    let mut stack = vec![(start, false)];
    while let Some((name, done)) = stack.pop() {
        if done {
            order.push(name);
            continue;
        }
        let Some(table) = schema.tables.get(name) else { continue };
        if !seen.insert(name) {
            continue;
        }
        stack.push((name, true));
        if table.options.partition_by.is_some() {
            stack.extend(partition::of(schema, name).map(|partition| (partition, false)));
        }
        let divided = table.options.partition_of.as_ref();
        if let Some(divided) = divided.and_then(|of| schema.tables.get(&of.table)) {
            let targets = divided.foreign_keys.iter().map(|key| (&key.references.table, false));
            stack.extend(targets);
        }
        // What a divided table points to comes before its partitions.
        for key in table.foreign_keys.iter().rev() {
            stack.push((&key.references.table, false));
        }
    }
}

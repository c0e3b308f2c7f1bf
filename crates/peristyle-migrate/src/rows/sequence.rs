//! The order in which tables can be filled.

use std::collections::BTreeSet;

use peristyle_schema::{QualifiedName, Schema};

/// Every table after the tables that it points to, as far as they do not point in circles.
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
        for key in table.foreign_keys.iter().rev() {
            stack.push((&key.references.table, false));
        }
    }
}

//! Tables that another application owns: pointed to, never altered, and no part of the history.

use peristyle_schema::{Schema, Table};

/// The tables that the schema declares as another's.
pub(crate) fn external_tables(schema: &Schema) -> Vec<Table> {
    schema.tables.values().filter(|table| table.external).cloned().collect()
}

/// The schema without the tables that it declares as another's.
pub(crate) fn own_tables(schema: &Schema) -> Schema {
    let mut own = schema.clone();
    own.tables.retain(|_, table| !table.external);
    own
}

/// The schema without these tables.
pub(crate) fn without(mut schema: Schema, external: &[Table]) -> Schema {
    schema.tables.retain(|name, _| !external.iter().any(|table| table.name == *name));
    schema
}

/// The schema with these tables.
pub(crate) fn with(mut schema: Schema, external: &[Table]) -> Schema {
    external.iter().for_each(|table| schema.insert_table(table.clone()));
    schema
}

/// The name of an application that lives in a database of another's: it declares tables of the other as such, and has all of its own
/// in one namespace, whose name it is. Its history is kept under that name.
pub(crate) fn application(schema: &Schema) -> Option<&str> {
    let (external, own): (Vec<&Table>, Vec<&Table>) =
        schema.tables.values().partition(|table| table.external);
    if external.is_empty() {
        return None;
    }
    let mut namespaces = own.iter().map(|table| table.name.namespace.as_ref());
    let first = namespaces.next()??;
    let plain = first.len() <= 40
        && first.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    (plain && namespaces.all(|namespace| namespace == Some(first))).then_some(first.as_str())
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{QualifiedName, Schema, Table};

    use super::application;

    #[test]
    fn an_application_beside_another_is_known_by_its_namespace() {
        let mut schema = Schema::empty();
        schema.insert_table(Table::new(QualifiedName::qualified("bookings", "listings")));
        assert_eq!(application(&schema), None, "it is beside nobody");
        let mut users = Table::new("users");
        users.external = true;
        schema.insert_table(users);
        assert_eq!(application(&schema), Some("bookings"));
        schema.insert_table(Table::new("invoices"));
        assert_eq!(application(&schema), None, "something of it is elsewhere");
    }
}

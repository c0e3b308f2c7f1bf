//! Foreign keys that ask for what their columns cannot hold. A database takes such a key and fails years later, when the row is
//! deleted; so whatever is read from a database, or from SQL, is searched for it. (A declaration is refused for it.)

use peristyle_schema::{Action, Diagnostic, ForeignKey, Schema, Table};

/// A warning for each contradiction of a schema.
pub(crate) fn contradictions(schema: &Schema) -> impl Iterator<Item = Diagnostic> {
    let keys = schema
        .tables
        .values()
        .flat_map(|table| table.foreign_keys.iter().map(move |foreign| (table, foreign)));
    keys.flat_map(|(table, foreign)| {
        let on_delete = (foreign.on_delete == Action::SetNull).then_some(("DELETE", "deleting"));
        let on_update =
            (foreign.on_update == Action::SetNull).then_some(("UPDATE", "changing the key of"));
        let events = on_delete.into_iter().chain(on_update);
        events.filter_map(move |event| contradiction(table, foreign, event))
    })
}

fn contradiction(
    table: &Table,
    foreign: &ForeignKey,
    (event, doing): (&str, &str),
) -> Option<Diagnostic> {
    let is_set = |column: &&peristyle_schema::Name| {
        event != "DELETE" || foreign.set_columns.is_empty() || foreign.set_columns.contains(column)
    };
    let mut columns = foreign.columns.iter().filter(is_set);
    let culprit =
        columns.find(|name| table.columns.get(name).is_some_and(|column| !column.nullable))?;
    let (from, to) = (&table.name, &foreign.references.table);
    let message = format!(
        "{from}.{culprit} must have a value, and its foreign key says ON {event} SET NULL: {doing} a row of {to} fails as \
         long as a row of {from} points to it"
    );
    Some(Diagnostic::warning("contradiction", message).help(
        "let the column be null, or choose RESTRICT, which says what happens now, or CASCADE, which deletes those rows too",
    ))
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{
        Action, Column, Deferrable, ForeignKey, Match, Reference, Schema, Table, Type,
    };

    use super::contradictions;

    fn schema(nullable: bool, edit: impl FnOnce(&mut ForeignKey)) -> Schema {
        let mut schema = Schema::empty();
        schema.insert_table(Table::new("doctors"));
        let mut table = Table::new("appointments");
        let mut column = Column::new("doctor_id", Type::Uuid);
        column.nullable = nullable;
        table.columns.insert(column);
        let mut foreign = ForeignKey {
            name: None,
            columns: vec!["doctor_id".into()],
            references: Reference { table: "doctors".into(), columns: vec!["id".into()] },
            on_delete: Action::SetNull,
            on_update: Action::NoAction,
            deferrable: Deferrable::default(),
            matching: Match::default(),
            set_columns: Vec::new(),
            not_valid: false,
        };
        edit(&mut foreign);
        table.foreign_keys.push(foreign);
        schema.insert_table(table);
        schema
    }

    #[test]
    fn a_null_where_none_may_stand_is_found() {
        let found: Vec<_> = contradictions(&schema(false, |_| {})).collect();
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("appointments.doctor_id"), "{}", found[0].message);
        assert!(found[0].help.as_ref().is_some_and(|help| help.contains("RESTRICT")));
        assert_eq!(contradictions(&schema(true, |_| {})).count(), 0);
        let restrict = schema(false, |foreign| foreign.on_delete = Action::Restrict);
        assert_eq!(contradictions(&restrict).count(), 0);
        let both = schema(false, |foreign| foreign.on_update = Action::SetNull);
        assert_eq!(contradictions(&both).count(), 2);
    }

    #[test]
    fn only_the_columns_that_are_set_count() {
        let other = schema(false, |foreign| foreign.set_columns = vec!["tenant".into()]);
        assert_eq!(contradictions(&other).count(), 0);
        let this = schema(false, |foreign| foreign.set_columns = vec!["doctor_id".into()]);
        assert_eq!(contradictions(&this).count(), 1);
    }
}

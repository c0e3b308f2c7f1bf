//! What of a live database the declarations own. The rest is left alone, and named.

use std::collections::BTreeSet;

use peristyle_schema::{Definition, Diagnostic, Name, ObjectKind, QualifiedName, Schema};

use crate::Loaded;

/// The tables in which other tools remember their migrations, and whose they are.
const OTHERS: [(&str, &str); 10] = [
    ("schema_migrations", "Ecto, Rails or another tool"),
    ("ar_internal_metadata", "Rails"),
    ("_prisma_migrations", "Prisma"),
    ("__drizzle_migrations", "Drizzle"),
    ("__diesel_schema_migrations", "Diesel"),
    ("_sqlx_migrations", "sqlx"),
    ("seaql_migrations", "SeaORM"),
    ("refinery_schema_history", "refinery"),
    ("flyway_schema_history", "Flyway"),
    ("django_migrations", "Django"),
];

/// The tool whose history this table is, if it is one.
pub(crate) fn other_tool(table: &QualifiedName) -> Option<&'static str> {
    OTHERS.iter().find(|(name, _)| table.name == *name).map(|(_, tool)| *tool)
}

/// What a database holds without the tables in which other tools remember their migrations; each is named in a note.
pub fn without_other_histories(mut loaded: Loaded) -> Loaded {
    let notes = &mut loaded.notes;
    loaded.schema.tables.retain(|name, _| {
        let tool = other_tool(name);
        notes.extend(tool.map(|tool| left_alone(name, tool)));
        tool.is_none()
    });
    loaded
}

fn left_alone(table: &QualifiedName, tool: &str) -> Diagnostic {
    Diagnostic::note("left-alone", format!("{table} is the history of {tool}; it is left alone"))
}

/// The part of a live schema that the declared one owns, and a note for everything that is left alone.
pub(crate) fn owned(mut live: Schema, declared: &Schema) -> (Schema, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let mut foreign = BTreeSet::new();
    let mut elsewhere = BTreeSet::new();
    let used = namespaces(declared);
    let mut is_elsewhere = |name: &QualifiedName| {
        let found = !used.contains(&name.namespace.as_ref());
        if found {
            elsewhere.insert(name.namespace.clone().unwrap_or_else(|| Name::from("public")));
        }
        found
    };
    live.enums.retain(|name, _| !is_elsewhere(name));
    live.tables.retain(|name, _| {
        let tool = other_tool(name).filter(|_| !declared.tables.contains_key(name));
        if let Some(tool) = tool {
            notes.push(left_alone(name, tool));
        }
        let stays = tool.is_none() && !is_elsewhere(name);
        if !stays {
            foreign.insert(name.clone());
        }
        stays
    });
    live.objects.retain(|id, object| {
        if declared.objects.contains_key(id) {
            return true;
        }
        let of_foreign = belongs_to(object).any(|name| foreign.contains(name));
        if of_foreign || is_elsewhere(&id.name) {
            return false;
        }
        if belongs_to(object).any(|name| !used.contains(&name.namespace.as_ref())) {
            return false;
        }
        if only_if_declared(id.kind) {
            let message =
                format!("{} {} is not declared; it is left alone", id.kind.words(), id.name);
            notes.push(Diagnostic::note("left-alone", message));
            return false;
        }
        true
    });
    notes.extend(elsewhere.iter().map(|namespace| {
        let message = format!("nothing is declared in the schema {namespace}; it is left alone");
        Diagnostic::note("left-alone", message)
    }));
    (live, notes)
}

/// The tables, views and objects that an object belongs to.
fn belongs_to(object: &Definition) -> impl Iterator<Item = &QualifiedName> {
    object.on.iter().chain(&object.id.of)
}

/// The namespaces that a schema has something of its own in: what it declares as another's is not its own. A schema that has
/// nothing of its own speaks of the usual one.
fn namespaces(schema: &Schema) -> BTreeSet<Option<&Name>> {
    let tables = schema.tables.values().filter(|table| !table.external).map(|table| &table.name);
    let objects = schema.objects.keys();
    let made =
        objects.clone().filter(|id| id.kind == ObjectKind::Namespace).map(|id| Some(&id.name.name));
    let within = objects.filter(|id| !stands_alone(id.kind)).map(|id| &id.name);
    let names = tables.chain(schema.enums.keys()).chain(within);
    let mut used: BTreeSet<_> = names.map(|name| name.namespace.as_ref()).chain(made).collect();
    if used.is_empty() {
        used.insert(None);
    }
    used
}

/// Whether objects of this kind stand in no namespace, though their names have none either.
fn stands_alone(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::Namespace | ObjectKind::Extension | ObjectKind::Grant => true,
        ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::Function
        | ObjectKind::VirtualTable
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy => false,
    }
}

/// Whether undeclared objects of this kind are somebody else's.
fn only_if_declared(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::Function
        | ObjectKind::Grant => true,
        ObjectKind::VirtualTable
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Trigger
        | ObjectKind::Policy => false,
    }
}

#[cfg(test)]
mod tests {
    use peristyle_schema::{Definition, ObjectId, ObjectKind, QualifiedName, Schema, Table};

    use super::{owned, without_other_histories};
    use crate::Loaded;

    #[test]
    fn the_history_of_another_tool_is_not_declared() {
        let mut schema = Schema::empty();
        schema.insert_table(Table::new("users"));
        schema.insert_table(Table::new("_prisma_migrations"));
        let loaded = without_other_histories(Loaded { schema, notes: Vec::new() });
        let tables: Vec<String> = loaded.schema.tables.keys().map(ToString::to_string).collect();
        assert_eq!(tables, ["users"]);
        assert!(loaded.notes[0].message.contains("the history of Prisma"), "{:?}", loaded.notes);
    }

    #[test]
    fn what_is_not_declared_is_left_alone_where_it_may_be_anothers() {
        let mut live = Schema::empty();
        live.insert_table(Table::new("users"));
        live.insert_table(Table::new("old"));
        live.insert_table(Table::new("_sqlx_migrations"));
        live.insert_table(Table::new(QualifiedName::qualified("audit", "log")));
        for kind in [ObjectKind::Function, ObjectKind::View, ObjectKind::Extension] {
            live.insert_object(Definition::new(ObjectId::new(kind, "x"), "CREATE …"));
        }
        let trigger = ObjectId::new(ObjectKind::Trigger, "t");
        let mut trigger = Definition::new(trigger, "CREATE …");
        trigger.on = Some(QualifiedName::qualified("audit", "log"));
        live.insert_object(trigger);
        let mut declared = Schema::empty();
        declared.insert_table(Table::new("users"));
        let (mine, notes) = owned(live, &declared);
        let tables: Vec<String> = mine.tables.keys().map(ToString::to_string).collect();
        assert_eq!(tables, ["old", "users"]);
        let kinds: Vec<ObjectKind> = mine.objects.keys().map(|id| id.kind).collect();
        assert_eq!(kinds, [ObjectKind::View]);
        let words: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(words.len(), 4, "{words:?}");
        assert!(
            words.iter().any(|w| w.contains("audit")) && words.iter().any(|w| w.contains("sqlx"))
        );
    }

    #[test]
    fn a_sidecar_owns_its_namespace_and_nothing_of_the_usual_one() {
        let mut live = Schema::empty();
        live.insert_table(Table::new("users"));
        live.insert_table(Table::new("articles"));
        live.insert_table(Table::new(QualifiedName::qualified("bookings", "listings")));
        let mut declared = Schema::empty();
        let mut users = Table::new("users");
        users.external = true;
        declared.insert_table(users);
        declared.insert_table(Table::new(QualifiedName::qualified("bookings", "listings")));
        let namespace = ObjectId::new(ObjectKind::Namespace, "bookings");
        declared.insert_object(Definition::new(namespace, "CREATE SCHEMA bookings"));
        let (mine, notes) = owned(live, &declared);
        let tables: Vec<String> = mine.tables.keys().map(ToString::to_string).collect();
        assert_eq!(tables, ["bookings.listings"]);
        assert!(notes.iter().any(|note| note.message.contains("schema public")), "{notes:?}");
    }
}

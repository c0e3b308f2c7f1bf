//! Views, triggers and virtual tables: their text is read as far as their head goes, and brought into one form.

use peristyle_schema::{Definition, Diagnostic, Name, ObjectId, ObjectKind, QualifiedName, Schema};

use super::super::parse::{self, Cursor};
use super::super::tokens;
use super::{Errors, Place};

/// The word that marks a text as this dialect's.
pub(super) const OWN: &str = "sqlite";

/// The object in canonical form, if SQLite can have it.
pub(super) fn normalize(mut definition: Definition, errors: &mut Errors) -> Option<Definition> {
    if definition.dialect.take().is_some_and(|dialect| dialect != OWN) {
        return None;
    }
    definition.doc = None;
    let kind = definition.id.kind.words();
    let place = Place::object(&definition, kind);
    let help = match definition.id.kind {
        ObjectKind::View | ObjectKind::Trigger | ObjectKind::VirtualTable => None,
        ObjectKind::Function => Some("register the function from the application"),
        ObjectKind::MaterializedView => {
            Some("use a view, or a table that triggers keep up to date")
        }
        ObjectKind::ViewIndex => Some("index the table that the view reads"),
        ObjectKind::Namespace | ObjectKind::Extension => {
            Some("leave it out, or mark it as PostgreSQL's: `object!(postgres, \"…\")`")
        }
        ObjectKind::CompositeType | ObjectKind::Domain | ObjectKind::RangeType => {
            Some("use a type that SQLite has, with a check")
        }
        ObjectKind::Sequence => Some("use `#[key(autoincrement)]`, or a table of counters"),
        ObjectKind::Grant => {
            Some("SQLite has no roles: whoever may open the file may do everything")
        }
        ObjectKind::Policy => Some("let the application see to who may read what, or use views"),
    };
    if let Some(help) = help {
        errors.add(&place, "unsupported-object", "is of a kind that SQLite does not have", help);
        return None;
    }
    if definition.fires.is_some() {
        errors.add(
            &place,
            "unsupported-object",
            "says when it fires, and a trigger of SQLite fires always",
            "leave the word out, or mark the trigger as PostgreSQL's: `#[trigger(postgres, \"…\")]`",
        );
    }
    let head = match read(&definition.sql, definition.id.kind) {
        Ok(head) => head,
        Err(error) => {
            let at = error.span.as_ref().map(|span| span.start);
            let at = at.map_or_else(String::new, |at| {
                format!(" (line {}, column {} of its SQL)", at.line, at.column)
            });
            let message = format!("cannot be read: {}{at}", error.message);
            let help = format!("write the whole `CREATE {}` statement", kind.to_uppercase());
            errors.add(&place, "bad-definition", &message, &help);
            return None;
        }
    };
    if !head.name.eq_ignore_ascii_case(&definition.id.name.name) {
        errors.add(
            &place,
            "bad-definition",
            &format!("has a statement that makes `{}`", head.name),
            "give both the same name",
        );
    }
    definition.id = ObjectId::new(definition.id.kind, head.name);
    definition.on = head.on.map(QualifiedName::local);
    definition.sql = head.sql;
    Some(definition)
}

/// What the head of a statement says, and the statement.
struct Head {
    name: Name,
    on: Option<Name>,
    sql: String,
}

fn read(sql: &str, kind: ObjectKind) -> Result<Head, Diagnostic> {
    let tokens = tokens::significant(sql)?;
    let cursor = Cursor::new(sql, &tokens);
    Ok(match kind {
        ObjectKind::Trigger => {
            let read = parse::trigger(cursor)?;
            Head { name: read.name, on: Some(read.on), sql: read.sql }
        }
        ObjectKind::VirtualTable => {
            let read = parse::virtual_table(cursor)?;
            Head { name: read.name, on: None, sql: read.sql }
        }
        ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ViewIndex
        | ObjectKind::Function
        | ObjectKind::Policy
        | ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::Grant => {
            let read = parse::view(cursor)?;
            Head { name: read.name, on: None, sql: read.sql }
        }
    })
}

/// Sees that each trigger stands on something.
pub(super) fn check_triggers(schema: &Schema, errors: &mut Errors) {
    for definition in schema.objects.values() {
        let Some(on) = &definition.on else { continue };
        let view = ObjectId::new(ObjectKind::View, on.clone());
        if !schema.tables.contains_key(on) && !schema.objects.contains_key(&view) {
            errors.add(
                &Place::object(definition, "trigger"),
                "unknown-table",
                &format!("stands on `{on}`, which is neither a table nor a view of the schema"),
                "correct the name behind ON, or declare the table",
            );
        }
    }
}

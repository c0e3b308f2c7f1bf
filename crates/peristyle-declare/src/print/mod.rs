//! From a schema to Rust source that reads back as the same schema.

mod column;
mod names;
mod reference;
mod table;
mod writer;

use peristyle_schema::{Definition, EnumType, EnumValue, ObjectKind, QualifiedName, Schema};

use crate::convention;
use crate::parse::FIRES;
use crate::statement;
use names::Names;
use writer::{Writer, literal};

/// The Rust declarations of a schema, as a file that compiles and that resolves to the same schema.
///
/// Names that Rust cannot hold get a Rust name and keep the database's as an attribute. A list of values becomes an enum. A
/// foreign key that a struct could not state (its target is not there, or is not unique) names its target as the database does.
pub fn print(schema: &Schema) -> String {
    let names = Names::new(schema);
    let mut out = Writer::default();
    for enumerated in schema.enums.values() {
        write_enum(&mut out, &names, enumerated);
    }
    for table in schema.tables.values() {
        for (column, values) in names::inline_enums(table) {
            let rust = names.inline_enum(table, column);
            write_values(&mut out, rust, None, None, values);
        }
        table::write(&mut out, schema, &names, table);
    }
    for object in schema.objects.values() {
        write_object(&mut out, schema, &names, object);
    }
    out.finish()
}

fn write_enum(out: &mut Writer, names: &Names, enumerated: &EnumType) {
    let rust = names.enumerated(&enumerated.name);
    let doc = enumerated.doc.as_deref();
    write_values(out, rust, Some(&enumerated.name), doc, &enumerated.values);
}

/// Writes an enum; a list of values has no name in the database.
fn write_values(
    out: &mut Writer,
    rust: &str,
    name: Option<&QualifiedName>,
    doc: Option<&str>,
    values: &[EnumValue],
) {
    out.line("", "");
    out.doc("", doc);
    out.derive("Enum", "Debug, Clone, Copy, PartialEq, Eq");
    if let Some(name) = name {
        let usual = convention::enum_name(rust) == name.name.as_str();
        match &name.namespace {
            Some(namespace) if usual => {
                out.attribute("", "enum_type", &[format!("schema = {}", literal(namespace))]);
            }
            None if usual => {}
            Some(_) | None => {
                out.attribute("", "enum_type", &[format!("name = {}", literal(&name.to_string()))]);
            }
        }
    }
    out.line("", &format!("pub enum {rust} {{"));
    for (value, variant) in values.iter().zip(names::variants(values)) {
        if convention::value_name(&variant) != value.name.as_str() {
            out.attribute("    ", "value", &[format!("name = {}", literal(&value.name))]);
        }
        out.line("    ", &format!("{variant},"));
    }
    out.line("", "}");
}

/// An object known by its text. A trigger stands on the struct of its table or view, a view is a struct, the rest is
/// `object!`.
fn write_object(out: &mut Writer, schema: &Schema, names: &Names, object: &Definition) {
    match object.id.kind {
        ObjectKind::Trigger | ObjectKind::Policy if has_struct(schema, object) => {}
        ObjectKind::View if reads_back(object) && object.dialect.is_none() => {
            out.line("", "");
            out.doc("", object.doc.as_deref());
            out.derive("View", "Debug, Clone, PartialEq");
            let rust = names.view(&object.id.name);
            let mut options = Vec::new();
            let name = object.id.name.to_string();
            let select = select(object);
            if select.is_some() && convention::table_name(rust) != name {
                options.push(format!("name = {}", literal(&name)));
            }
            options.push(format!("sql = {}", literal(select.unwrap_or(&object.sql))));
            out.attribute("", "view", &options);
            write_triggers(out, schema, &object.id.name);
            out.line("", &format!("pub struct {rust} {{}}"));
        }
        ObjectKind::Trigger
        | ObjectKind::View
        | ObjectKind::Namespace
        | ObjectKind::Extension
        | ObjectKind::CompositeType
        | ObjectKind::Domain
        | ObjectKind::RangeType
        | ObjectKind::Sequence
        | ObjectKind::ViewIndex
        | ObjectKind::Grant
        | ObjectKind::VirtualTable
        | ObjectKind::Function
        | ObjectKind::MaterializedView
        | ObjectKind::Policy => {
            out.line("", "");
            out.line("", &format!("peristyle::object!({});", statement_entries(object).join(", ")));
        }
    }
}

/// What an object's attribute or macro says: the dialect, the statement, the documentation.
fn statement_entries(object: &Definition) -> Vec<String> {
    let mut entries: Vec<String> = object.dialect.iter().map(ToString::to_string).collect();
    entries.push(literal(&object.sql));
    let said = FIRES.iter().find(|(_, fires)| object.fires == Some(*fires));
    entries.extend(said.map(|(word, _)| (*word).to_owned()));
    entries.extend(object.doc.as_ref().map(|doc| format!("doc = {}", literal(doc))));
    entries
}

/// Writes the triggers and policies of a table or view, as attributes of its struct.
fn write_triggers(out: &mut Writer, schema: &Schema, on: &QualifiedName) {
    for object in schema.objects.values() {
        let word = match object.id.kind {
            ObjectKind::Trigger => "trigger",
            ObjectKind::Policy => "policy",
            ObjectKind::Namespace
            | ObjectKind::Extension
            | ObjectKind::CompositeType
            | ObjectKind::Domain
            | ObjectKind::RangeType
            | ObjectKind::Sequence
            | ObjectKind::VirtualTable
            | ObjectKind::Function
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::ViewIndex
            | ObjectKind::Grant => continue,
        };
        if object.on.as_ref() == Some(on) && has_struct(schema, object) {
            out.attribute("", word, &statement_entries(object));
        }
    }
}

/// Whether the table or view of a trigger or a policy is written as a struct.
fn has_struct(schema: &Schema, trigger: &Definition) -> bool {
    let Some(on) = &trigger.on else { return false };
    let of_view = |object: &Definition| {
        object.id.kind == ObjectKind::View
            && object.id.name == *on
            && object.dialect.is_none()
            && reads_back(object)
            && trigger.id.kind == ObjectKind::Trigger
    };
    (schema.tables.contains_key(on) || schema.objects.values().any(of_view)) && reads_back(trigger)
}

/// Whether an object's text says by itself what the object is.
fn reads_back(object: &Definition) -> bool {
    statement::header(&object.sql).is_some_and(|header| {
        header.kind == object.id.kind
            && header.name.name == object.id.name.name
            && header.on.is_none_or(|on| object.on.as_ref().is_some_and(|o| o.name == on.name))
    })
}

/// The SELECT of a view whose text is no more than `CREATE VIEW name AS SELECT …`.
fn select(object: &Definition) -> Option<&str> {
    let name = &object.id.name.name;
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    [name.as_str(), quoted.as_str()].into_iter().find_map(|name| {
        let rest = object.sql.strip_prefix("CREATE VIEW ")?.strip_prefix(name)?;
        let select = rest.strip_prefix(" AS")?;
        let select = select.strip_prefix(' ').or_else(|| select.strip_prefix('\n'))?;
        Some(select).filter(|select| statement::is_query(select))
    })
}

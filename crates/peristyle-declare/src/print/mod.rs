//! From a schema to Rust source that reads back as the same schema.

mod column;
mod names;
mod table;

use std::fmt::Write;

use peristyle_schema::{Definition, EnumType, ObjectKind, QualifiedName, Schema, Table};

use crate::convention;
use names::Names;

/// The Rust declarations of a schema, as a file that compiles and that resolves to the same schema.
///
/// Names that Rust cannot hold get a Rust name and keep the database's as an attribute. A table that is only referenced
/// is declared as external, with the columns that are referenced.
pub fn print(schema: &Schema) -> String {
    let schema = with_missing_tables(schema);
    let names = Names::new(&schema);
    let mut out = String::from("//! The declarations of the database schema.\n");
    let mut body = String::new();
    for enumerated in schema.enums.values() {
        write_enum(&mut body, &names, enumerated);
    }
    for table in schema.tables.values() {
        for (column, values) in names::inline_enums(table) {
            let enumerated = EnumType {
                name: QualifiedName::local(column.name.clone()),
                was: Default::default(),
                doc: None,
                values: values.clone(),
            };
            write_enum_as(&mut body, names.inline_enum(table, column), None, &enumerated);
        }
        table::write(&mut body, &schema, &names, table);
    }
    for object in schema.objects.values() {
        write_object(&mut body, &schema, &names, object);
    }
    let used = used_names(&body);
    if !used.is_empty() {
        let _ = writeln!(out, "\nuse peristyle::{{{}}};", used.join(", "));
    }
    out.push_str(&body);
    out
}

/// The names of the façade that a text uses, sorted.
fn used_names(body: &str) -> Vec<&'static str> {
    const KNOWN: &[&str] = &[
        "Date",
        "DateTime",
        "Decimal",
        "Enum",
        "Id",
        "Json",
        "Table",
        "Time",
        "Timestamp",
        "Uuid",
        "View",
    ];
    let mut used: Vec<&'static str> = Vec::new();
    for line in body.lines().map(str::trim_start) {
        let code = line.starts_with("pub ") || line.starts_with("#[derive");
        if !code {
            continue;
        }
        for word in line.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if let Some(known) = KNOWN.iter().find(|known| **known == word)
                && !used.contains(known)
                && (line.starts_with("#[derive") || line.contains(": "))
            {
                used.push(known);
            }
        }
    }
    used.sort_unstable();
    used
}

fn write_enum(out: &mut String, names: &Names, enumerated: &EnumType) {
    let rust = names.enumerated(&enumerated.name);
    let stated = (convention::enum_name(rust) != enumerated.name.to_string())
        .then(|| enumerated.name.to_string());
    write_enum_as(out, rust, stated, enumerated);
}

fn write_enum_as(out: &mut String, rust: &str, stated: Option<String>, enumerated: &EnumType) {
    out.push('\n');
    write_doc(out, "", enumerated.doc.as_deref());
    out.push_str("#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]\n");
    if let Some(name) = stated {
        let _ = writeln!(out, "#[enum_type(name = {name:?})]");
    }
    let _ = writeln!(out, "pub enum {rust} {{");
    let mut taken = Vec::new();
    for value in &enumerated.values {
        let variant = names::unique(names::camel(&value.name, "Value"), &mut taken);
        if convention::value_name(&variant) != value.name.as_str() {
            let _ = writeln!(out, "    #[value(name = {:?})]", value.name.as_str());
        }
        let _ = writeln!(out, "    {variant},");
    }
    out.push_str("}\n");
}

/// An object known by its text. A trigger stands on its table's struct, a view is a struct, the rest is `object!`.
fn write_object(out: &mut String, schema: &Schema, names: &Names, object: &Definition) {
    match object.id.kind {
        ObjectKind::Trigger
            if object.on.as_ref().is_some_and(|on| schema.tables.contains_key(on)) => {}
        ObjectKind::View => {
            out.push('\n');
            out.push_str("#[derive(View, Debug, Clone, PartialEq)]\n");
            let _ = writeln!(
                out,
                "#[view(name = {:?}, sql = {:?})]",
                object.id.name.to_string(),
                view_sql(object)
            );
            let _ = writeln!(out, "pub struct {} {{}}", names.view(&object.id.name));
        }
        _ => {
            let _ = writeln!(out, "\nperistyle::object!({:?});", object.sql);
        }
    }
}

/// The SELECT of a view where its text is no more than `CREATE VIEW name AS SELECT …`, else the whole text.
fn view_sql(object: &Definition) -> &str {
    let name = &object.id.name.name;
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    for name in [name.as_str(), quoted.as_str()] {
        if let Some(select) = object.sql.strip_prefix(&format!("CREATE VIEW {name} AS ")) {
            return select;
        }
    }
    &object.sql
}

/// The schema with an external table for each that is referenced and not there.
fn with_missing_tables(schema: &Schema) -> Schema {
    let mut whole = schema.clone();
    for table in schema.tables.values() {
        for key in &table.foreign_keys {
            let target = &key.references.table;
            if schema.tables.contains_key(target) {
                continue;
            }
            let missing = whole.tables.entry(target.clone()).or_insert_with(|| {
                let mut missing = Table::new(target.clone());
                missing.external = true;
                missing.doc =
                    Some("Referenced, and not in the database that this was read from.".to_owned());
                missing
            });
            for (column, referenced) in key.columns.iter().zip(&key.references.columns) {
                if let Some(column) = table.columns.get(column) {
                    let stub =
                        peristyle_schema::Column::new(referenced.clone(), column.data_type.clone());
                    missing.columns.insert(stub);
                }
            }
            if missing.columns.is_empty() {
                missing
                    .columns
                    .insert(peristyle_schema::Column::new("id", peristyle_schema::Type::BigInt));
            }
        }
    }
    whole
}

pub(super) fn write_doc(out: &mut String, indent: &str, doc: Option<&str>) {
    for line in doc.into_iter().flat_map(str::lines) {
        let _ = writeln!(out, "{}", format!("{indent}/// {line}").trim_end());
    }
}

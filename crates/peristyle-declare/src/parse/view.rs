//! A struct that is a view.

use std::collections::BTreeMap;
use std::sync::Arc;

use peristyle_schema::{Name, ObjectKind, QualifiedName};
use syn::{Fields as SynFields, ItemStruct};

use super::attributes::{Place, doc, is_ours, place, unexpected, word};
use super::fields::Fields;
use super::options::{DIALECTS, Given, entries};
use super::{column, named_fields, not_generic, table, value};
use crate::convention;
use crate::error::Error;
use crate::model::ViewDecl;
use crate::statement;

const VIEW: &[&str] = &["name", "schema", "sql", "sqlite", "postgres"];

/// Reads a struct with `#[derive(View)]`: its fields are the columns that the view returns. A struct without fields
/// declares a view that is made and kept, and not read from Rust.
pub fn parse_view(item: &ItemStruct, file: Option<&Arc<str>>) -> Result<ViewDecl, Vec<Error>> {
    let named = match &item.fields {
        SynFields::Unit => not_generic(&item.generics, "View").map(|()| None),
        SynFields::Named(_) | SynFields::Unnamed(_) => named_fields(item, "View").map(Some),
    };
    let named = named.map_err(|error| vec![error])?;
    let rust_name = item.ident.to_string();
    let mut errors = Vec::new();
    let mut view = ViewDecl {
        name: QualifiedName::local(convention::table_name(&rust_name)),
        rust_name: rust_name.clone(),
        doc: doc(&item.attrs),
        sql: String::new(),
        texts: BTreeMap::new(),
        columns: Vec::new(),
        triggers: Vec::new(),
        span: place(item.ident.span(), file),
    };
    let mut triggers = Vec::new();
    let mut given = Given::default();
    for attribute in &item.attrs {
        if !is_ours(attribute, Place::View, &mut errors) {
            continue;
        }
        if word(attribute) == "trigger" {
            let kind = ObjectKind::Trigger;
            triggers.extend(table::trigger(attribute, kind, file, &mut errors));
            continue;
        }
        for entry in entries(attribute, &mut errors) {
            given.note("view", &entry, &mut errors);
            match entry.assignment() {
                Some((name, given)) if name == "name" => {
                    if let Some(name) = value::qualified("name", given, &mut errors) {
                        view.name.name = name.name;
                        if name.namespace.is_some() {
                            view.name.namespace = name.namespace;
                        }
                    }
                }
                Some((name, given)) if name == "schema" => {
                    view.name.namespace = value::name("schema", given, &mut errors);
                }
                Some((name, given)) if name == "sql" => {
                    view.sql = read_sql(&mut view, &name, given, &mut errors).unwrap_or_default();
                }
                Some((name, given)) if DIALECTS.contains(&name.as_str()) => {
                    let sql = read_sql(&mut view, &name, given, &mut errors);
                    view.texts.extend(sql.map(|sql| (Name::new(name), sql)));
                }
                _ => errors.push(unexpected("view", &entry, VIEW)),
            }
        }
    }
    if let Some(named) = named {
        let fields = Fields { owner: &rust_name, names: table::names(named), key: None };
        for field in &named.named {
            let read = column::read(field, Place::ViewField, &fields, file, &mut errors);
            view.columns.extend(read.map(|parsed| parsed.column));
        }
    }
    let in_all = DIALECTS.iter().all(|dialect| view.texts.contains_key(*dialect));
    if view.sql.is_empty() && !in_all && errors.is_empty() {
        errors.push(
            Error::new("no-select", item.ident.span(), "a view needs its SELECT")
                .help("write `#[view(sql = \"SELECT …\")]`"),
        );
    }
    for (trigger, at) in triggers {
        errors.extend(table::wrong_table(&trigger, &view.name, at));
        view.triggers.push(trigger);
    }
    if errors.is_empty() { Ok(view) } else { Err(errors) }
}

/// Reads `sql = "…"`: a query, or a whole CREATE statement, which brings its own name.
fn read_sql(
    view: &mut ViewDecl,
    option: &str,
    given: &value::Value,
    errors: &mut Vec<Error>,
) -> Option<String> {
    let text = value::text(option, given, errors)?;
    let sql = statement::trimmed(&text);
    if statement::is_query(sql) {
        return Some(sql.to_owned());
    }
    match statement::header(sql) {
        Some(header) if header.is_read_like_a_table() => {
            view.name = header.name;
            Some(sql.to_owned())
        }
        _ => {
            errors.push(
                Error::new("wrong-value", given.span(), "this is neither a query nor a view")
                    .help("write a SELECT, or a whole `CREATE VIEW …` statement"),
            );
            None
        }
    }
}

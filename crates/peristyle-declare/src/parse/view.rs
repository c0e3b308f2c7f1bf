//! A struct that is a view.

use std::sync::Arc;

use peristyle_schema::QualifiedName;
use syn::ItemStruct;

use super::attributes::{check_word, doc, place, unexpected, word};
use super::options::{EntryKind, entries, text};
use super::{column, named_fields, table};
use crate::convention;
use crate::error::Error;
use crate::model::ViewDecl;

const OPTIONS: &[&str] = &["name", "sql"];

/// Reads a struct with `#[derive(View)]`: its fields are the columns that the view returns.
pub fn parse_view(item: &ItemStruct, file: Option<&Arc<str>>) -> Result<ViewDecl, Vec<Error>> {
    let fields = named_fields(item, "View").map_err(|error| vec![error])?;
    let rust_name = item.ident.to_string();
    let mut errors = Vec::new();
    let mut view = ViewDecl {
        name: QualifiedName::local(convention::table_name(&rust_name)),
        rust_name,
        doc: doc(&item.attrs),
        sql: String::new(),
        columns: Vec::new(),
        span: place(item.ident.span(), file),
    };
    for attribute in &item.attrs {
        check_word(attribute, &["view"], &mut errors);
        if word(attribute) != "view" {
            continue;
        }
        for entry in entries(attribute, &mut errors) {
            match &entry.kind {
                EntryKind::Assign { name, value } if name == "name" => {
                    if let Some(name) = table::qualified("name", value, &mut errors) {
                        view.name = name;
                    }
                }
                EntryKind::Assign { name, value } if name == "sql" => {
                    view.sql = text("sql", value, &mut errors).unwrap_or_default();
                }
                _ => errors.push(unexpected("view", &entry, OPTIONS)),
            }
        }
    }
    for field in &fields.named {
        view.columns.extend(
            column::read(field, &view.rust_name, file, &mut errors).map(|parsed| parsed.column),
        );
    }
    if view.sql.trim().is_empty() && errors.is_empty() {
        errors.push(
            Error::new("no-select", item.ident.span(), "a view needs its SELECT")
                .help("write `#[view(sql = \"SELECT …\")]`"),
        );
    }
    if errors.is_empty() { Ok(view) } else { Err(errors) }
}

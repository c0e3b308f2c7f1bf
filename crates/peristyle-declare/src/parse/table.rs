//! A struct that is a table.

use std::sync::Arc;

use peristyle_schema::{Expr, Name, QualifiedName};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, ItemStruct, LitStr};

use super::attributes::{Rules, TABLE, check_word, doc, place, unexpected, word};
use super::options::{EntryKind, Value, entries, text};
use super::{column, index, named_fields};
use crate::convention;
use crate::error::Error;
use crate::model::{CheckDecl, ForeignKeyDecl, ReferenceDecl, TableDecl, TriggerDecl};

const OPTIONS: &[&str] = &["name", "was", "strict", "without_rowid", "external"];
const FOREIGN_KEY_OPTIONS: &[&str] =
    &["columns", "references", "on_delete", "on_update", "deferrable", "name"];

/// Reads a struct with `#[derive(Table)]`. Every error of the struct is reported, not only the first.
///
/// `file` is the file's name for the places in the result; a macro has none.
pub fn parse_table(item: &ItemStruct, file: Option<&Arc<str>>) -> Result<TableDecl, Vec<Error>> {
    let fields = named_fields(item, "Table").map_err(|error| vec![error])?;
    let rust_name = item.ident.to_string();
    let mut errors = Vec::new();
    let mut table = TableDecl {
        name: QualifiedName::local(convention::table_name(&rust_name)),
        rust_name,
        was: None,
        doc: doc(&item.attrs),
        external: false,
        strict: false,
        without_rowid: false,
        columns: Vec::new(),
        key: Vec::new(),
        key_name: None,
        autoincrement: false,
        indexes: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        triggers: Vec::new(),
        span: place(item.ident.span(), file),
    };
    for field in &fields.named {
        if let Some(parsed) = column::read(field, &table.rust_name, file, &mut errors) {
            if parsed.key {
                table.key.push(parsed.column.field.clone());
                table.key_name = table.key_name.or(parsed.key_name);
            }
            table.autoincrement |= parsed.autoincrement;
            table.indexes.extend(parsed.indexes);
            table.checks.extend(parsed.checks);
            table.columns.push(parsed.column);
        }
    }
    for attribute in &item.attrs {
        read_attribute(attribute, &mut table, file, &mut errors);
    }
    if table.columns.is_empty() && errors.is_empty() {
        errors.push(Error::new(
            "no-columns",
            item.ident.span(),
            format!("`{}` has no fields, and a table needs a column", table.rust_name),
        ));
    }
    if errors.is_empty() { Ok(table) } else { Err(errors) }
}

fn read_attribute(
    attribute: &Attribute,
    table: &mut TableDecl,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) {
    check_word(attribute, TABLE, errors);
    match word(attribute).as_str() {
        "table" => read_options(attribute, table, errors),
        "key" => read_key(attribute, table, errors),
        "index" | "unique" => {
            table.indexes.extend(index::read(attribute, None, file, errors));
        }
        "check" => table.checks.extend(read_check(attribute, file, errors)),
        "foreign_key" => {
            table.foreign_keys.extend(read_foreign_key(attribute, file, errors));
        }
        "trigger" => match attribute.parse_args::<LitStr>() {
            Ok(sql) => {
                table.triggers.push(TriggerDecl { sql: sql.value(), span: place(sql.span(), file) })
            }
            Err(error) => errors.push(
                Error::new("wrong-value", error.span(), "`#[trigger]` takes one text")
                    .help("write `#[trigger(\"CREATE TRIGGER …\")]`"),
            ),
        },
        _ => {}
    }
}

fn read_options(attribute: &Attribute, table: &mut TableDecl, errors: &mut Vec<Error>) {
    for entry in entries(attribute, errors) {
        match &entry.kind {
            EntryKind::Word { word, .. } if word == "strict" => table.strict = true,
            EntryKind::Word { word, .. } if word == "without_rowid" => table.without_rowid = true,
            EntryKind::Word { word, .. } if word == "external" => table.external = true,
            EntryKind::Assign { name, value } if name == "name" => {
                if let Some(name) = qualified("name", value, errors) {
                    table.name = name;
                }
            }
            EntryKind::Assign { name, value } if name == "was" => {
                table.was = qualified("was", value, errors);
            }
            _ => errors.push(unexpected("table", &entry, OPTIONS)),
        }
    }
}

/// A name that may be qualified by a namespace.
pub(super) fn qualified(
    option: &str,
    value: &Value,
    errors: &mut Vec<Error>,
) -> Option<QualifiedName> {
    let text = text(option, value, errors)?;
    match text.parse() {
        Ok(name) => Some(name),
        Err(error) => {
            errors.push(Error::new("wrong-value", value.span(), error.to_string()));
            None
        }
    }
}

fn read_key(attribute: &Attribute, table: &mut TableDecl, errors: &mut Vec<Error>) {
    let span = attribute.path().span();
    let mut key = Vec::new();
    for entry in entries(attribute, errors) {
        match &entry.kind {
            EntryKind::Word { word, .. } => key.push(word.to_string()),
            EntryKind::Assign { name, value } if name == "name" => {
                table.key_name = text("name", value, errors).map(Name::new);
            }
            _ => errors.push(unexpected("key", &entry, &["name"])),
        }
    }
    if !table.key.is_empty() {
        errors.push(
            Error::new("two-keys", span, "the table has a key already: a field says `#[key]`")
                .help("say it in one place, on the struct or on the fields"),
        );
    } else if key.is_empty() {
        errors.push(Error::new(
            "no-columns",
            span,
            "`#[key]` on a struct names its fields: `#[key(first, second)]`",
        ));
    } else {
        table.key = key;
    }
}

fn read_check(
    attribute: &Attribute,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<CheckDecl> {
    let mut name = None;
    let mut expr = None;
    for entry in entries(attribute, errors) {
        match &entry.kind {
            EntryKind::Text { text, .. } => expr = Some(Expr::new(text.value())),
            EntryKind::Assign { name: option, value } if option == "name" => {
                name = text("name", value, errors).map(Name::new);
            }
            _ => errors.push(unexpected("check", &entry, &["name"])),
        }
    }
    let span = attribute.path().span();
    let Some(expr) = expr else {
        errors.push(Error::new(
            "wrong-value",
            span,
            "`#[check]` takes a condition in double quotes: `#[check(\"ends_at > starts_at\")]`",
        ));
        return None;
    };
    Some(CheckDecl { name, expr, span: place(span, file) })
}

fn read_foreign_key(
    attribute: &Attribute,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ForeignKeyDecl> {
    let span = attribute.path().span();
    let mut rules = Rules::default();
    let mut columns = Vec::new();
    let mut target = None;
    let mut references = Vec::new();
    let words = |items: &[Ident]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
    for entry in entries(attribute, errors) {
        match &entry.kind {
            EntryKind::List { name, items } if name == "columns" => columns = words(items),
            EntryKind::Assign { name, value } if name == "references" => match value {
                Value::Path { parts, .. } => target = parts.last().cloned(),
                Value::Call { name, text: None, items, .. } => {
                    target = name.rsplit("::").next().map(str::to_owned);
                    references = words(items);
                }
                other => errors.push(Error::new(
                    "wrong-value",
                    other.span(),
                    "`references` takes a struct: `references = Other` or `references = Other(a, b)`",
                )),
            },
            EntryKind::Assign { name, value } if rules.take(&name.to_string(), value, errors) => {}
            _ => errors.push(unexpected("foreign_key", &entry, FOREIGN_KEY_OPTIONS)),
        }
    }
    if columns.is_empty() || target.is_none() {
        errors.push(
            Error::new(
                "no-target",
                span,
                "`#[foreign_key]` names its fields and what they reference",
            )
            .help("write `#[foreign_key(columns(a, b), references = Other(x, y))]`"),
        );
        return None;
    }
    Some(ForeignKeyDecl {
        columns,
        references,
        reference: ReferenceDecl {
            target,
            column: None,
            name: rules.name,
            on_delete: rules.on_delete,
            on_update: rules.on_update,
            deferrable: rules.deferrable,
            span: place(span, file),
        },
    })
}

//! A struct that is a table.

use std::sync::Arc;

use peristyle_schema::{Expr, Hint, QualifiedName, Span};
use proc_macro2::Span as At;
use syn::spanned::Spanned;
use syn::{Attribute, ItemStruct};

use super::attributes::{Place, doc, is_ours, place, unexpected, word};
use super::column::ParsedField;
use super::fields::Fields;
use super::options::{EntryKind, Given, entries, only_text};
use super::{column, index, named_fields, reference, value};
use crate::convention;
use crate::error::Error;
use crate::model::{CheckDecl, TableDecl, TriggerDecl};
use crate::statement;

const TABLE: &[&str] = &["name", "was", "strict", "without_rowid", "external"];

/// Reads a struct with `#[derive(Table)]`. Every error of the struct is reported, not only the first.
///
/// `file` is the file's name for the places in the result; a macro has none.
pub fn parse_table(item: &ItemStruct, file: Option<&Arc<str>>) -> Result<TableDecl, Vec<Error>> {
    let named = named_fields(item, "Table").map_err(|error| vec![error])?;
    let rust_name = item.ident.to_string();
    let fields = Fields { owner: &rust_name, names: names(named), key: sole_key(item) };
    let mut reader = Reader {
        table: empty(item, place(item.ident.span(), file)),
        fields: &fields,
        file,
        errors: Vec::new(),
        given: Given::default(),
        key: None,
        triggers: Vec::new(),
    };
    for field in &named.named {
        let read = column::read(field, Place::Field, &fields, file, &mut reader.errors);
        if let Some(parsed) = read {
            reader.field(parsed);
        }
    }
    for attribute in &item.attrs {
        if is_ours(attribute, Place::Table, &mut reader.errors) {
            reader.attribute(attribute);
        }
    }
    reader.finish(item)
}

/// The names of a struct's fields.
pub(super) fn names(fields: &syn::FieldsNamed) -> Vec<String> {
    fields.named.iter().filter_map(|field| field.ident.as_ref()).map(ToString::to_string).collect()
}

/// The one field of `#[key(field)]` on the struct. The fields are read before the struct's attributes, and a field must
/// know whether it is the key.
fn sole_key(item: &ItemStruct) -> Option<String> {
    let attribute = item.attrs.iter().find(|attribute| word(attribute) == "key")?;
    let mut words = entries(attribute, &mut Vec::new()).into_iter().filter_map(|e| e.word());
    let first = words.next()?;
    words.next().is_none().then_some(first)
}

fn empty(item: &ItemStruct, span: Hint<Span>) -> TableDecl {
    let rust_name = item.ident.to_string();
    TableDecl {
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
        span,
    }
}

struct Reader<'a> {
    table: TableDecl,
    fields: &'a Fields<'a>,
    file: Option<&'a Arc<str>>,
    errors: Vec<Error>,
    given: Given,
    /// Where the key was declared first.
    key: Option<At>,
    triggers: Vec<(TriggerDecl, At)>,
}

impl Reader<'_> {
    fn field(&mut self, parsed: ParsedField) {
        if let Some(at) = parsed.key {
            if self.key.is_some() {
                let first = self.table.key.first().cloned().unwrap_or_default();
                let message = format!("`{first}` and `{}` both say `#[key]`", parsed.column.field);
                self.errors.push(Error::new("two-keys", at, message).help(format!(
                    "a key of several columns is declared on the struct: `#[key({first}, {})]`",
                    parsed.column.field
                )));
            } else {
                self.key = Some(at);
                self.table.key.push(parsed.column.field.clone());
                self.table.key_name = parsed.key_name;
            }
        }
        self.table.autoincrement |= parsed.autoincrement;
        self.table.indexes.extend(parsed.indexes);
        self.table.checks.extend(parsed.checks);
        self.table.columns.push(parsed.column);
    }

    fn attribute(&mut self, attribute: &Attribute) {
        match word(attribute).as_str() {
            "table" => self.options(attribute),
            "key" => self.key(attribute),
            "index" | "unique" => {
                let on = index::On::Struct;
                let read = index::read(attribute, on, self.fields, self.file, &mut self.errors);
                self.table.indexes.extend(read);
            }
            "check" => self.table.checks.extend(check(attribute, self.file, &mut self.errors)),
            "foreign_key" => self.table.foreign_keys.extend(reference::read_struct(
                attribute,
                self.fields,
                self.file,
                &mut self.errors,
            )),
            "trigger" => self.triggers.extend(trigger(attribute, self.file, &mut self.errors)),
            _ => {}
        }
    }

    fn options(&mut self, attribute: &Attribute) {
        for entry in entries(attribute, &mut self.errors) {
            self.given.note("table", &entry, &mut self.errors);
            match (entry.word().as_deref(), entry.assignment()) {
                (Some("strict"), _) => self.table.strict = true,
                (Some("without_rowid"), _) => self.table.without_rowid = true,
                (Some("external"), _) => self.table.external = true,
                (_, Some((name, given))) if name == "name" => {
                    if let Some(name) = value::qualified("name", given, &mut self.errors) {
                        self.table.name = name;
                    }
                }
                (_, Some((name, given))) if name == "was" => {
                    self.table.was = value::qualified("was", given, &mut self.errors);
                }
                _ => self.errors.push(unexpected("table", &entry, TABLE)),
            }
        }
    }

    fn key(&mut self, attribute: &Attribute) {
        let at = attribute.path().span();
        let mut words = Vec::new();
        let before = self.errors.len();
        for entry in entries(attribute, &mut self.errors) {
            match (&entry.kind, entry.assignment()) {
                (EntryKind::Word { word, sort }, _) if sort.is_plain() => words.push(word.clone()),
                (_, Some((name, given))) if name == "name" => {
                    self.table.key_name = value::name("name", given, &mut self.errors);
                }
                _ => self.errors.push(unexpected("key", &entry, &["name"])),
            }
        }
        let key = self.fields.check("key", &words, &mut self.errors);
        if self.key.replace(at).is_some() {
            self.errors.push(
                Error::new("two-keys", at, "the table has a key already")
                    .help("say it in one place, on the struct or on a field"),
            );
        } else if key.is_empty() && self.errors.len() == before {
            self.errors.push(Error::new(
                "no-columns",
                at,
                "`#[key]` on a struct names its fields: `#[key(first, second)]`",
            ));
        } else {
            self.table.key = key;
        }
    }

    fn finish(mut self, item: &ItemStruct) -> Result<TableDecl, Vec<Error>> {
        let at = item.ident.span();
        let table = &self.table;
        if item.fields.is_empty() {
            let message =
                format!("`{}` has no fields, and a table needs a column", table.rust_name);
            self.errors.push(Error::new("no-columns", at, message));
        }
        for field in &table.key {
            if let Some(column) = table.columns.iter().find(|c| c.field == *field && c.nullable)
                && table.key.len() > 1
            {
                let message = format!("`{}` is part of the key and cannot be null", column.field);
                self.errors.push(
                    Error::new("contradiction", self.key.unwrap_or(at), message)
                        .help("take the `Option` away"),
                );
            }
        }
        if table.was.as_ref() == Some(&table.name) {
            let message =
                format!("`{}` was called so already: `was` is the former name", table.name);
            self.errors.push(
                Error::new("contradiction", at, message)
                    .help("write the name it had, or take `was` away"),
            );
        }
        for (trigger, at) in std::mem::take(&mut self.triggers) {
            if let Some(error) = wrong_table(&trigger, &self.table.name, at) {
                self.errors.push(error);
            }
            self.table.triggers.push(trigger);
        }
        if self.errors.is_empty() { Ok(self.table) } else { Err(self.errors) }
    }
}

fn check(
    attribute: &Attribute,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<CheckDecl> {
    let mut name = None;
    let mut expr = None;
    let before = errors.len();
    for entry in entries(attribute, errors) {
        match (&entry.kind, entry.assignment()) {
            (EntryKind::Text { text, sort }, _) if sort.is_plain() && expr.is_none() => {
                expr = Some(Expr::new(text.value()));
            }
            (_, Some((option, given))) if option == "name" => {
                name = value::name("name", given, errors);
            }
            _ => errors.push(unexpected("check", &entry, &["name"])),
        }
    }
    let span = attribute.path().span();
    if expr.is_none() && errors.len() == before {
        errors.push(Error::new(
            "wrong-value",
            span,
            "`#[check]` takes a condition in double quotes: `#[check(\"ends_at > starts_at\")]`",
        ));
    }
    Some(CheckDecl { name, expr: expr?, span: place(span, file) })
}

/// Reads `#[trigger("CREATE TRIGGER …")]`.
pub(super) fn trigger(
    attribute: &Attribute,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<(TriggerDecl, At)> {
    const HELP: &str = "write `#[trigger(\"CREATE TRIGGER name AFTER … ON table … BEGIN … END\")]`";
    let text = only_text(attribute, HELP, errors)?;
    let sql = statement::trimmed(&text.value()).to_owned();
    let is_trigger = statement::header(&sql).is_some_and(|header| {
        header.kind == peristyle_schema::ObjectKind::Trigger && header.on.is_some()
    });
    if !is_trigger {
        let message = "this is not a whole CREATE TRIGGER statement";
        errors.push(Error::new("wrong-value", text.span(), message).help(HELP));
        return None;
    }
    Some((TriggerDecl { sql, span: place(text.span(), file) }, text.span()))
}

/// Says that a trigger is declared on another table than its text names.
pub(super) fn wrong_table(trigger: &TriggerDecl, table: &QualifiedName, at: At) -> Option<Error> {
    let on = statement::header(&trigger.sql)?.on?;
    if on.name.eq_ignore_ascii_case(&table.name) {
        return None;
    }
    let message = format!("the trigger is on `{on}`, and this struct declares `{table}`");
    Some(Error::new("contradiction", at, message).help("move it to the struct of its table"))
}

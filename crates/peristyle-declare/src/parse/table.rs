//! A struct that is a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use peristyle_schema::{Expr, Hint, ObjectKind, QualifiedName, RowSecurity, Span};
use proc_macro2::Span as At;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, ItemStruct};

use super::attributes::{Place, doc, is_ours, place, unexpected, word};
use super::column::ParsedField;
use super::fields::Fields;
use super::options::{EntryKind, Given, Text, dialect, entries, only_text};
use super::{column, index, named_fields, reference, value};
use crate::convention;
use crate::error::Error;
use crate::model::{CheckDecl, ExclusionDecl, StorageDecl, StructName, TableDecl, TriggerDecl};
use crate::statement;

const TABLE: &[&str] = &[
    "name",
    "schema",
    "was",
    "external",
    "strict",
    "without_rowid",
    "unlogged",
    "partition_by",
    "partition_of",
    "inherits",
    "row_security",
    "storage",
];
const ROW_SECURITY: &[(&str, RowSecurity)] =
    &[("enabled", RowSecurity::Enabled), ("forced", RowSecurity::Forced)];

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
        storage: StorageDecl::default(),
        columns: Vec::new(),
        key: Vec::new(),
        key_name: None,
        autoincrement: false,
        indexes: Vec::new(),
        checks: Vec::new(),
        exclusions: Vec::new(),
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
            "exclude" => {
                self.table.exclusions.extend(exclude(attribute, self.file, &mut self.errors));
            }
            "trigger" => {
                let read = trigger(attribute, ObjectKind::Trigger, self.file, &mut self.errors);
                self.triggers.extend(read);
            }
            "policy" => {
                let read = trigger(attribute, ObjectKind::Policy, self.file, &mut self.errors);
                self.triggers.extend(read);
            }
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
                (Some("unlogged"), _) => self.table.storage.unlogged = true,
                (_, Some((name, given))) if name == "name" => {
                    if let Some(name) = value::qualified("name", given, &mut self.errors) {
                        self.table.name.name = name.name;
                        if name.namespace.is_some() {
                            self.table.name.namespace = name.namespace;
                        }
                    }
                }
                (_, Some((name, given))) if name == "schema" => {
                    let namespace = value::name("schema", given, &mut self.errors);
                    self.table.name.namespace = namespace;
                }
                (_, Some((name, given))) if name == "partition_by" => {
                    let by = value::text("partition_by", given, &mut self.errors);
                    self.table.storage.partition_by = by.map(Expr::new);
                }
                (_, Some((name, given))) if name == "row_security" => {
                    let level =
                        value::one_of("row_security", given, ROW_SECURITY, &mut self.errors);
                    self.table.storage.row_security = level.unwrap_or_default();
                }
                _ if self.list(&entry.kind) => {}
                (_, Some((name, given))) if name == "was" => {
                    self.table.was = value::qualified("was", given, &mut self.errors);
                }
                _ => self.errors.push(unexpected("table", &entry, TABLE)),
            }
        }
    }

    /// Takes an option that has a list; `false` if it is none of ours.
    fn list(&mut self, entry: &EntryKind) -> bool {
        let named = |word: &Ident, file| StructName {
            name: word.to_string(),
            span: place(word.span(), file),
        };
        match entry {
            EntryKind::List { name, items } if name == "inherits" => {
                let parents = items.iter().map(|word| named(word, self.file));
                self.table.storage.inherits.extend(parents);
            }
            EntryKind::Mixed { name, items, texts, pairs } if name == "partition_of" => {
                match (items.as_slice(), texts.as_slice(), pairs.as_slice()) {
                    ([parent], [bound], []) => {
                        let bound = Expr::new(bound.value());
                        self.table.storage.partition_of = Some((named(parent, self.file), bound));
                    }
                    _ => self.errors.push(
                        Error::new(
                            "wrong-value",
                            name.span(),
                            "`partition_of` takes a struct and a text",
                        )
                        .help("write `partition_of(Parent, \"for values from (…) to (…)\")`"),
                    ),
                }
            }
            EntryKind::Mixed { name, items, texts, pairs } if name == "storage" => {
                let target = &mut self.table.storage.parameters;
                parameters(
                    target,
                    name,
                    items.is_empty() && texts.is_empty(),
                    pairs,
                    &mut self.errors,
                );
            }
            _ => return false,
        }
        true
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
        let has_parents =
            table.storage.partition_of.is_some() || !table.storage.inherits.is_empty();
        if item.fields.is_empty() && !has_parents {
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
    const CHECK: &[&str] = &["name", "not_valid", "no_inherit", "sqlite", "postgres"];
    let mut name = None;
    let mut expr = None;
    let (mut no_inherit, mut not_valid, mut of) = (false, false, None);
    let before = errors.len();
    let mut given = Given::default();
    for entry in entries(attribute, errors) {
        given.note("check", &entry, errors);
        match (&entry.kind, entry.assignment(), entry.word().as_deref()) {
            (EntryKind::Text { text, sort }, ..) if sort.is_plain() && expr.is_none() => {
                expr = Some(Expr::new(text.value()));
            }
            (_, Some((option, given)), _) if option == "name" => {
                name = value::name("name", given, errors);
            }
            (.., Some("not_valid")) => not_valid = true,
            (.., Some("no_inherit")) => no_inherit = true,
            _ if of.is_none() && dialect(&entry).is_some() => of = dialect(&entry),
            _ => errors.push(unexpected("check", &entry, CHECK)),
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
    let span = place(span, file);
    Some(CheckDecl { name, expr: expr?, no_inherit, not_valid, dialect: of, span })
}

/// Reads `#[exclude("using gist (room with =, during with &&)")]`.
fn exclude(
    attribute: &Attribute,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ExclusionDecl> {
    let span = attribute.path().span();
    let mut rule = None;
    let mut exclusion = ExclusionDecl {
        name: None,
        rule: Expr::new(""),
        deferrable: Default::default(),
        dialect: None,
        span: place(span, file),
    };
    let before = errors.len();
    let mut given = Given::default();
    for entry in entries(attribute, errors) {
        given.note("exclude", &entry, errors);
        match (&entry.kind, entry.assignment()) {
            (EntryKind::Text { text, sort }, _) if sort.is_plain() && rule.is_none() => {
                rule = Some(Expr::new(text.value()));
            }
            (_, Some((option, given))) if option == "name" => {
                exclusion.name = value::name("name", given, errors);
            }
            (_, Some((option, given))) if option == "deferrable" => {
                exclusion.deferrable = reference::deferrable(given, errors);
            }
            _ if exclusion.dialect.is_none() && dialect(&entry).is_some() => {
                exclusion.dialect = dialect(&entry);
            }
            _ => {
                errors.push(unexpected("exclude", &entry, &["name", "deferrable", "postgres"]));
            }
        }
    }
    if rule.is_none() && errors.len() == before {
        errors.push(
            Error::new("wrong-value", span, "`#[exclude]` takes a rule in double quotes")
                .help("write `#[exclude(\"using gist (room with =, during with &&)\")]`"),
        );
    }
    Some(ExclusionDecl { rule: rule?, ..exclusion })
}

/// Takes storage parameters, which are `name = value` and nothing else.
pub(super) fn parameters(
    target: &mut BTreeMap<String, String>,
    list: &Ident,
    plain: bool,
    pairs: &[(String, String)],
    errors: &mut Vec<Error>,
) {
    if !plain || pairs.is_empty() {
        errors.push(
            Error::new("wrong-value", list.span(), format!("`{list}` takes storage parameters"))
                .help(format!("write `{list}(fillfactor = 70)`")),
        );
    }
    for (name, value) in pairs {
        if target.insert(name.clone(), value.clone()).is_some() {
            let message = format!("`{list}` has `{name}` twice");
            errors.push(Error::new("repeated-option", list.span(), message));
        }
    }
}

/// Reads `#[trigger("CREATE TRIGGER …")]` or `#[policy("CREATE POLICY …")]`.
pub(super) fn trigger(
    attribute: &Attribute,
    kind: ObjectKind,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<(TriggerDecl, At)> {
    let (message, help) = if kind == ObjectKind::Policy {
        (
            "this is not a whole CREATE POLICY statement",
            "write `#[policy(\"CREATE POLICY name ON table … USING (…)\")]`",
        )
    } else {
        (
            "this is not a whole CREATE TRIGGER statement",
            "write `#[trigger(\"CREATE TRIGGER name AFTER … ON table … BEGIN … END\")]`",
        )
    };
    let Text { text, dialect, fires, doc } = only_text(attribute, help, errors)?;
    let sql = statement::trimmed(&text.value()).to_owned();
    let fits =
        statement::header(&sql).is_some_and(|header| header.kind == kind && header.on.is_some());
    if !fits {
        errors.push(Error::new("wrong-value", text.span(), message).help(help));
        return None;
    }
    Some((TriggerDecl { sql, fires, doc, dialect, span: place(text.span(), file) }, text.span()))
}

/// Says that a trigger is declared on another table than its text names.
pub(super) fn wrong_table(trigger: &TriggerDecl, table: &QualifiedName, at: At) -> Option<Error> {
    let header = statement::header(&trigger.sql)?;
    let on = header.on?;
    if on.name.eq_ignore_ascii_case(&table.name) {
        return None;
    }
    let kind = header.kind.words();
    let message = format!("the {kind} is on `{on}`, and this struct declares `{table}`");
    Some(Error::new("contradiction", at, message).help("move it to the struct of its table"))
}

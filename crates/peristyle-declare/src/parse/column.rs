//! A field that is a column.

use std::sync::Arc;

use peristyle_schema::{Expr, Generated, Identity, Name, Type};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Field};

use super::attributes::{Place, doc, is_ours, place, unexpected, word};
use super::fields::Fields;
use super::options::{Entry, Given, entries};
use super::value::{self, Value, number, text};
use super::{default, finish, index, reference, rust_type};
use crate::convention;
use crate::error::Error;
use crate::model::{CheckDecl, ColumnDecl, IndexDecl, Kind};

const COLUMN: &[&str] = &[
    "name",
    "type",
    "default",
    "check",
    "collate",
    "generated",
    "stored",
    "virtual",
    "identity",
    "on_update",
    "was",
    "fill",
    "using",
    "precision",
    "scale",
    "no_reference",
    "nullable",
];
const KEY: &[&str] = &["default", "auto", "autoincrement", "type", "name"];
const IDENTITY: &[(&str, Identity)] = &[
    ("by_default", Identity::ByDefault),
    ("always", Identity::Always),
    ("serial", Identity::Serial),
];

/// A column and what its field says about the table.
pub(super) struct ParsedField {
    pub column: ColumnDecl,
    /// Where the field says `#[key]`.
    pub key: Option<Span>,
    pub key_name: Option<Name>,
    pub autoincrement: bool,
    pub indexes: Vec<IndexDecl>,
    pub checks: Vec<CheckDecl>,
}

/// What the attributes of a field say, before it is known whether they agree.
pub(super) struct Reader<'a> {
    pub field: &'a Field,
    pub fields: &'a Fields<'a>,
    pub file: Option<&'a Arc<str>>,
    pub errors: &'a mut Vec<Error>,
    pub parsed: ParsedField,
    pub given: Given,
    pub stored: Option<(bool, Span)>,
    pub generated: Option<Span>,
    pub precision: Option<(u16, Span)>,
    pub scale: Option<(i16, Span)>,
    pub no_reference: Option<Span>,
    pub default: Option<(Span, Vec<String>)>,
    pub on_update: Option<Span>,
    pub auto: Option<Span>,
}

/// Reads one field of a struct.
pub(super) fn read(
    field: &Field,
    at: Place,
    fields: &Fields<'_>,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ParsedField> {
    let mut reader = Reader {
        parsed: ParsedField {
            column: bare_column(field, fields.owner, file, errors)?,
            key: None,
            key_name: None,
            autoincrement: false,
            indexes: Vec::new(),
            checks: Vec::new(),
        },
        field,
        fields,
        file,
        errors,
        given: Given::default(),
        stored: None,
        generated: None,
        precision: None,
        scale: None,
        no_reference: None,
        default: None,
        on_update: None,
        auto: None,
    };
    for attribute in &field.attrs {
        if is_ours(attribute, at, reader.errors) {
            reader.attribute(attribute);
        }
    }
    if at == Place::ViewField {
        // The type of an `Id` in a view is no foreign key: a view has none.
        reader.no_reference = Some(field.ty.span());
    }
    Some(finish::finish(reader))
}

/// The column of a field without attributes.
fn bare_column(
    field: &Field,
    owner: &str,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ColumnDecl> {
    let ident = field.ident.as_ref()?;
    let read = rust_type::read(&field.ty).map_err(|error| errors.push(error)).ok()?;
    Some(ColumnDecl {
        field: ident.to_string(),
        name: Name::new(convention::column_name(&ident.to_string())),
        doc: doc(&field.attrs),
        rust_type: read.text,
        kind: match read.kind {
            Kind::Id(target) if target == "Self" => Kind::Id(owner.to_owned()),
            Kind::Ids(target) if target == "Self" => Kind::Ids(owner.to_owned()),
            kind => kind,
        },
        nullable: read.nullable,
        nullable_in_database: false,
        data_type: None,
        precision: None,
        default: None,
        identity: None,
        generated: None,
        collation: None,
        on_update: None,
        reference: None,
        was: None,
        fill: None,
        using: None,
        span: place(ident.span(), file),
        type_span: place(field.ty.span(), file),
    })
}

impl Reader<'_> {
    fn attribute(&mut self, attribute: &Attribute) {
        match word(attribute).as_str() {
            "key" => self.key(attribute),
            "column" => {
                for entry in entries(attribute, self.errors) {
                    if entry.name().is_none_or(|name| name != "check") {
                        self.given.note("column", &entry, self.errors);
                    }
                    if !self.flag(&entry) && !self.option(&entry) {
                        self.errors.push(unexpected("column", &entry, COLUMN));
                    }
                }
            }
            "references" => {
                if self.parsed.column.reference.is_some() {
                    self.errors.push(reference::second(attribute));
                }
                let kind = &self.parsed.column.kind;
                let read = reference::read_field(attribute, kind, self.file, self.errors);
                self.parsed.column.reference = Some(read);
            }
            "unique" | "index" => {
                let on = index::On::Field(&self.parsed.column.field);
                let read = index::read(attribute, on, self.fields, self.file, self.errors);
                self.parsed.indexes.extend(read);
            }
            _ => {}
        }
    }

    fn key(&mut self, attribute: &Attribute) {
        let at = attribute.path().span();
        if self.parsed.key.replace(at).is_some() {
            self.errors.push(Error::new("repeated-option", at, "the field says `#[key]` twice"));
        }
        for entry in entries(attribute, self.errors) {
            match (entry.word().as_deref(), entry.assignment()) {
                (Some("auto"), _) => self.numbered(&entry),
                (Some("autoincrement"), _) => {
                    self.numbered(&entry);
                    self.parsed.autoincrement = true;
                }
                (_, Some((name, value))) if name == "name" => {
                    self.parsed.key_name = value::name("name", value, self.errors);
                }
                (_, Some((name, _))) if KEY.contains(&name.as_str()) => {
                    self.given.note("key", &entry, self.errors);
                    self.option(&entry);
                }
                _ => self.errors.push(unexpected("key", &entry, KEY)),
            }
        }
    }

    fn numbered(&mut self, entry: &Entry) {
        self.given.note("key", entry, self.errors);
        self.auto = Some(entry.span);
        self.parsed.column.identity = Some(Identity::ByDefault);
    }

    /// Takes an option that is a word alone.
    fn flag(&mut self, entry: &Entry) -> bool {
        match entry.word().as_deref() {
            Some(word @ ("stored" | "virtual")) => {
                if self.stored.is_some() {
                    self.errors.push(Error::new(
                        "contradiction",
                        entry.span,
                        "a generated column is `stored` or `virtual`, not both",
                    ));
                }
                self.stored = Some((word == "stored", entry.span));
            }
            Some("nullable") => self.parsed.column.nullable_in_database = true,
            Some("no_reference") => self.no_reference = Some(entry.span),
            _ => return false,
        }
        true
    }

    /// Takes an option that has a value.
    fn option(&mut self, entry: &Entry) -> bool {
        let Some((name, value)) = entry.assignment() else { return false };
        let column = &mut self.parsed.column;
        let errors = &mut *self.errors;
        match name.as_str() {
            "name" => {
                if let Some(name) = value::name("name", value, errors) {
                    column.name = name;
                }
            }
            "type" => column.data_type = data_type(value, errors),
            "default" => {
                column.default = default::read(value, errors);
                let parts = match value {
                    Value::Path { parts, .. } => parts.clone(),
                    Value::Literal { .. } | Value::Call { .. } => Vec::new(),
                };
                self.default = Some((value.span(), parts));
            }
            "check" => {
                self.parsed.checks.extend(text("check", value, errors).map(|text| CheckDecl {
                    name: None,
                    expr: Expr::new(text),
                    no_inherit: false,
                    not_valid: false,
                    dialect: None,
                    span: place(entry.span, self.file),
                }))
            }
            "collate" => column.collation = value::name("collate", value, errors),
            "generated" => {
                self.generated = Some(entry.span);
                column.generated = text("generated", value, errors)
                    .map(|text| Generated { expr: Expr::new(text), stored: false });
            }
            "identity" => {
                self.auto = Some(entry.span);
                column.identity = value::one_of("identity", value, IDENTITY, errors);
            }
            "on_update" => {
                self.on_update = Some(value.span());
                column.on_update = default::on_update(value, errors);
            }
            "was" => column.was = value::name("was", value, errors),
            "fill" => column.fill = default::expression("fill", value, errors),
            "using" => column.using = text("using", value, errors).map(Expr::new),
            "precision" => {
                self.precision = number("precision", value, errors).map(|n| (n, entry.span));
            }
            "scale" => self.scale = number("scale", value, errors).map(|n| (n, entry.span)),
            _ => return false,
        }
        true
    }
}

/// Reads `type = …`: an SQL type in quotes, one of the words `text`, `uuid`, `bigint`, or `native("…")`, which is passed on
/// as written.
fn data_type(value: &Value, errors: &mut Vec<Error>) -> Option<Type> {
    if let Some(native) = value.text_of("native") {
        return Some(Type::Native(native));
    }
    if let Some(known) = value.word().and_then(crate::resolve::standard_type) {
        return Some(known);
    }
    let text = text("type", value, errors)?;
    Some(crate::resolve::standard_type(&text).unwrap_or(Type::Native(text)))
}

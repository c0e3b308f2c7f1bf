//! A field that is a column.

use std::sync::Arc;

use peristyle_schema::{Expr, Generated, Identity, Name, Precision, Type};
use syn::spanned::Spanned;
use syn::{Attribute, Field};

use super::attributes::{FIELD, Rules, check_word, doc, place, unexpected, word};
use super::options::{Entry, EntryKind, entries, number, text};
use super::{default, index, rust_type};
use crate::convention;
use crate::error::Error;
use crate::model::{CheckDecl, ColumnDecl, DefaultDecl, IndexDecl, Kind, ReferenceDecl};

const OPTIONS: &[&str] = &[
    "name",
    "type",
    "default",
    "check",
    "collate",
    "generated",
    "stored",
    "virtual",
    "on_update",
    "was",
    "fill",
    "using",
    "precision",
    "scale",
    "no_reference",
    "nullable",
];
const KEY_OPTIONS: &[&str] = &["default", "auto", "autoincrement", "type", "name"];
const REFERENCE_OPTIONS: &[&str] = &["on_delete", "on_update", "deferrable", "column", "name"];

/// A column and what its field says about the table.
pub(super) struct ParsedField {
    pub column: ColumnDecl,
    pub key: bool,
    pub key_name: Option<Name>,
    pub autoincrement: bool,
    pub indexes: Vec<IndexDecl>,
    pub checks: Vec<CheckDecl>,
}

struct Reader<'a> {
    file: Option<&'a Arc<str>>,
    errors: &'a mut Vec<Error>,
    parsed: ParsedField,
    stored: Option<bool>,
    precision: Option<u16>,
    scale: Option<i16>,
    no_reference: bool,
}

/// Reads one field. `owner` is the struct's name: its own key is not a reference.
pub(super) fn read(
    field: &Field,
    owner: &str,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ParsedField> {
    let ident = field.ident.as_ref()?;
    let read = match rust_type::read(&field.ty) {
        Ok(read) => read,
        Err(error) => {
            errors.push(error);
            return None;
        }
    };
    let kind = match read.kind {
        Kind::Id(target) if target == "Self" => Kind::Id(owner.to_owned()),
        kind => kind,
    };
    let column = ColumnDecl {
        field: ident.to_string(),
        name: Name::new(convention::column_name(&ident.to_string())),
        doc: doc(&field.attrs),
        rust_type: read.text,
        kind,
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
    };
    let parsed = ParsedField {
        column,
        key: false,
        key_name: None,
        autoincrement: false,
        indexes: Vec::new(),
        checks: Vec::new(),
    };
    let mut reader = Reader {
        file,
        errors,
        parsed,
        stored: None,
        precision: None,
        scale: None,
        no_reference: false,
    };
    for attribute in &field.attrs {
        reader.attribute(attribute);
    }
    Some(reader.finish(field, owner))
}

impl Reader<'_> {
    fn attribute(&mut self, attribute: &Attribute) {
        check_word(attribute, FIELD, self.errors);
        match word(attribute).as_str() {
            "key" => self.key(attribute),
            "column" => {
                for entry in entries(attribute, self.errors) {
                    self.option(&entry);
                }
            }
            "references" => self.references(attribute),
            "unique" | "index" => {
                let field = self.parsed.column.field.clone();
                let read = index::read(attribute, Some(&field), self.file, self.errors);
                self.parsed.indexes.extend(read);
            }
            _ => {}
        }
    }

    fn key(&mut self, attribute: &Attribute) {
        self.parsed.key = true;
        for entry in entries(attribute, self.errors) {
            match &entry.kind {
                EntryKind::Word { word, .. } if word == "auto" => {
                    self.parsed.column.identity = Some(Identity::ByDefault);
                }
                EntryKind::Word { word, .. } if word == "autoincrement" => {
                    self.parsed.column.identity = Some(Identity::ByDefault);
                    self.parsed.autoincrement = true;
                }
                EntryKind::Assign { name, value } if name == "name" => {
                    self.parsed.key_name = text("name", value, self.errors).map(Name::new);
                }
                EntryKind::Assign { name, .. }
                    if KEY_OPTIONS.contains(&name.to_string().as_str()) =>
                {
                    self.option(&entry);
                }
                _ => self.errors.push(unexpected("key", &entry, KEY_OPTIONS)),
            }
        }
    }

    fn option(&mut self, entry: &Entry) {
        let column = &mut self.parsed.column;
        match &entry.kind {
            EntryKind::Word { word, .. } if word == "stored" => self.stored = Some(true),
            EntryKind::Word { word, .. } if word == "virtual" => self.stored = Some(false),
            EntryKind::Word { word, .. } if word == "no_reference" => self.no_reference = true,
            EntryKind::Word { word, .. } if word == "nullable" => {
                column.nullable_in_database = true;
            }
            EntryKind::Assign { name, value } => match name.to_string().as_str() {
                "name" => {
                    if let Some(text) = text("name", value, self.errors) {
                        column.name = Name::new(text);
                    }
                }
                "type" => column.data_type = data_type(value, self.errors),
                "default" => column.default = default::read(value, self.errors),
                "check" => {
                    if let Some(text) = text("check", value, self.errors) {
                        let span = place(entry.span, self.file);
                        self.parsed.checks.push(CheckDecl {
                            name: None,
                            expr: Expr::new(text),
                            span,
                        });
                    }
                }
                "collate" => column.collation = text("collate", value, self.errors).map(Name::new),
                "generated" => {
                    column.generated = text("generated", value, self.errors)
                        .map(|text| Generated { expr: Expr::new(text), stored: false });
                }
                "on_update" => column.on_update = default::on_update(value, self.errors),
                "was" => column.was = text("was", value, self.errors).map(Name::new),
                "fill" => column.fill = default::expression("fill", value, self.errors),
                "using" => column.using = text("using", value, self.errors).map(Expr::new),
                "precision" => self.precision = number("precision", value, self.errors),
                "scale" => self.scale = number("scale", value, self.errors),
                _ => self.errors.push(unexpected("column", entry, OPTIONS)),
            },
            _ => self.errors.push(unexpected("column", entry, OPTIONS)),
        }
    }

    fn references(&mut self, attribute: &Attribute) {
        let span = attribute.path().span();
        let mut rules = Rules::default();
        let mut target = None;
        let mut column = None;
        for entry in entries(attribute, self.errors) {
            match &entry.kind {
                EntryKind::Word { word, .. } if target.is_none() => {
                    target = Some(word.to_string());
                }
                EntryKind::Assign { name, value } if name == "column" => match value {
                    super::options::Value::Path { parts, .. } => column = parts.last().cloned(),
                    other => self.errors.push(Error::new(
                        "wrong-value",
                        other.span(),
                        "`column` takes the name of a field: `column = code`",
                    )),
                },
                EntryKind::Assign { name, value }
                    if rules.take(&name.to_string(), value, self.errors) => {}
                _ => self.errors.push(unexpected("references", &entry, REFERENCE_OPTIONS)),
            }
        }
        if let (None, Kind::Id(id)) = (&target, &self.parsed.column.kind) {
            target = Some(id.clone());
        }
        if target.is_none() {
            self.errors.push(
                Error::new(
                    "no-target",
                    span,
                    "`#[references]` on a field that is no `Id<…>` names what it references",
                )
                .help("write `#[references(Other)]`, or give the field the type `Id<Other>`"),
            );
        }
        self.parsed.column.reference = Some(ReferenceDecl {
            target,
            column,
            name: rules.name,
            on_delete: rules.on_delete,
            on_update: rules.on_update,
            deferrable: rules.deferrable,
            span: place(span, self.file),
        });
    }

    fn finish(mut self, field: &Field, owner: &str) -> ParsedField {
        self.generated(field);
        self.digits(field);
        let column = &mut self.parsed.column;
        if self.parsed.key && column.nullable {
            self.errors.push(
                Error::new("null-key", field.ty.span(), "a key cannot be null")
                    .help("take the `Option` away"),
            );
        }
        if let Kind::Id(target) = &column.kind {
            let own_key = self.parsed.key && target == owner;
            if self.no_reference || own_key {
                if let Some(reference) = &column.reference
                    && reference.target.as_deref() == Some(target)
                    && self.no_reference
                {
                    self.errors.push(Error::new(
                        "contradiction",
                        field.span(),
                        "`no_reference` and `#[references]` contradict each other",
                    ));
                }
            } else if column.reference.is_none() {
                column.reference = Some(ReferenceDecl {
                    target: Some(target.clone()),
                    column: None,
                    name: None,
                    on_delete: Default::default(),
                    on_update: Default::default(),
                    deferrable: Default::default(),
                    span: column.span.clone(),
                });
            }
        }
        self.parsed
    }

    fn generated(&mut self, field: &Field) {
        let column = &mut self.parsed.column;
        match (&mut column.generated, self.stored) {
            (Some(generated), stored) => {
                generated.stored = stored.unwrap_or(false);
                if column.default.is_some() {
                    self.errors.push(Error::new(
                        "contradiction",
                        field.span(),
                        "a generated column has no default: its value is always computed",
                    ));
                }
            }
            (None, Some(_)) => self.errors.push(Error::new(
                "contradiction",
                field.span(),
                "`stored` and `virtual` belong to a generated column: `generated = \"…\", stored`",
            )),
            (None, None) => {}
        }
    }

    fn digits(&mut self, field: &Field) {
        let column = &mut self.parsed.column;
        column.precision = match (self.precision, self.scale) {
            (Some(precision), scale) => {
                Some(Precision { precision, scale: scale.unwrap_or_default() })
            }
            (None, Some(_)) => {
                self.errors.push(Error::new(
                    "contradiction",
                    field.span(),
                    "`scale` needs `precision`: `precision = 10, scale = 2`",
                ));
                None
            }
            (None, None) => None,
        };
        if column.precision.is_some()
            && matches!(&column.kind, Kind::Plain(t) if !matches!(t, Type::Numeric(_)))
        {
            self.errors.push(Error::new(
                "contradiction",
                field.ty.span(),
                "`precision` belongs to a `Decimal`",
            ));
        }
        if let Some(DefaultDecl::Variant(variant)) = &column.default
            && !matches!(column.kind, Kind::Named(_))
        {
            self.errors.push(Error::new(
                "wrong-value",
                field.span(),
                format!("`{variant}` is no value of `{}`", column.rust_type),
            ));
        }
    }
}

/// Reads `type = …`: an SQL type in quotes, or one of the words `text`, `uuid`, `bigint` in a key.
fn data_type(value: &super::options::Value, errors: &mut Vec<Error>) -> Option<Type> {
    if let super::options::Value::Path { parts, .. } = value
        && let [word] = parts.as_slice()
        && let Some(known) = crate::resolve::standard_type(word)
    {
        return Some(known);
    }
    if let super::options::Value::Call { name, text: Some(text), .. } = value
        && name == "native"
    {
        return Some(Type::Native(text.value()));
    }
    let text = text("type", value, errors)?;
    Some(crate::resolve::standard_type(&text).unwrap_or(Type::Native(text)))
}

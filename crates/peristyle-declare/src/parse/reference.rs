//! Foreign keys: `#[references]` on a field and `#[foreign_key]` on a struct.

use std::sync::Arc;

use peristyle_schema::{Action, Deferrable, Match, Name, QualifiedName, Reference};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr};

use super::attributes::{place, unexpected};
use super::fields::Fields;
use super::options::{EntryKind, Given, entries};
use super::value::{self, Value};
use crate::convention::bare;
use crate::error::Error;
use crate::model::{FieldName, ForeignKeyDecl, Kind, ReferenceDecl};

const REFERENCES: &[&str] =
    &["on_delete", "on_update", "deferrable", "match", "column", "name", "not_valid"];
const FOREIGN_KEY: &[&str] = &[
    "columns",
    "references",
    "on_delete",
    "on_update",
    "deferrable",
    "match",
    "name",
    "not_valid",
    "set_columns",
];

const ACTIONS: &[(&str, Action)] = &[
    ("no_action", Action::NoAction),
    ("restrict", Action::Restrict),
    ("cascade", Action::Cascade),
    ("set_null", Action::SetNull),
    ("set_default", Action::SetDefault),
];
const DEFERRABLE: &[(&str, Deferrable)] =
    &[("deferred", Deferrable::InitiallyDeferred), ("immediate", Deferrable::InitiallyImmediate)];
const MATCH: &[(&str, Match)] = &[("simple", Match::Simple), ("full", Match::Full)];

/// A reference that nothing is said about but where it leads.
pub(super) fn plain(target: Option<String>) -> ReferenceDecl {
    ReferenceDecl {
        target,
        column: None,
        table: None,
        name: None,
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        deferrable: Deferrable::Not,
        matching: Match::Simple,
        set_columns: Vec::new(),
        not_valid: false,
        span: Default::default(),
    }
}

/// Takes what an option says of a foreign key; `false` if it is not one of ours.
fn take(reference: &mut ReferenceDecl, name: &str, given: &Value, errors: &mut Vec<Error>) -> bool {
    match name {
        "name" => reference.name = value::name(name, given, errors),
        "on_delete" => {
            reference.on_delete = value::one_of(name, given, ACTIONS, errors).unwrap_or_default();
        }
        "on_update" => {
            reference.on_update = value::one_of(name, given, ACTIONS, errors).unwrap_or_default();
        }
        "deferrable" => reference.deferrable = deferrable(given, errors),
        "match" => {
            reference.matching = value::one_of(name, given, MATCH, errors).unwrap_or_default();
        }
        _ => return false,
    }
    true
}

/// Reads `deferrable = deferred | immediate`.
pub(super) fn deferrable(given: &Value, errors: &mut Vec<Error>) -> Deferrable {
    value::one_of("deferrable", given, DEFERRABLE, errors).unwrap_or_default()
}

/// Reads `#[references(Other, on_delete = cascade)]` on a field of this kind.
pub(super) fn read_field(
    attribute: &Attribute,
    kind: &Kind,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> ReferenceDecl {
    let span = attribute.path().span();
    let mut reference = ReferenceDecl { span: place(span, file), ..plain(None) };
    let mut given = Given::default();
    for entry in entries(attribute, errors) {
        given.note("references", &entry, errors);
        match (&entry.kind, entry.assignment()) {
            (EntryKind::Word { word, sort }, _) if sort.is_plain() && is_type(word) => {
                target(&mut reference, word, kind, file, errors);
            }
            (_, Some((name, given))) if name == "column" => match given {
                Value::Path { parts, span } if parts.len() == 1 => {
                    reference.column = Some(FieldName {
                        name: bare(&parts[0]).to_owned(),
                        span: place(*span, file),
                    });
                }
                other => errors.push(Error::new(
                    "wrong-value",
                    other.span(),
                    "`column` takes the name of a field: `column = code`",
                )),
            },
            (_, Some((name, given))) if take(&mut reference, &name, given, errors) => {}
            _ if entry.word().as_deref() == Some("not_valid") => reference.not_valid = true,
            _ => errors.push(unexpected("references", &entry, REFERENCES)),
        }
    }
    if reference.target.is_none() {
        match kind {
            Kind::Id(id) => reference.target = Some(id.clone()),
            Kind::Ids(id) => errors.push(
                Error::new("no-target", span, format!("a list of `Id<{id}>` is no foreign key"))
                    .help("take `#[references]` away, or declare a table of its own for the items"),
            ),
            Kind::Plain(_) | Kind::Json(_) | Kind::Named(_) | Kind::List(_) => errors.push(
                Error::new(
                    "no-target",
                    span,
                    "`#[references]` on a field that is no `Id<…>` names what it references",
                )
                .help("write `#[references(Other)]`, or give the field the type `Id<Other>`"),
            ),
        }
    }
    reference
}

fn target(
    reference: &mut ReferenceDecl,
    word: &Ident,
    kind: &Kind,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) {
    if let Some(first) = &reference.target {
        let message = format!("`#[references]` names two structs, `{first}` and `{word}`");
        errors.push(Error::new("contradiction", word.span(), message));
        return;
    }
    if let Kind::Id(id) = kind
        && *word != id
        && word != "Self"
    {
        let message = format!("the field is an `Id<{id}>` and references `{word}`");
        errors.push(
            Error::new("contradiction", word.span(), message)
                .help(format!("write `#[references({id})]`, or leave the name out")),
        );
    }
    reference.target = Some(word.to_string());
    reference.span = place(word.span(), file);
}

/// Whether a word is written like a type, which no option of ours is.
fn is_type(word: &Ident) -> bool {
    bare(&word.to_string()).starts_with(char::is_uppercase)
}

/// Reads `#[foreign_key(columns(a, b), references = Other(x, y))]` on a struct.
pub(super) fn read_struct(
    attribute: &Attribute,
    fields: &Fields<'_>,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) -> Option<ForeignKeyDecl> {
    let span = attribute.path().span();
    let mut key = ForeignKeyDecl {
        columns: Vec::new(),
        references: Vec::new(),
        reference: ReferenceDecl { span: place(span, file), ..plain(None) },
    };
    let before = errors.len();
    let mut given = Given::default();
    for entry in entries(attribute, errors) {
        given.note("foreign_key", &entry, errors);
        match (&entry.kind, entry.assignment()) {
            (EntryKind::List { name, items }, _) if name == "columns" => {
                key.columns = fields.check("foreign_key", items, errors);
            }
            (_, Some((name, value))) if name == "references" => {
                read_target(&mut key, value, file, errors);
            }
            (EntryKind::List { name, items }, _) if name == "set_columns" => {
                fields.check("foreign_key", items, errors);
                let named = items.iter().map(|item| FieldName {
                    name: bare(&item.to_string()).to_owned(),
                    span: place(item.span(), file),
                });
                key.reference.set_columns = named.collect();
            }
            (_, Some((name, value))) if take(&mut key.reference, &name, value, errors) => {}
            _ if entry.word().as_deref() == Some("not_valid") => key.reference.not_valid = true,
            _ => errors.push(unexpected("foreign_key", &entry, FOREIGN_KEY)),
        }
    }
    let leads_nowhere = key.reference.target.is_none() && key.reference.table.is_none();
    if errors.len() == before && (key.columns.is_empty() || leads_nowhere) {
        errors.push(
            Error::new(
                "no-target",
                span,
                "`#[foreign_key]` names its fields and what they reference",
            )
            .help("write `#[foreign_key(columns(a, b), references = Other(x, y))]`"),
        );
    }
    (errors.len() == before).then_some(key)
}

fn read_target(
    key: &mut ForeignKeyDecl,
    value: &Value,
    file: Option<&Arc<str>>,
    errors: &mut Vec<Error>,
) {
    match value {
        Value::Path { parts, span } => {
            key.reference.target = parts.last().cloned();
            key.reference.span = place(*span, file);
        }
        Value::Call { parts, texts, .. } if !texts.is_empty() && parts == &["table"] => {
            key.reference.table = by_name(texts, errors);
        }
        Value::Call { parts, texts, items, span } if texts.is_empty() => {
            key.reference.target = parts.last().cloned();
            key.reference.span = place(*span, file);
            let name = |item: &Ident| FieldName {
                name: bare(&item.to_string()).to_owned(),
                span: place(item.span(), file),
            };
            key.references = items.iter().map(name).collect();
        }
        other => errors.push(Error::new(
            "wrong-value",
            other.span(),
            "`references` takes a struct: `references = Other` or `references = Other(a, b)`",
        )),
    }
}

/// Reads `table("people", "id")`: a target by its names in the database.
fn by_name(texts: &[LitStr], errors: &mut Vec<Error>) -> Option<Reference> {
    let (table, columns) = texts.split_first()?;
    let name: Result<QualifiedName, _> = table.value().parse();
    match name {
        Ok(table) => Some(Reference {
            table,
            columns: columns.iter().map(|column| Name::new(column.value())).collect(),
        }),
        Err(error) => {
            errors.push(Error::new("wrong-value", table.span(), error.to_string()));
            None
        }
    }
}

/// Says that a second reference has no place on a field.
pub(super) fn second(entry: &Attribute) -> Error {
    Error::new("repeated-option", entry.path().span(), "a field has one `#[references]`").help(
        "write the second as `#[foreign_key(columns(field), references = Other)]` on the struct",
    )
}

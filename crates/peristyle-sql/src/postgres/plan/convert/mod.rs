//! How values are converted when a column's type changes, and which values would change their meaning.

use std::collections::BTreeMap;

use peristyle_schema::{Column, EnumType, Pair, QualifiedName, Schema, Type};

use super::super::quote::quote;
use super::super::writer;

mod anew;
mod rules;

pub(super) use anew::wants_value;
pub(super) use rules::Faith;
use rules::{Kind, kind, rule};

/// A conversion for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversion {
    /// The converted value, over the column's own name; the name alone leaves it to the server.
    pub(super) value: String,
    /// Conditions that are true for values that must not be converted, each with what is wrong with them.
    pub(super) strays: Vec<(String, String)>,
    /// How faithful it is.
    pub(super) faith: Faith,
    /// Whether the server may refuse a value that no condition tells.
    pub(super) may_fail: bool,
    /// What is true of a value that is there.
    pub(super) given: &'static str,
}

const GIVEN: &str = "IS NOT NULL";

/// `IS NOT NULL` asks every field of a composite value.
const GIVEN_AS_A_WHOLE: &str = "IS DISTINCT FROM NULL";

impl Conversion {
    fn plain(value: String) -> Self {
        let (strays, faith) = (Vec::new(), Faith::Exact);
        Self { value, strays, faith, may_fail: false, given: GIVEN }
    }
}

/// How a column's values become those of its new type; `None` where only a `using` can say it. `enums` are the types of the
/// new schema.
pub(super) fn conversion(
    columns: Pair<&Column>,
    enums: &BTreeMap<QualifiedName, EnumType>,
) -> Option<Conversion> {
    let name = quote(&columns.new.name);
    let types = columns.map(|column| &column.data_type);
    let mut conversion = match (types.old, types.new) {
        (old, new) if old == new => Conversion::plain(name.clone()),
        (old, Type::Enum(to)) => to_enum(&name, old, to, enums)?,
        (old, Type::Array(of)) => to_array(&name, old, of, enums)?,
        (Type::Array(_), _) => return None,
        (_, Type::Native(_) | Type::Interval) | (Type::Native(_) | Type::Interval, _) => {
            over_text(&name, types)
        }
        (old, new) => by_rule(&name, Pair::new(kind(old), kind(new)))?,
    };
    length(types, &name, &mut conversion);
    precision(types, &name, &mut conversion);
    Some(conversion)
}

/// How the values of a type that is made anew become those of the new one: over their text.
pub(super) fn over_values(column: &Column, schemas: Pair<&Schema>) -> Conversion {
    let name = quote(&column.name);
    if let Some(conversion) = anew::conversion(column, schemas) {
        return conversion;
    }
    let enums = &schemas.new.enums;
    // Here it is of the former type.
    let text = match &column.data_type {
        Type::Array(_) => format!("{name}::text[]"),
        _ => format!("{name}::text"),
    };
    let found = match &column.data_type {
        Type::Enum(to) => to_enum(&text, &Type::Text, to, enums),
        Type::Array(of) => to_array(&text, &Type::Array(Box::new(Type::Text)), of, enums),
        _ => None,
    };
    let mut conversion = found.unwrap_or_else(|| Conversion::plain(name.clone()));
    conversion.value = by_text(&name, column);
    conversion
}

/// A value of a type that is made anew, by way of text.
pub(super) fn by_text(value: &str, column: &Column) -> String {
    let words = writer::type_words(&column.data_type);
    match &column.data_type {
        Type::Array(_) => format!("{value}::text[]::{words}"),
        _ => format!("{value}::text::{words}"),
    }
}

fn by_rule(name: &str, kinds: Pair<Kind>) -> Option<Conversion> {
    if kinds.is_same() {
        return Some(Conversion::plain(name.to_owned()));
    }
    let rule = rule(kinds)?;
    let strays = match rule.stray {
        "" => Vec::new(),
        stray => vec![(stray.replace("$c", name), rule.says.to_owned())],
    };
    Some(Conversion {
        value: rule.value.replace("$c", name),
        strays,
        faith: rule.faith,
        may_fail: rule.may_fail,
        given: GIVEN,
    })
}

/// The text of a value of an enumerated type is one of its values.
fn to_enum(
    name: &str,
    old: &Type,
    to: &QualifiedName,
    enums: &BTreeMap<QualifiedName, EnumType>,
) -> Option<Conversion> {
    if !matches!(kind(old), Kind::Text | Kind::Other) || matches!(old, Type::Array(_)) {
        return None;
    }
    let text = if kind(old) == Kind::Text { name.to_owned() } else { format!("{name}::text") };
    let mut conversion =
        Conversion::plain(format!("{name}::text::{}", writer::type_words(&Type::Enum(to.clone()))));
    if let Some(held) = enums.get(to) {
        conversion.strays.push((
            format!("{text} NOT IN ({})", values(held)),
            "is not one of the new values".to_owned(),
        ));
    }
    Some(conversion)
}

/// A list is converted as a whole where every element can be.
fn to_array(
    name: &str,
    old: &Type,
    to: &Type,
    enums: &BTreeMap<QualifiedName, EnumType>,
) -> Option<Conversion> {
    let Type::Array(from) = old else { return None };
    let words = writer::type_words(&Type::Array(Box::new(to.clone())));
    match to {
        Type::Enum(to) if matches!(kind(from), Kind::Text | Kind::Other) => {
            let mut conversion = Conversion::plain(format!("{name}::text[]::{words}"));
            if let Some(held) = enums.get(to) {
                conversion.strays.push((
                    format!("NOT ({name}::text[] <@ ARRAY[{}]::text[])", values(held)),
                    "holds what is not one of the new values".to_owned(),
                ));
            }
            Some(conversion)
        }
        Type::Text | Type::Varchar(None)
            if kind(from) == Kind::Text || matches!(**from, Type::Enum(_)) =>
        {
            Some(Conversion::plain(format!("{name}::{words}")))
        }
        _ => {
            let kinds = Pair::new(kind(from), kind(to));
            let limits =
                matches!(to, Type::Varchar(Some(_)) | Type::Char(_) | Type::Numeric(Some(_)));
            if limits || (kinds.is_same() && kinds.new == Kind::Other) {
                return None;
            }
            let mut conversion = Conversion::plain(format!("{name}::{words}"));
            if !kinds.is_same() {
                // A cast of the list casts every element; where an element needs more than a cast, somebody must say it.
                let rule = rule(kinds)?;
                let is_cast = rule.value == "$c" || rule.value.starts_with("$c::");
                if !is_cast || rule.may_fail || rule.faith != Faith::Exact {
                    return None;
                }
                if !rule.stray.is_empty() {
                    let stray = rule.stray.replace("$c", "_peristyle_element");
                    conversion.strays.push((
                        format!(
                            "EXISTS (SELECT 1 FROM unnest({name}) AS _peristyle_element WHERE {stray})"
                        ),
                        format!("holds what {}", rule.says),
                    ));
                }
            }
            Some(conversion)
        }
    }
}

/// A value of any type has a text; the new type reads it or refuses it, and must give the same text again.
fn over_text(name: &str, types: Pair<&Type>) -> Conversion {
    let words = types.map(writer::type_words);
    let is_text = kind(types.new) == Kind::Text;
    let text = text_of(name, &words.old);
    let value = match is_text {
        true => text.clone(),
        false => format!("({text})::{}", words.new)
            .replace(&format!("({name}::text)"), &format!("{name}::text")),
    };
    let strays = match is_text {
        true => Vec::new(),
        false => vec![(
            format!("{} <> {text}", text_of(&format!("({value})"), &words.new)),
            format!("is not the same as {}", words.new),
        )],
    };
    Conversion { strays, may_fail: !is_text, ..Conversion::plain(value) }
}

/// The text of a value as the server prints it: the cast of an address adds a mask that nobody wrote.
fn text_of(value: &str, words: &str) -> String {
    if words == "inet" {
        format!("CASE WHEN {value} IS NOT NULL THEN format('%s', {value}) END")
    } else {
        format!("{value}::text")
    }
}

/// Shows text that is longer than the new type holds.
fn length(types: Pair<&Type>, name: &str, conversion: &mut Conversion) {
    let limit = |data_type: &Type| match data_type {
        Type::Varchar(length) => *length,
        Type::Char(length) => Some(length.unwrap_or(1)),
        _ => None,
    };
    let Some(new) = limit(types.new) else { return };
    let fits = kind(types.old) == Kind::Text && limit(types.old).is_some_and(|old| old <= new);
    if !fits {
        let text = if conversion.value == name {
            format!("{name}::text")
        } else {
            format!("({})", conversion.value)
        };
        conversion.strays.push((
            format!("char_length({text}) > {new}"),
            format!("has more than {new} characters"),
        ));
    }
    if matches!(types.new, Type::Char(_)) != matches!(types.old, Type::Char(_)) {
        // Spaces at the end come and go with the padding.
        conversion.strays.push((
            format!("rtrim({name}::text) <> {name}::text"),
            "ends in spaces, which the new type does not tell from none".to_owned(),
        ));
    }
}

/// Shows numbers that have more digits than the new type holds.
fn precision(types: Pair<&Type>, name: &str, conversion: &mut Conversion) {
    let Type::Numeric(Some(new)) = types.new else { return };
    let fits = match types.old {
        Type::Numeric(Some(old)) => {
            old.scale <= new.scale
                && i32::from(old.precision) - i32::from(old.scale)
                    <= i32::from(new.precision) - i32::from(new.scale)
        }
        _ => false,
    };
    if fits {
        return;
    }
    let value = format!("({})::numeric", conversion.value);
    let whole = i32::from(new.precision) - i32::from(new.scale);
    let (sign, digits) = if whole < 0 { ("-", -whole) } else { ("", whole) };
    let condition =
        format!("abs({value}) >= 1e{sign}{digits} OR round({value}, {}) <> {value}", new.scale);
    // What is not a number yet is another guard's matter.
    let condition = match conversion.strays.first() {
        Some((stray, _)) if conversion.value != name => {
            format!("CASE WHEN {stray} THEN false ELSE {condition} END")
        }
        _ => condition,
    };
    conversion
        .strays
        .push((condition, format!("has more digits than {} holds", writer::type_words(types.new))));
}

/// Whether the server changes the type without touching the rows.
///
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>
pub(super) fn keeps_rows(types: Pair<&Type>, using: bool) -> bool {
    if using {
        return false;
    }
    match (types.old, types.new) {
        (Type::Varchar(_) | Type::Text, Type::Text | Type::Varchar(None)) => true,
        (Type::Varchar(Some(old)), Type::Varchar(Some(new))) => old <= new,
        (Type::Numeric(_), Type::Numeric(None)) => true,
        (Type::Numeric(Some(old)), Type::Numeric(Some(new))) => {
            old.scale == new.scale && old.precision <= new.precision
        }
        (old, new) => old == new,
    }
}

fn values(held: &EnumType) -> String {
    held.values.iter().map(|value| writer::text(&value.name)).collect::<Vec<_>>().join(", ")
}

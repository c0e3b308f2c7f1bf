//! The arguments of a function, of which its identity has the types.

use peristyle_schema::{Diagnostic, Type};

use super::cursor::Cursor;
use crate::lexer::{Kind, Token};
use crate::postgres::data_type;

/// Words that begin a type of several words, with those that may follow.
const LONG: &[(&str, &[&str])] = &[
    ("double", &["precision"]),
    ("character", &["varying"]),
    ("char", &["varying"]),
    ("national", &["character", "char"]),
    ("bit", &["varying"]),
    ("time", &["with", "without"]),
    ("timestamp", &["with", "without"]),
    ("interval", &["year", "month", "day", "hour", "minute", "second"]),
];

/// Takes the list of arguments of a function or procedure: the types of those that are put in, as `format_type` prints them
/// without length and precision.
pub(super) fn types(cursor: &mut Cursor<'_>) -> Result<Vec<String>, Diagnostic> {
    if !cursor.sees_operator("(") {
        return Err(cursor.unexpected("("));
    }
    let group = cursor.skip()?;
    let inner = &group[1..group.len() - 1];
    let mut types = Vec::new();
    for argument in split(inner) {
        if let Some(tokens) = type_of(argument) {
            types.push(bare(&data_type::read(cursor.written(tokens))));
        }
    }
    Ok(types)
}

/// The parts between commas.
fn split<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Operator) {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The tokens of an argument's type; nothing for one that is only given back.
fn type_of<'a, 't>(mut tokens: &'a [Token<'t>]) -> Option<&'a [Token<'t>]> {
    let default = tokens
        .iter()
        .position(|t| t.is_word("DEFAULT") || t.is_operator("=") || t.is_operator(":="));
    tokens = &tokens[..default.unwrap_or(tokens.len())];
    let mode = |token: &Token<'_>| {
        ["IN", "OUT", "INOUT", "VARIADIC"].iter().any(|mode| token.is_word(mode))
    };
    let mut out = false;
    let mut named = false;
    // The mode may stand before the name or behind it.
    if let [first, rest @ ..] = tokens
        && mode(first)
    {
        out = first.is_word("OUT");
        tokens = rest;
    } else if let [_, second, rest @ ..] = tokens
        && mode(second)
    {
        out = second.is_word("OUT");
        named = true;
        tokens = rest;
    }
    if out || tokens.is_empty() {
        return None;
    }
    if !named
        && let [first, second, rest @ ..] = tokens
        && is_name(first, second)
    {
        let _ = rest;
        tokens = &tokens[1..];
    }
    Some(tokens)
}

/// Whether the first token is the argument's name, and the second the first of its type.
fn is_name(first: &Token<'_>, second: &Token<'_>) -> bool {
    let word = |token: &Token<'_>| matches!(token.kind, Kind::Word | Kind::Quoted);
    if !word(first) || !word(second) || second.is_word("ARRAY") {
        return false;
    }
    !LONG.iter().any(|(begin, follow)| {
        first.is_word(begin) && follow.iter().any(|word| second.is_word(word))
    })
}

/// A type's text without length and precision.
fn bare(data_type: &Type) -> String {
    match data_type {
        Type::Varchar(_) => "character varying".to_owned(),
        Type::Char(_) => "character".to_owned(),
        Type::Numeric(_) => "numeric".to_owned(),
        Type::Array(of) => {
            let of = bare(of);
            if of.ends_with("[]") { of } else { format!("{of}[]") }
        }
        Type::Native(text) => match (text.find('('), text.find(')')) {
            (Some(open), Some(close)) if open < close && !text.starts_with('"') => {
                format!("{}{}", &text[..open], &text[close + 1..])
            }
            _ => text.clone(),
        },
        Type::Boolean
        | Type::SmallInt
        | Type::Integer
        | Type::BigInt
        | Type::Real
        | Type::Double
        | Type::Text
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval
        | Type::Json
        | Type::Enum(_)
        | Type::Values(_) => data_type::sql(data_type),
    }
}

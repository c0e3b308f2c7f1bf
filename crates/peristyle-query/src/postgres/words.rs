use peristyle_sql::{DialectName, dialect};

use crate::expr::{Binary, Direction, Function, JsonKind, Segment};
use crate::render::{Fragment, Strength, Words, column_of, infix};
use crate::source::SourceInfo;

/// How PostgreSQL says it.
pub(super) struct PostgresWords;

/// The namespace of a table that names none. It is always written, so that no session's `search_path` decides which table
/// is meant.
const NAMESPACE: &str = "public";

impl Words for PostgresWords {
    fn quote(&self, identifier: &str) -> String {
        dialect(DialectName::Postgres).quote(identifier)
    }

    fn source(&self, source: &SourceInfo) -> String {
        let namespace = source.namespace.unwrap_or(NAMESPACE);
        format!("{}.{}", self.quote(namespace), self.quote(source.name))
    }

    fn direction(&self, direction: Direction, nullable: bool) -> &'static str {
        match (direction, nullable) {
            (Direction::Ascending, false) => "",
            (Direction::Descending, false) => " DESC",
            (Direction::Ascending, true) => " NULLS FIRST",
            (Direction::Descending, true) => " DESC NULLS LAST",
        }
    }

    fn parameter(&self, number: usize) -> String {
        format!("${number}")
    }

    fn binary(&self, operator: Binary, left: Fragment, right: Fragment) -> Fragment {
        if let Some((word, strength)) = infix(operator) {
            let right = match operator {
                Binary::And | Binary::Or => right.at_least(strength),
                _ => right.above(strength),
            };
            let left = match strength {
                Strength::Comparison => left.above(strength),
                _ => left.at_least(strength),
            };
            let text = format!("{left} {word} {right}");
            // PostgreSQL's `||` binds less tightly than `+`, not more.
            return match strength {
                Strength::Concat => Fragment::atom(format!("({text})")),
                _ => Fragment::new(text, strength),
            };
        }
        let left = left.above(Strength::Comparison);
        let right = right.above(Strength::Comparison);
        let comparison = |text: String| Fragment::new(text, Strength::Comparison);
        match operator {
            Binary::Is => comparison(format!("{left} IS NOT DISTINCT FROM {right}")),
            Binary::IsNot => comparison(format!("{left} IS DISTINCT FROM {right}")),
            Binary::In => comparison(format!("{left} = ANY ({right})")),
            Binary::NotIn => comparison(format!("{left} <> ALL ({right})")),
            Binary::Like => comparison(format!("{left} LIKE {right}")),
            Binary::NotLike => comparison(format!("{left} NOT LIKE {right}")),
            Binary::LikeAnyCase => comparison(format!("{left} ILIKE {right}")),
            Binary::NotLikeAnyCase => comparison(format!("{left} NOT ILIKE {right}")),
            Binary::StartsWith => Fragment::atom(format!("starts_with({left}, {right}::text)")),
            Binary::EndsWith => {
                comparison(format!("right({left}, length({right}::text)) = {right}::text"))
            }
            Binary::HoldsText => comparison(format!("strpos({left}, {right}::text) > 0")),
            // A list holds a value where the list contains it as a document. A document that is not there holds nothing,
            // also behind a NOT.
            Binary::HoldsElement => {
                Fragment::atom(format!("({left} IS NOT NULL AND {left} @> {right})"))
            }
            // Containment takes a part of a document for the document, so the elements are compared as well.
            Binary::HoldsDocument => Fragment::atom(format!(
                "({left} IS NOT NULL AND {left} @> jsonb_build_array({right}::jsonb) AND EXISTS (SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof({left}) WHEN 'array' THEN {left} END) AS element (value) WHERE element.value = {right}::jsonb))"
            )),
            Binary::HoldsItems => {
                Fragment::atom(format!("({left} IS NOT NULL AND {left} @> {right})"))
            }
            Binary::And
            | Binary::Or
            | Binary::Eq
            | Binary::Ne
            | Binary::Lt
            | Binary::Le
            | Binary::Gt
            | Binary::Ge
            | Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Concat => Fragment::atom("NULL"),
        }
    }

    fn in_keys(&self, source: &SourceInfo, columns: &[u16], keys: &str) -> Fragment {
        let names: Vec<String> =
            columns.iter().map(|column| column_of(self, source, *column)).collect();
        let text = match names.as_slice() {
            [column] => format!("{column} = ANY ({keys})"),
            // The table's own row type reads the parts of each key, so that no type has to be known here.
            names => {
                let mut read = Vec::new();
                let mut parts = Vec::new();
                for (at, column) in columns.iter().enumerate() {
                    let name = source.column_name(*column);
                    read.push(format!("part.{}", self.quote(name)));
                    parts.push(format!("{}, key.value -> {at}", literal(name)));
                }
                format!(
                    "({}) IN (SELECT {} FROM jsonb_array_elements({keys}) AS key (value) CROSS JOIN LATERAL jsonb_populate_record(NULL::{}, jsonb_build_object({})) AS part)",
                    names.join(", "),
                    read.join(", "),
                    self.source(source),
                    parts.join(", ")
                )
            }
        };
        Fragment::new(text, Strength::Comparison)
    }

    fn call(&self, function: Function, arguments: &[String]) -> Fragment {
        let arguments = arguments.join(", ");
        Fragment::atom(match function {
            Function::Coalesce => format!("coalesce({arguments})"),
            Function::Lower => format!("lower({arguments})"),
            Function::Upper => format!("upper({arguments})"),
            Function::Length => format!("length({arguments})::bigint"),
            Function::JsonLength => format!("jsonb_array_length({arguments})::bigint"),
        })
    }

    fn path(&self, document: Fragment, path: &[Segment], kind: JsonKind) -> Fragment {
        let mut text = document.at_least(Strength::Atom);
        let last = path.len().saturating_sub(1);
        for (at, segment) in path.iter().enumerate() {
            let as_text = at == last && kind != JsonKind::Document;
            text.push_str(if as_text { " ->> " } else { " -> " });
            match segment {
                Segment::Key(key) => text.push_str(&literal(key)),
                Segment::Index(index) => text.push_str(&index.to_string()),
            }
        }
        Fragment::atom(match kind {
            JsonKind::Document | JsonKind::Text => format!("({text})"),
            JsonKind::Integer => format!("({text})::bigint"),
            JsonKind::Number => format!("({text})::double precision"),
            JsonKind::Boolean => format!("({text})::boolean"),
        })
    }
}

/// Text as a literal. A backslash makes it an `E'…'`, which every setting of `standard_conforming_strings` reads alike.
fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') {
        format!("E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}

use peristyle_sql::{DialectName, dialect};

use crate::expr::{Binary, Cast, Direction, Function, JsonKind, Nulls, Part, Reckoning, Segment};
use crate::render::{Fragment, Strength, Words, column_of, infix};
use crate::source::SourceInfo;
use crate::statement::{Lock, LockStrength, Locked};

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

    fn direction(
        &self,
        direction: Direction,
        nulls: Option<Nulls>,
        nullable: bool,
    ) -> &'static str {
        match (direction, nulls, nullable) {
            (Direction::Ascending, _, false) => "",
            (Direction::Descending, _, false) => " DESC",
            (Direction::Ascending, None | Some(Nulls::First), true) => " NULLS FIRST",
            (Direction::Ascending, Some(Nulls::Last), true) => " NULLS LAST",
            (Direction::Descending, None | Some(Nulls::Last), true) => " DESC NULLS LAST",
            (Direction::Descending, Some(Nulls::First), true) => " DESC NULLS FIRST",
        }
    }

    fn explain(&self) -> &'static str {
        "EXPLAIN "
    }

    fn knows_distinct_on(&self) -> bool {
        true
    }

    fn confuses_offset_and_exists(&self) -> bool {
        false
    }

    fn lock(&self, lock: Lock) -> &'static str {
        match (lock.strength, lock.locked) {
            (LockStrength::Update, Locked::Wait) => " FOR UPDATE",
            (LockStrength::Update, Locked::Skip) => " FOR UPDATE SKIP LOCKED",
            (LockStrength::Update, Locked::Fail) => " FOR UPDATE NOWAIT",
            (LockStrength::Share, Locked::Wait) => " FOR SHARE",
            (LockStrength::Share, Locked::Skip) => " FOR SHARE SKIP LOCKED",
            (LockStrength::Share, Locked::Fail) => " FOR SHARE NOWAIT",
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
            | Binary::Remainder
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

    fn call(&self, function: Function, each: &[String]) -> Fragment {
        let arguments = each.join(", ");
        // Nulls are left out by the server, and are null everywhere else.
        let unless_null = |call: String| {
            let values = each.iter().filter(|value| !is_parameter(value));
            let null: Vec<String> = values.map(|value| format!("({value}) IS NULL")).collect();
            match null.as_slice() {
                [] => call,
                null => format!("CASE WHEN {} THEN NULL ELSE {call} END", null.join(" OR ")),
            }
        };
        let of = |arguments: &str, instant: bool| {
            if instant {
                format!("(({arguments}) AT TIME ZONE 'UTC')")
            } else {
                arguments.to_owned()
            }
        };
        Fragment::atom(match function {
            Function::Coalesce => format!("coalesce({arguments})"),
            Function::NullIf => format!("nullif({arguments})"),
            Function::Greatest { nullable: false } => format!("greatest({arguments})"),
            Function::Least { nullable: false } => format!("least({arguments})"),
            Function::Greatest { nullable: true } => unless_null(format!("greatest({arguments})")),
            Function::Least { nullable: true } => unless_null(format!("least({arguments})")),
            Function::Lower => format!("lower({arguments})"),
            Function::Upper => format!("upper({arguments})"),
            Function::Trim => format!("btrim({arguments})"),
            Function::TrimStart => format!("ltrim({arguments})"),
            Function::TrimEnd => format!("rtrim({arguments})"),
            Function::Replace => format!("replace({arguments})"),
            Function::Substring => format!("substr({arguments})"),
            Function::Length => format!("length({arguments})::bigint"),
            Function::Abs => format!("abs({arguments})"),
            Function::Round(Reckoning::Whole) => format!("({arguments})"),
            // A floating-point number's halves go to the even neighbour otherwise.
            Function::Round(Reckoning::Real) => {
                format!("round(({arguments})::numeric)::double precision")
            }
            Function::Round(Reckoning::Exact) => format!("round({arguments})"),
            Function::JsonLength => format!("jsonb_array_length({arguments})::bigint"),
            Function::ArrayLength => format!("cardinality({arguments})::bigint"),
            Function::Now => "now()".to_owned(),
            Function::Part { part, instant } => {
                let part = match part {
                    Part::Year => "year",
                    Part::Month => "month",
                    Part::Day => "day",
                    Part::Weekday => "dow",
                };
                format!("extract({part} FROM {})::bigint", of(&arguments, instant))
            }
            Function::Date { instant } => format!("CAST({} AS date)", of(&arguments, instant)),
            Function::CountRows => "count(*)".to_owned(),
            Function::Count => format!("count({arguments})"),
            Function::CountDistinct => format!("count(DISTINCT {arguments})"),
            Function::Sum => format!("sum({arguments})"),
            Function::Average => format!("avg({arguments})"),
            Function::Min => format!("min({arguments})"),
            Function::Max => format!("max({arguments})"),
            Function::Joined => format!("string_agg({arguments})"),
            Function::RowNumber => "row_number()".to_owned(),
            Function::Rank => "rank()".to_owned(),
            Function::DenseRank => "dense_rank()".to_owned(),
            Function::Lag => format!("lag({arguments})"),
            Function::Lead => format!("lead({arguments})"),
            Function::FirstValue => format!("first_value({arguments})"),
            Function::LastValue => format!("last_value({arguments})"),
        })
    }

    fn settle(&self, aggregate: Fragment, reckoning: Reckoning) -> Fragment {
        let Fragment { text, .. } = aggregate;
        Fragment::atom(match reckoning {
            Reckoning::Whole => format!("{text}::bigint"),
            Reckoning::Real => format!("{text}::double precision"),
            Reckoning::Exact => text,
        })
    }

    fn cast(&self, value: Fragment, to: Cast) -> Fragment {
        let to = match to {
            Cast::Integer => "bigint",
            Cast::Real => "double precision",
            Cast::Decimal => "numeric",
            Cast::Text => "text",
            Cast::Boolean => "boolean",
            Cast::Date => "date",
            Cast::DateTime => "timestamp",
            Cast::Timestamp => "timestamptz",
            Cast::Uuid => "uuid",
        };
        Fragment::atom(format!("{}::{to}", value.at_least(Strength::Atom)))
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

/// Whether this is a parameter, cast or not: it has a value, and no type of its own where none is asked for.
fn is_parameter(text: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cast = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
    text.strip_prefix('$').is_some_and(|rest| match rest.split_once("::") {
        None => number(rest),
        Some((parameter, to)) => number(parameter) && cast(to),
    })
}

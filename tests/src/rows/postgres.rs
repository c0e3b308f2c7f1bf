use peristyle_schema::{Column, ObjectKind, Schema, Table, Type};

use crate::random::Dice;

/// A value of a column, as a literal: that of its row in a key, else one that no other column has.
pub(super) fn value(
    schema: &Schema,
    table: &Table,
    column: &Column,
    row: usize,
    in_key: bool,
) -> String {
    let mut dice = Dice::of_text(&format!("{}.{}/{row}", table.name, column.name));
    if !in_key && column.nullable && dice.one_in(3) {
        return "NULL".to_owned();
    }
    let n = if in_key { row as u64 + 1 } else { dice.below(1_000_000_000_000) };
    format!("'{}'", text(schema, &column.data_type, n).replace('\'', "''"))
}

/// The *n*th value of a type, as PostgreSQL reads it from text.
fn text(schema: &Schema, data_type: &Type, n: u64) -> String {
    match data_type {
        Type::Boolean => (n % 2 == 1).to_string(),
        Type::SmallInt => (n % 30_000).to_string(),
        Type::Integer => (n % 1_000_000_000).to_string(),
        Type::BigInt => n.to_string(),
        Type::Real => format!("{}.25", n % 100_000),
        Type::Double => format!("{n}.25"),
        Type::Numeric(None) => format!("{n}.5"),
        Type::Numeric(Some(precision)) => {
            let behind = precision.scale.max(0).unsigned_abs();
            let before = precision.precision.saturating_sub(behind).min(12);
            let n = n % 10_u64.pow(u32::from(before));
            if behind > 0 { format!("{n}.5") } else { n.to_string() }
        }
        Type::Text => format!("it's \"{n}\"; -- é"),
        Type::Varchar(length) | Type::Char(length) => {
            let text = format!("k{n:x}");
            let length = length.map_or(text.len(), |length| length as usize);
            text[text.len().saturating_sub(length)..].to_owned()
        }
        Type::Bytes => format!("\\x00{n:016x}"),
        Type::Uuid => format!("00000000-0000-4000-8000-{n:012x}"),
        Type::Date => date(n),
        Type::Time => time(n),
        Type::Timestamp => format!("{} {}.{:06}", date(n), time(n), n % 1_000_000),
        Type::TimestampTz => format!("{} {}.{:06}+00", date(n), time(n), n % 1_000_000),
        Type::Interval => format!("{} hours", n % 1000),
        Type::Json => format!("{{\"it's\": [{n}, null]}}"),
        Type::Enum(name) => {
            let values = schema.enums.get(name).map(|held| held.values.as_slice());
            let values = values.unwrap_or_default();
            let value = values.get(n as usize % values.len().max(1));
            value.map(|value| value.name.to_string()).unwrap_or_default()
        }
        Type::Array(item) => {
            let quoted = |n| {
                let item = text(schema, item, n).replace('\\', "\\\\").replace('"', "\\\"");
                format!("\"{item}\"")
            };
            format!("{{{},{}}}", quoted(n), quoted(n + 1))
        }
        // A normalized schema of PostgreSQL has enumerated types instead.
        Type::Values(_) => String::new(),
        Type::Native(words) => native(schema, words, n),
    }
}

fn date(n: u64) -> String {
    format!("20{:02}-{:02}-{:02}", n / 336 % 100, n / 28 % 12 + 1, n % 28 + 1)
}

fn time(n: u64) -> String {
    format!("{:02}:{:02}:{:02}", n / 3600 % 24, n / 60 % 60, n % 60)
}

/// A value of a type that is known by its words.
fn native(schema: &Schema, words: &str, n: u64) -> String {
    let word = words.split(['(', ' ']).next().unwrap_or_default();
    let length = || words.split(['(', ')']).nth(1).and_then(|n| n.parse().ok()).unwrap_or(1);
    let small = n % 1_000_000;
    match word {
        "json" => format!("[{n}]"),
        "inet" => format!("10.{}.{}.{}", n / 65536 % 256, n / 256 % 256, n % 256),
        "cidr" => format!("10.{}.{}.0/24", n / 256 % 256, n % 256),
        "macaddr" => {
            format!("08:00:2b:{:02x}:{:02x}:{:02x}", n / 65536 % 256, n / 256 % 256, n % 256)
        }
        "timestamp" => format!("{} {}", date(n), time(n)),
        "time" => time(n),
        "interval" => format!("{} hours", n % 1000),
        "bit" => format!("{:0width$b}", n % (1 << length().min(20)), width = length()),
        "varbit" => format!("{:b}", n % 2),
        "point" => format!("({small},1)"),
        "int4range" | "int8range" | "numrange" => format!("[{small},{})", small + 1),
        "daterange" => format!("[{},2200-01-01)", date(n)),
        "tsrange" => format!("[{} {},2200-01-01 00:00:00)", date(n), time(n)),
        "tstzrange" => format!("[{} {}+00,2200-01-01 00:00:00+00)", date(n), time(n)),
        "int4multirange" => format!("{{[{small},{})}}", small + 1),
        "tsvector" => format!("'w{n}'"),
        "tsquery" => format!("'w{n}'"),
        "money" | "oid" => small.to_string(),
        "xml" => format!("<a>{n}</a>"),
        "hstore" => format!("a=>{n}"),
        _ if is_number(schema, words) => small.to_string(),
        _ if words.ends_with("range") => format!("[{small},{})", small + 1),
        _ if let Some(fields) = fields(schema, words) => {
            let field = |field: &str| match field.trim().ends_with("integer") {
                true => small.to_string(),
                false => format!("k{n}"),
            };
            let fields: Vec<String> = fields.split(',').map(field).collect();
            format!("({})", fields.join(","))
        }
        _ => format!("k{n}"),
    }
}

/// The fields of a composite type, if the words name one.
fn fields<'a>(schema: &'a Schema, words: &str) -> Option<&'a str> {
    let composite = schema.objects.values().find(|object| {
        object.id.kind == ObjectKind::CompositeType && object.id.name.to_string() == words
    })?;
    composite.sql.split_once('(')?.1.strip_suffix(')')
}

/// Whether the words name a domain over numbers.
fn is_number(schema: &Schema, words: &str) -> bool {
    let domain = schema
        .objects
        .values()
        .find(|object| object.id.kind == ObjectKind::Domain && object.id.name.to_string() == words);
    domain.is_some_and(|domain| {
        let sql = domain.sql.to_lowercase();
        ["int", "numeric", "decimal"].iter().any(|word| sql.contains(word))
    })
}

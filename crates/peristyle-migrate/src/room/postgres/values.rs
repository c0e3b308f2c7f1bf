//! Values of the types that only PostgreSQL has.

use peristyle_driver::Value;
use peristyle_schema::{Definition, ObjectKind, Schema};

/// The definition of a domain, a composite type or a range type of this name.
pub(super) fn definition<'a>(schema: &'a Schema, native: &str) -> Option<&'a Definition> {
    let name = native.parse().ok()?;
    schema.objects.values().find(|object| {
        let is_type = match object.id.kind {
            ObjectKind::Domain | ObjectKind::CompositeType | ObjectKind::RangeType => true,
            ObjectKind::Namespace
            | ObjectKind::Extension
            | ObjectKind::Sequence
            | ObjectKind::VirtualTable
            | ObjectKind::Function
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::ViewIndex
            | ObjectKind::Trigger
            | ObjectKind::Policy
            | ObjectKind::Grant => false,
        };
        is_type && object.id.name == name
    })
}

/// A value of a type: different numbers give different values wherever the type has enough of them.
pub(super) fn native(schema: &Schema, native: &str, number: i64) -> Value {
    if let Some(definition) = definition(schema, native) {
        return match definition.id.kind {
            ObjectKind::CompositeType => {
                Value::Text(format!("({})", ",".repeat(fields(&definition.sql).saturating_sub(1))))
            }
            ObjectKind::RangeType => "empty".into(),
            _ => base(&definition.sql).map_or_else(|| number.into(), |base| of(base, number)),
        };
    }
    of(native, number)
}

/// A value of a type that the server brings along, by the text that it prints for it.
fn of(native: &str, number: i64) -> Value {
    let (word, modifier) = match native.split_once('(') {
        Some((word, rest)) => (word.trim(), rest.split(')').next().unwrap_or_default()),
        None => (native.trim(), ""),
    };
    let byte = number.rem_euclid(250);
    let high = (number / 250).rem_euclid(250);
    let year = 1800 + number.rem_euclid(7000);
    let text = match word {
        "inet" => format!("10.0.{high}.{byte}"),
        "cidr" => format!("10.{high}.{byte}.0/24"),
        "macaddr" => format!("08:00:2b:00:{high:02x}:{byte:02x}"),
        "macaddr8" => format!("08:00:2b:ff:fe:00:{high:02x}:{byte:02x}"),
        "bit" => bits(number, modifier.parse().unwrap_or(1), true),
        "bit varying" => bits(number, modifier.parse().unwrap_or(32), false),
        "json" | "jsonb" => format!("{{\"n\":{number}}}"),
        "jsonpath" => format!("$[{number}]"),
        "money" | "oid" | "xid8" | "integer" | "bigint" | "smallint" | "numeric" | "real"
        | "double precision" => return number.into(),
        "boolean" => return (number % 2).into(),
        "bytea" => return Value::Bytes(number.to_be_bytes().to_vec()),
        "uuid" => format!("00000000-0000-4000-8000-{number:012x}"),
        "xml" => format!("<n>{number}</n>"),
        "tsvector" | "tsquery" => format!("n{number}"),
        "pg_lsn" => format!("0/{number:X}"),
        "point" => format!("({number},{number})"),
        "line" => format!("{{{number},1,0}}"),
        "lseg" | "path" => format!("[(0,0),({number},{number})]"),
        "box" => format!("({number},{number}),(0,0)"),
        "polygon" => format!("((0,0),({number},0),(0,{number}))"),
        "circle" => format!("<({number},0),1>"),
        "int4range" | "int8range" | "numrange" => format!("[{},{})", number * 10, number * 10 + 5),
        "daterange" | "tsrange" | "tstzrange" => format!("[{year}-01-01,{year}-06-01)"),
        "int4multirange" | "int8multirange" | "nummultirange" => {
            format!("{{[{},{})}}", number * 10, number * 10 + 5)
        }
        "datemultirange" | "tsmultirange" | "tstzmultirange" => {
            format!("{{[{year}-01-01,{year}-06-01)}}")
        }
        "date" => format!("{year}-01-01"),
        "interval" => format!("{number} days"),
        _ if word.starts_with("timestamp") => format!("{year}-01-01 00:00:00+00"),
        _ if word.starts_with("time") => format!("{:02}:{:02}:00+00", number % 24, number % 60),
        _ => match modifier.parse::<usize>() {
            Ok(limit) => format!("{number}").chars().take(limit).collect(),
            Err(_) => format!("text {number}"),
        },
    };
    Value::Text(text)
}

/// The lowest bits of a number, in so many places.
fn bits(number: i64, places: usize, padded: bool) -> String {
    let text = format!("{number:b}");
    let text = text[text.len().saturating_sub(places)..].to_owned();
    if padded { format!("{text:0>places$}") } else { text }
}

/// The type under a domain: what stands behind `AS` in its definition, up to its first rule.
fn base(sql: &str) -> Option<&str> {
    let at = find_word(sql, "as")?;
    let rest = &sql[at + 2..];
    let ends = ["collate", "default", "constraint", "not", "null", "check"];
    let end = ends.iter().filter_map(|word| find_word(rest, word)).min().unwrap_or(rest.len());
    Some(rest[..end].trim())
}

/// Where a word stands in a text, whatever its case.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
    lower.match_indices(word).map(|(at, _)| at).find(|at| {
        !is_part(lower[..*at].chars().next_back())
            && !is_part(lower[*at + word.len()..].chars().next())
    })
}

/// How many fields the definition of a composite type lists.
fn fields(sql: &str) -> usize {
    let Some(start) = sql.find('(') else { return 0 };
    let mut depth = 0_usize;
    let mut fields = 1;
    for c in sql[start..].chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => fields += 1,
            _ => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use peristyle_driver::Value;
    use peristyle_schema::{Definition, ObjectId, ObjectKind, Schema};

    use super::native;

    #[test]
    fn types_of_ones_own_get_values_of_what_they_are_made_of() {
        let mut schema = Schema::empty();
        for (kind, name, sql) in [
            (
                ObjectKind::Domain,
                "email",
                "CREATE DOMAIN email AS character varying(3) CHECK (VALUE ~ '@')",
            ),
            (ObjectKind::Domain, "asset", "CREATE DOMAIN asset AS bigint NOT NULL"),
            (ObjectKind::CompositeType, "place", "CREATE TYPE place AS (x numeric(4,2), y text)"),
            (ObjectKind::RangeType, "span", "CREATE TYPE span AS RANGE (subtype = time)"),
        ] {
            schema.insert_object(Definition::new(ObjectId::new(kind, name), sql));
        }
        assert_eq!(native(&schema, "email", 12345), Value::from("123"));
        assert_eq!(native(&schema, "asset", 7), Value::Integer(7));
        assert_eq!(native(&schema, "place", 7), Value::from("(,)"));
        assert_eq!(native(&schema, "span", 7), Value::from("empty"));
        assert_eq!(native(&schema, "bit(3)", 5), Value::from("101"));
        assert_eq!(
            native(&schema, "timestamp(3) with time zone", 5),
            Value::from("1805-01-01 00:00:00+00")
        );
    }
}

//! Values that fit a column's type, and values that its checks hint at.

use peristyle_driver::Value;
use peristyle_schema::{Column, Precision, Schema, Type};

use super::literals::Literals;
use crate::room::Room;

/// The value with this number of a column; different numbers give different values wherever the type has enough of them.
/// `place` is the column's place in its table: times of later columns are later.
pub(super) fn natural(
    schema: &Schema,
    column: &Column,
    place: usize,
    number: usize,
    room: &dyn Room,
) -> Value {
    of_type(schema, column, &column.data_type, place, number, room)
}

fn of_type(
    schema: &Schema,
    column: &Column,
    data_type: &Type,
    place: usize,
    number: usize,
    room: &dyn Room,
) -> Value {
    let n = i64::try_from(number).unwrap_or(i64::MAX - 1) + 1;
    match data_type {
        Type::Boolean => Value::Integer(n % 2),
        Type::SmallInt | Type::Integer | Type::BigInt => Value::Integer(n),
        Type::Real | Type::Double => Value::Real(n as f64 + 0.5),
        Type::Numeric(precision) => numeric(*precision, n),
        Type::Text => Value::Text(format!("{} {n}", column.name)),
        Type::Enum(name) => match schema.enums.get(name).map(|of| &of.values[..]) {
            None | Some([]) => Value::Null,
            Some(values) => Value::Text(values[number % values.len()].name.to_string()),
        },
        Type::Array(of) => array(&of_type(schema, column, of, place, number, room)),
        Type::Varchar(limit) | Type::Char(limit) => {
            Value::Text(limited(format!("{} {n}", column.name), *limit, n))
        }
        Type::Bytes => Value::Bytes(n.to_be_bytes().to_vec()),
        Type::Uuid => Value::Text(format!("00000000-0000-4000-8000-{n:012x}")),
        Type::Date => Value::Text(day(n, place)),
        Type::Time => Value::Text(hour(n, place)),
        Type::Timestamp => Value::Text(format!("{}T{}", day(n, place), hour(n, place))),
        Type::TimestampTz => Value::Text(format!("{}T{}Z", day(n, place), hour(n, place))),
        Type::Interval => Value::Text(format!("P{n}D")),
        Type::Json => Value::Text(format!("{{\"n\":{n}}}")),
        Type::Values(values) if values.is_empty() => Value::Null,
        Type::Values(values) => Value::Text(values[number % values.len()].name.to_string()),
        Type::Native(native) => room.native_value(schema, native, n),
    }
}

/// An array of one element, as text.
fn array(element: &Value) -> Value {
    let text = match element {
        Value::Null => return Value::Text("{}".to_owned()),
        Value::Integer(value) => value.to_string(),
        Value::Real(value) => format!("{value:?}"),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => {
            let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
            format!("\\x{}", digits.collect::<String>())
        }
    };
    // An array inside of an array keeps its braces.
    if text.starts_with('{') && text.ends_with('}') && !text.contains(':') {
        return Value::Text(format!("{{{text}}}"));
    }
    Value::Text(format!("{{\"{}\"}}", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn numeric(precision: Option<Precision>, n: i64) -> Value {
    let whole = precision.map_or(18, |p| i64::from(p.precision) - i64::from(p.scale));
    let limit =
        10_i64.checked_pow(u32::try_from(whole.clamp(0, 18)).unwrap_or(0)).unwrap_or(i64::MAX);
    let n = n % limit.max(1);
    match precision {
        Some(p) if p.scale <= 0 => Value::Integer(n),
        Some(_) | None => Value::Real(n as f64 + 0.5),
    }
}

/// A text of at most so many characters, still told from others by its number.
fn limited(text: String, limit: Option<u32>, n: i64) -> String {
    let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if text.chars().count() <= limit {
        return text;
    }
    let digits = n.to_string();
    digits.chars().skip(digits.len().saturating_sub(limit)).collect()
}

/// A day for each number; later columns are years later.
fn day(n: i64, place: usize) -> String {
    let month = (n / 28) % 12 + 1;
    format!("{:04}-{month:02}-{:02}", 2001 + place % 90, n % 28 + 1)
}

fn hour(n: i64, place: usize) -> String {
    format!("{:02}:{:02}:00.000000", place % 24, n % 60)
}

/// Values that the checks of a column's table hint at, for the row with this number.
pub(super) fn hinted(
    schema: &Schema,
    column: &Column,
    literals: &Literals,
    number: usize,
) -> Vec<Value> {
    let mut values = Vec::new();
    match &column.data_type {
        Type::SmallInt | Type::Integer | Type::BigInt | Type::Boolean => {
            values.extend(literals.whole_numbers().map(Value::Integer));
            values.extend([0, 1, 2, 10, 100, -1].map(Value::Integer));
        }
        Type::Real | Type::Double | Type::Numeric(_) => {
            values.extend(literals.numbers().map(Value::Real));
            values.extend([0.0, 1.0, 10.0, 100.0, -1.0].map(Value::Real));
        }
        Type::Json => {
            values.extend(["{}", "[]", "[1]", "\"x\"", "1", "null"].map(Value::from));
            values.extend(literals.texts().map(Value::Text));
        }
        Type::Enum(name) => {
            let all = schema.enums.get(name).into_iter().flat_map(|of| &of.values);
            values.extend(all.map(|value| Value::from(value.name.as_str())));
        }
        Type::Array(_) => {
            values.push("{}".into());
            values.extend(literals.texts().map(|text| array(&Value::Text(text))));
        }
        Type::Values(all) => values.extend(all.iter().map(|v| Value::from(v.name.as_str()))),
        _ => {
            values.extend(literals.documents().map(Value::Text));
            values.extend(literals.texts().map(Value::Text));
            values.extend(literals.patterned(number).map(Value::Text));
            values.extend(literals.long_texts(number).map(Value::Text));
            values.push(Value::Text(format!("same {number}")));
            values.extend(literals.whole_numbers().map(Value::Integer));
        }
    }
    if column.nullable {
        values.push(Value::Null);
    }
    values
}

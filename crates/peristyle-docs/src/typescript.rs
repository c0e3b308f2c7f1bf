use std::fmt::Write;

use peristyle_schema::{Column, Schema, Table, Type};

/// The schema as TypeScript types: for each table the shape that a select gives and the shape that an insert takes.
///
/// Numbers of 64 bits and exact decimals do not fit a JavaScript number; they are `bigint` and `string`. A JSON document
/// is `unknown`, because the schema does not know its type.
pub fn typescript(schema: &Schema) -> String {
    let mut out = String::new();
    for enumerated in schema.enums.values() {
        let values: Vec<&str> = enumerated.values.iter().map(|v| v.name.as_str()).collect();
        write_doc(&mut out, "", enumerated.doc.as_deref());
        let name = pascal(&enumerated.name.to_string());
        let _ = writeln!(out, "export type {name} = {};\n", union(&values));
    }
    for table in schema.tables.values() {
        write_shape(&mut out, table, Shape::Select);
        write_shape(&mut out, table, Shape::Insert);
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Select,
    Insert,
}

fn write_shape(out: &mut String, table: &Table, shape: Shape) {
    write_doc(out, "", table.doc.as_deref());
    let name = pascal(&table.name.to_string());
    let name = match shape {
        Shape::Select => name,
        Shape::Insert => format!("New{name}"),
    };
    let _ = writeln!(out, "export interface {name} {{");
    for column in &table.columns {
        if shape == Shape::Insert && column.generated.is_some() {
            continue;
        }
        write_doc(out, "  ", column.doc.as_deref());
        let optional = match shape {
            Shape::Insert if is_optional(table, column) => "?",
            _ => "",
        };
        let null = if column.nullable { " | null" } else { "" };
        let _ = writeln!(
            out,
            "  {}{optional}: {}{null};",
            property(&column.name),
            data_type(&column.data_type)
        );
    }
    out.push_str("}\n\n");
}

/// Whether an insert may leave the column out.
fn is_optional(table: &Table, column: &Column) -> bool {
    let numbered = column.data_type == Type::BigInt
        && table.primary_key.as_ref().is_some_and(|key| key.columns == [column.name.clone()]);
    column.nullable || column.default.is_some() || column.identity.is_some() || numbered
}

fn data_type(data_type: &Type) -> String {
    match data_type {
        Type::Boolean => "boolean".to_owned(),
        Type::SmallInt | Type::Integer | Type::Real | Type::Double => "number".to_owned(),
        Type::BigInt => "bigint".to_owned(),
        Type::Bytes => "Uint8Array".to_owned(),
        Type::Json | Type::Native(_) => "unknown".to_owned(),
        Type::Enum(name) => pascal(&name.to_string()),
        Type::Values(values) => {
            union(&values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>())
        }
        Type::Array(of) => format!("({})[]", self::data_type(of)),
        Type::Numeric(_)
        | Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Date
        | Type::Time
        | Type::Timestamp
        | Type::TimestampTz
        | Type::Interval => "string".to_owned(),
    }
}

fn union(values: &[&str]) -> String {
    if values.is_empty() {
        return "never".to_owned();
    }
    values.iter().map(|value| string(value)).collect::<Vec<_>>().join(" | ")
}

fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn property(name: &str) -> String {
    let mut chars = name.chars();
    let plain = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$');
    if plain { name.to_owned() } else { string(name) }
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    if !out.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.insert(0, 'T');
    }
    out
}

fn write_doc(out: &mut String, indent: &str, doc: Option<&str>) {
    let Some(doc) = doc else { return };
    let doc = doc.replace("*/", "*\\/");
    if doc.contains('\n') {
        let _ = writeln!(out, "{indent}/**");
        for line in doc.lines() {
            let _ = writeln!(out, "{}", format!("{indent} * {line}").trim_end());
        }
        let _ = writeln!(out, "{indent} */");
    } else {
        let _ = writeln!(out, "{indent}/** {doc} */");
    }
}

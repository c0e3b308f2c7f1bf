//! JSON as `jsonb` prints it: <https://www.postgresql.org/docs/current/datatype-json.html>.

use serde_json::Value;

/// The text that PostgreSQL prints for a document; none if it is no JSON, or holds a number whose digits it would keep.
pub(super) fn canonical(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut out = String::new();
    write(&value, &mut out).then_some(out)
}

fn write(value: &Value, out: &mut String) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            out.push_str(&number.to_string());
        }
        // The digits of a fraction are kept there, and not by this parser.
        Value::Number(_) => return false,
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                if !write(item, out) {
                    return false;
                }
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
            out.push('{');
            for (at, (key, item)) in members.into_iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push_str(": ");
                if !write(item, out) {
                    return false;
                }
            }
            out.push('}');
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn documents_are_printed_as_the_server_does() {
        for (text, expected) in [
            ("[]", Some("[]")),
            (" { } ", Some("{}")),
            (
                "{\"bb\":1,\"a\":[1,null,\"x\\u00e9\\n\"],\"a\":true}",
                Some("{\"a\": true, \"bb\": 1}"),
            ),
            ("[1, -2 ,\"\\\"\"]", Some("[1, -2, \"\\\"\"]")),
            ("[1.50]", None),
            ("{", None),
        ] {
            assert_eq!(canonical(text).as_deref(), expected, "{text}");
        }
    }
}

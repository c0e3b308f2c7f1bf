//! A JSON value held against a published schema: the part of JSON Schema that ours use, and nothing else.

use std::path::Path;

use serde_json::Value;

/// The keywords that are understood; a schema that uses another one would not be checked by it.
const KEYWORDS: [&str; 11] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "items",
    "enum",
    "oneOf",
];

/// Everything in which an answer differs from the published schema of this name.
pub fn differences(answer: &Value, name: &str) -> Vec<String> {
    let schema = load(&format!("{name}.schema.json"));
    let mut found = Vec::new();
    compare(answer, &schema, &schema, "$", &mut found);
    found
}

fn load(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn compare(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    for keyword in schema.as_object().expect("a schema is an object").keys() {
        assert!(
            KEYWORDS.contains(&keyword.as_str()),
            "{at}: the keyword {keyword} is not understood"
        );
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let (file, pointer) = reference.split_once('#').expect("a reference has a #");
        let other = if file.is_empty() { root.clone() } else { load(file) };
        let target = other.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        return compare(value, target, &other, at, found);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|choice| {
            let mut inner = Vec::new();
            compare(value, choice, root, at, &mut inner);
            inner.is_empty()
        });
        let count = fitting.count();
        if count != 1 {
            found.push(format!("{at}: {count} of the choices fit: {value}"));
        }
        return;
    }
    compare_type(value, schema, at, found);
    compare_object(value, schema, root, at, found);
    if let (Some(list), Some(_)) = (value.as_array(), schema.get("items")) {
        for (index, item) in list.iter().enumerate() {
            compare(item, &schema["items"], root, &format!("{at}[{index}]"), found);
        }
    }
}

fn compare_type(value: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(several) => several.iter().any(|one| one == kind),
        _ => true,
    };
    if !fits {
        found.push(format!("{at}: {kind} is not {}", schema["type"]));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: {value} is not one of {}", schema["enum"]));
    }
}

fn compare_object(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !object.contains_key(name.as_str().expect("a name")) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, inner) in object {
        match properties.get(name) {
            Some(property) => compare(inner, property, root, &format!("{at}.{name}"), found),
            // The published schemas let fields be added later; what is there today must be published.
            None => found.push(format!("{at}: {name} is not published")),
        }
    }
}

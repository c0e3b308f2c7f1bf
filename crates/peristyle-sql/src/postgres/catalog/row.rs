//! One row of an answer.

use serde_json::Value;

use crate::Cell;

/// A row whose cells are read by their places in the query; a cell that is not there is none.
#[derive(Clone, Copy)]
pub(in super::super) struct Row<'a>(pub(in super::super) &'a [Cell]);

impl<'a> Row<'a> {
    /// A text, if there is one.
    pub(in super::super) fn maybe(self, at: usize) -> Option<&'a str> {
        match self.0.get(at) {
            Some(Cell::Text(text)) => Some(text),
            Some(Cell::Null | Cell::Integer(_)) | None => None,
        }
    }

    /// A text.
    pub(in super::super) fn text(self, at: usize) -> &'a str {
        self.maybe(at).unwrap_or_default()
    }

    /// A number; 0 if there is none.
    pub(in super::super) fn number(self, at: usize) -> i64 {
        match self.0.get(at) {
            Some(Cell::Integer(number)) => *number,
            Some(Cell::Text(text)) => text.parse().unwrap_or_default(),
            Some(Cell::Null) | None => 0,
        }
    }

    /// Whether a number is not 0.
    pub(in super::super) fn flag(self, at: usize) -> bool {
        self.number(at) != 0
    }

    /// A boolean that only some versions have, as `to_jsonb` gives it.
    pub(in super::super) fn json_flag(self, at: usize) -> bool {
        self.maybe(at) == Some("true")
    }

    fn values(self, at: usize) -> Vec<Value> {
        self.maybe(at).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// The texts of an array, of which some may be none.
    pub(in super::super) fn options(self, at: usize) -> Vec<Option<String>> {
        self.values(at).into_iter().map(into_text).collect()
    }

    /// The texts of an array.
    pub(in super::super) fn texts(self, at: usize) -> Vec<String> {
        self.options(at).into_iter().flatten().collect()
    }

    /// The numbers of an array.
    pub(in super::super) fn numbers(self, at: usize) -> Vec<i64> {
        self.values(at).iter().filter_map(Value::as_i64).collect()
    }

    /// The rows of an array of arrays of texts.
    pub(in super::super) fn table(self, at: usize) -> Vec<Vec<String>> {
        let row = |value: Value| match value {
            Value::Array(values) => values.into_iter().filter_map(into_text).collect(),
            _ => Vec::new(),
        };
        self.values(at).into_iter().map(row).collect()
    }
}

fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Diagnostic, Schema};

/// A short text that two schemas share only if they are equal: the first 128 bits of a SHA-256, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)[..16]))
    }

    /// The text of the fingerprint.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Self, Diagnostic> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if fits {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(Diagnostic::error(
                "bad-fingerprint",
                format!("`{text}` is not a fingerprint of 32 hexadecimal digits"),
            ))
        }
    }
}

impl Schema {
    /// The fingerprint of this schema: equal for equal schemas, whatever the order of columns and constraints and
    /// whatever hints they carry.
    pub fn fingerprint(&self) -> Fingerprint {
        let text = serde_json::to_vec(&self.canonical())
            .expect("a schema holds only strings, numbers and lists of them");
        Fingerprint::of_bytes(&text)
    }

    /// The same schema without hints and with every set in one order.
    fn canonical(&self) -> Self {
        let mut schema = self.clone();
        for enumerated in schema.enums.values_mut() {
            enumerated.was = Default::default();
            for value in &mut enumerated.values {
                value.was = Default::default();
            }
        }
        for object in schema.objects.values_mut() {
            object.span = Default::default();
        }
        for table in schema.tables.values_mut() {
            table.was = Default::default();
            table.span = Default::default();
            table.unmodelled.clear();
            let mut columns: Vec<_> = std::mem::take(&mut table.columns).into_iter().collect();
            columns.sort_by(|a, b| a.name.cmp(&b.name));
            for column in &mut columns {
                column.was = Default::default();
                column.fill = Default::default();
                column.using = Default::default();
                column.span = Default::default();
                if let crate::Type::Values(values) = &mut column.data_type {
                    values.iter_mut().for_each(|v| v.was = Default::default());
                }
            }
            table.columns = columns.into_iter().collect();
            let mut indexes: Vec<_> = std::mem::take(&mut table.indexes).into_iter().collect();
            indexes.sort_by(|a, b| a.name.cmp(&b.name));
            for index in &mut indexes {
                index.constraint = Default::default();
                index.concurrently = Default::default();
            }
            table.indexes = indexes.into_iter().collect();
            sort_by_text(&mut table.uniques);
            sort_by_text(&mut table.foreign_keys);
            sort_by_text(&mut table.checks);
            sort_by_text(&mut table.exclusions);
        }
        schema
    }
}

fn sort_by_text<T: Serialize>(items: &mut [T]) {
    items.sort_by_cached_key(|item| {
        serde_json::to_string(item).expect("a constraint holds only strings and lists of them")
    });
}

/// Eight hexadecimal digits that keep two long names apart.
pub(crate) fn short(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..4])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

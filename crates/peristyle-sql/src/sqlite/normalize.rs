//! What SQLite can hold of a declared schema.

use peristyle_schema::{Diagnostic, Schema};

pub(super) fn normalize(_schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
    Err(vec![Diagnostic::error("not-built", "the normalizer is not built yet")])
}

//! What PostgreSQL can hold of a declared schema.

use peristyle_schema::{Diagnostic, Schema};

use super::not_yet;

pub(super) fn normalize(_schema: Schema) -> Result<Schema, Vec<Diagnostic>> {
    Err(vec![not_yet("read declarations")])
}

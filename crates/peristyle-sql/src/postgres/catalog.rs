//! From the answers of the catalog to a schema.

use peristyle_schema::{Diagnostic, Schema};

use super::not_yet;
use crate::{Answer, CatalogQuery};

pub(super) const QUERIES: &[CatalogQuery] = &[];

pub(super) fn read(_answers: &[Answer]) -> Result<(Schema, Vec<Diagnostic>), Vec<Diagnostic>> {
    Err(vec![not_yet("read a catalog")])
}

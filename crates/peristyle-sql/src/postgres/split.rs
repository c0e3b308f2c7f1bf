//! A script cut into its statements.

use peristyle_schema::Diagnostic;

use super::not_yet;
use crate::Piece;

pub(super) fn split(_script: &str) -> Result<Vec<Piece<'_>>, Diagnostic> {
    Err(not_yet("read SQL"))
}

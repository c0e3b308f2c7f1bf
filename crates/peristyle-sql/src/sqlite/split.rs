//! Where one statement ends and the next begins.

use peristyle_schema::Diagnostic;

use crate::Piece;

pub(super) fn split(_script: &str) -> Result<Vec<Piece<'_>>, Diagnostic> {
    Err(Diagnostic::error("not-built", "the splitter is not built yet"))
}

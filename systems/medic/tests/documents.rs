//! The committed documents say what the declarations say.

use systems_support::System;

#[test]
fn the_documents_are_true() {
    System::at(env!("CARGO_MANIFEST_DIR")).documents_are_true();
}

//! Every example of the reference is a declaration.

use std::fs;
use std::path::Path;

use peristyle_declare::{read_path, resolve};

#[test]
fn the_examples_of_the_reference_are_declarations() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/declarations.md");
    let text = fs::read_to_string(page).unwrap();
    let examples: Vec<&str> = text
        .split("```rust\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect();
    assert!(examples.len() >= 3, "the reference has lost its examples");
    for example in examples {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("schema.rs");
        fs::write(&file, example).unwrap();
        let declarations = read_path(&file).unwrap_or_else(|e| panic!("{e:#?}\n{example}"));
        let schema = resolve(&declarations).unwrap_or_else(|e| panic!("{e:#?}\n{example}"));
        assert!(!schema.tables.is_empty(), "{example}");
    }
}

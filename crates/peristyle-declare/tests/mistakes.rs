//! Everything that can be wrong in a declaration: what is said, and the exact place.
//!
//! Each page of `tests/mistakes/` holds sources and, under each, the diagnostics. `BLESS=1 cargo test -p peristyle-declare --test mistakes`
//! writes what is said now; read it before committing it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use peristyle_declare::{read_path, resolve};
use peristyle_schema::Diagnostic;

/// What is said of a source: a line for each diagnostic, and one for its help.
fn said(source: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.rs");
    fs::write(&file, source).unwrap();
    let diagnostics = match read_path(&file).and_then(|declared| resolve(&declared)) {
        Ok(_) => return "accepted\n".to_owned(),
        Err(diagnostics) => diagnostics,
    };
    let folder = format!("{}/", folder.path().display());
    let mut out = String::new();
    for Diagnostic { code, message, span, help, .. } in diagnostics {
        let place = span.map_or_else(
            || "nowhere".to_owned(),
            |span| {
                format!(
                    "{}:{}-{}:{}",
                    span.start.line, span.start.column, span.end.line, span.end.column
                )
            },
        );
        let _ = writeln!(out, "{place} {code}: {}", message.replace(&folder, ""));
        if let Some(help) = help {
            let _ = writeln!(out, "    help: {}", help.replace(&folder, ""));
        }
    }
    out
}

/// The page with what is said now in place of what it says.
fn page(text: &str) -> String {
    let mut out = String::new();
    let mut source: Option<String> = None;
    let mut skipping = false;
    for line in text.lines() {
        match (line, &mut source) {
            ("```rust", None) => source = Some(String::new()),
            ("```", Some(code)) => {
                let _ = write!(out, "```rust\n{code}```\n\n```text\n{}```\n", said(code));
                source = None;
                continue;
            }
            (line, Some(code)) => {
                code.push_str(line);
                code.push('\n');
            }
            ("```text", None) => skipping = true,
            ("```", None) if skipping => skipping = false,
            (_, None) if skipping => {}
            (line, None) => {
                // The line between a source and its diagnostics is written with them.
                if !(line.is_empty() && out.ends_with("```\n\n")) {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
    }
    normalized(&out)
}

/// At most one empty line in a row, and none at the end.
fn normalized(text: &str) -> String {
    let mut out = format!("{}\n", text.trim_end());
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut pages: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    assert!(!pages.is_empty());
    for path in pages {
        let text = fs::read_to_string(&path).unwrap();
        let now = page(&text);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, now).unwrap();
        } else {
            let differing = text.lines().zip(now.lines()).position(|(held, now)| held != now);
            assert!(text == now, "{}: differs from line {differing:?}", path.display());
        }
    }
}

#[test]
fn no_page_says_that_a_mistake_is_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("\naccepted\n"), "{}", path.display());
    }
}

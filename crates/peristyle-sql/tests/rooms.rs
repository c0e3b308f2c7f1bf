//! A dialect stays in its room: outside of it, no code knows its name.

use std::path::{Path, PathBuf};

/// Names that only a room, or the list of rooms, may know.
const NAMES: &[&str] = &["sqlite", "libsql", "turso", "postgres", "mysql"];

/// The rooms, and the files that list them.
const KNOWING: &[&str] = &["src/sqlite", "src/postgres", "src/libsql", "src/dialect.rs"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of a line: what stands before a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

#[test]
fn no_dialect_is_named_outside_its_room() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut leaks = Vec::new();
    let mut seen = 0;
    for house in [here.to_owned(), here.join("../peristyle-schema")] {
        let mut found = Vec::new();
        files(&house.join("src"), &mut found);
        found.sort();
        for file in found {
            let path = file.strip_prefix(&house).unwrap().to_string_lossy().replace('\\', "/");
            if KNOWING.iter().any(|known| path.starts_with(known)) {
                continue;
            }
            seen += 1;
            let text = std::fs::read_to_string(&file).unwrap();
            for (at, line) in text.lines().enumerate() {
                let lower = code(line).to_ascii_lowercase();
                // Opening a room takes its name.
                let opens = path == "src/lib.rs" && lower.starts_with("pub mod ");
                if !opens && NAMES.iter().any(|name| lower.contains(name)) {
                    leaks.push(format!("{path}:{}: {}", at + 1, line.trim()));
                }
            }
        }
    }
    assert!(seen > 10, "the sources were not found");
    assert!(leaks.is_empty(), "dialects named outside their rooms:\n{}", leaks.join("\n"));
}

//! Reading sources: which files, which items in them.

mod condition;
mod derive;
mod hidden;
mod item;
mod module;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use peristyle_schema::{Diagnostic, Span};

use crate::error::Error;
use crate::model::Declarations;

/// Reads the declarations of a file and of every module it leads to, or of a folder.
///
/// Of a folder, `lib.rs`, `main.rs` and `schema.rs` are where reading starts, those that are there; without any, every `.rs`
/// file in it is read. Nothing is compiled. What only a compiler could see (a struct that a macro writes, an
/// `include!`) is an error that shows the way out.
pub fn read_path(path: &Path) -> Result<Declarations, Vec<Diagnostic>> {
    let mut reader = Reader::default();
    if path.is_dir() {
        reader.folder(path);
    } else {
        reader.file(path, None, None);
    }
    if reader.diagnostics.is_empty() { Ok(reader.declarations) } else { Err(reader.diagnostics) }
}

#[derive(Default)]
struct Reader {
    declarations: Declarations,
    diagnostics: Vec<Diagnostic>,
    seen: BTreeSet<PathBuf>,
}

/// Where the items stand that are being read.
struct Source {
    /// The file, as it is named to the user.
    name: Arc<str>,
    /// The folder of the file.
    folder: PathBuf,
    /// The folders in which the modules of these items are looked for, the likeliest first.
    children: Vec<PathBuf>,
    /// Whether the items stand in a `mod { … }` of the file.
    inline: bool,
}

impl Reader {
    fn folder(&mut self, folder: &Path) {
        let starts = ["lib.rs", "main.rs", "schema.rs"].map(|name| folder.join(name));
        let mut files: Vec<_> = starts.into_iter().filter(|start| start.is_file()).collect();
        if files.is_empty() {
            match rust_files(folder) {
                Ok(found) => files = found,
                Err(error) => return self.diagnostics.push(unreadable(folder, &error)),
            }
        }
        if files.is_empty() {
            let message = format!("{} holds no Rust file", folder.display());
            self.diagnostics.push(
                Diagnostic::error("no-declarations", message)
                    .help("name the file that holds the declarations, such as `src/schema.rs`"),
            );
        }
        for file in files {
            self.file(&file, None, None);
        }
    }

    /// Reads a file once. `children` is where its modules are, if the `mod` at `from` has told.
    fn file(&mut self, path: &Path, children: Option<PathBuf>, from: Option<Span>) {
        let known = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(known) {
            return;
        }
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                self.diagnostics.push(unreadable(path, &error).at(from));
                return;
            }
        };
        if !derive::may_matter(&text) {
            return;
        }
        let source = Source {
            name: Arc::from(path.to_string_lossy().as_ref()),
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            children: children.map_or_else(|| module::children_of(path), |folder| vec![folder]),
            inline: false,
        };
        match syn::parse_file(&text) {
            Ok(file) => {
                if !condition::is_for_tests(&file.attrs) {
                    self.items(&file.items, &source);
                }
            }
            Err(error) => self.diagnostics.push(Error::from(error).to_diagnostic(&source.name)),
        }
    }

    /// Notes errors, in the order of their places.
    fn report(&mut self, errors: &[Error], source: &Source) {
        let mut found: Vec<Diagnostic> =
            errors.iter().map(|error| error.to_diagnostic(&source.name)).collect();
        found.sort_by_key(|diagnostic| diagnostic.span.as_ref().map(|span| span.start));
        self.diagnostics.append(&mut found);
    }
}

fn rust_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::error("unreadable-file", format!("{} cannot be read: {reason}", path.display()))
        .help("name the file that holds the declarations, such as `src/schema.rs`")
}

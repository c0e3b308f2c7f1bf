//! Writing migration files: whole or not at all, and never over another.

use std::io::Write;
use std::path::{Path, PathBuf};

use peristyle_sql::{Role, Step};

use super::file::{canonical, checksum};
use super::header::{DOWN, Header, UP, hash_line};
use crate::Error;
use crate::source::reason;

/// A migration that is not written yet.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) header: Header,
    pub(crate) up: String,
    pub(crate) down: String,
}

impl Draft {
    /// The text of the file. Where the header has a seal, its hash is set to the one of this text.
    pub(crate) fn text(&mut self) -> String {
        let hash = checksum(&canonical(self.render().as_bytes()));
        if let Some(seal) = &mut self.header.seal {
            seal.hash = hash;
        }
        self.render()
    }

    fn render(&self) -> String {
        let mut text = String::new();
        for (key, value) in self.header.lines() {
            text.push_str(format!("-- {key}: {value}").trim_end());
            text.push('\n');
        }
        text.push_str(&hash_line(&self.header));
        text.push('\n');
        for (mark, part) in [(UP, &self.up), (DOWN, &self.down)] {
            text.push_str(mark);
            text.push('\n');
            if !part.is_empty() {
                text.push('\n');
                text.push_str(part.trim_end());
                text.push_str("\n\n");
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// The text of a migration file's part: each step under a comment that says what it does and why.
pub fn steps_text(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        comment(&mut text, &step.title);
        if let Some(reason) = &step.reason {
            comment(&mut text, reason);
        }
        for hazard in &step.hazards {
            if hazard.message.contains(&hazard.subject) {
                comment(&mut text, &hazard.message);
            } else {
                comment(&mut text, &format!("{}: {}", hazard.subject, hazard.message));
            }
        }
        for statement in &step.statements {
            match &statement.role {
                Role::Guard { message } => {
                    comment(&mut text, &format!("peristyle:guard {message}"));
                }
                Role::Alone => comment(&mut text, "peristyle:alone"),
                Role::Run => {}
            }
            text.push_str(&statement.sql);
            text.push_str(";\n");
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

fn comment(text: &mut String, words: &str) {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    text.push_str("-- ");
    text.push_str(&words);
    text.push('\n');
}

/// Writes a new file: to a temporary name, to the disk, then to its place if nothing is there.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let file = temporary(path, text)?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::file(path, "the file exists already"),
        _ => Error::file(path, reason(&error.error)),
    })?;
    sync_folder(path)
}

/// Writes a file anew: the old text stays until the new one is whole.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let file = temporary(path, text)?;
    file.persist(path).map_err(|error| Error::file(path, reason(&error.error)))?;
    sync_folder(path)
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

fn temporary(path: &Path, text: &str) -> Result<tempfile::NamedTempFile, Error> {
    let folder = folder_of(path);
    let failed = |error: std::io::Error| Error::file(path, reason(&error));
    std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, reason(&error)))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".peristyle-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(&folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    Ok(file)
}

/// The name of a new file is on the disk when its folder is.
fn sync_folder(path: &Path) -> Result<(), Error> {
    let folder = folder_of(path);
    match std::fs::File::open(&folder).and_then(|folder| folder.sync_all()) {
        // Not every system lets a folder be synchronized.
        Ok(()) | Err(_) => Ok(()),
    }
}

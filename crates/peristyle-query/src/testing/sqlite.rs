//! Copies of SQLite files.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use peristyle_driver::Url;

use super::{Copy, End, Prepare, is_stale, once, unique};
use crate::engine::{OpenOptions, Place};
use crate::{Error, Result};

/// A copy of the template beside `path`, which is made if it is not there.
pub(super) fn copy(path: &Path, fingerprint: &str, prepare: &Prepare) -> Result<Copy> {
    let template = named(path, &format!("template-{fingerprint}"));
    once(&template.display().to_string(), || make(path, &template, prepare))?;
    let copy = named(path, &format!("test-{}", unique()));
    fs::copy(&template, &copy).map_err(|error| failed(&copy, &error))?;
    Ok(Copy { url: Some(format!("sqlite:{}", copy.display())), end: End::File(copy) })
}

/// Makes the template under another name first, so that it is there whole or not at all. If two processes make it, both
/// make the same.
fn make(path: &Path, template: &Path, prepare: &Prepare) -> Result<()> {
    sweep(path);
    if template.exists() {
        return Ok(());
    }
    let draft = named(path, &format!("test-{}", unique()));
    let made = Place::Sqlite(Url::file(&draft))
        .connect(&OpenOptions::default())
        .and_then(|mut opened| prepare(opened.driver()))
        .and_then(|()| fs::rename(&draft, template).map_err(|error| failed(template, &error)));
    remove(&draft);
    made
}

/// Removes a file and those that SQLite has beside it.
pub(super) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut file = OsString::from(path);
        file.push(suffix);
        // One that is not there need not be removed; one that cannot be is swept later.
        let _ = fs::remove_file(PathBuf::from(file));
    }
}

/// `app.db` as `app.test-1.db`.
fn named(path: &Path, word: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.{word}.db"))
}

/// Removes the copies that processes that were killed left behind long ago.
fn sweep(path: &Path) {
    let prefix = format!("{}.test-", path.file_stem().unwrap_or_default().to_string_lossy());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().strip_prefix(&prefix).is_some_and(is_stale) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::Connection { reason: format!("{} could not be made: {error}", path.display()) }
}

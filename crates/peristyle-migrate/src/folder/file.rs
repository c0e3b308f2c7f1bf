//! One migration file: its bytes, its checksum, its two parts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use peristyle_schema::{Diagnostic, Fingerprint, Position, Span};

use super::MigrationId;
use super::changes;
use super::header::{
    DOWN, HASH, Header, HeaderLine, PURPOSE_WANTED, TICKET_WANTED, UP, entry, hash_line,
    header_lines,
};
use crate::Error;
use crate::source::reason;

/// A migration, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its name.
    pub id: MigrationId,
    /// Its file.
    pub path: PathBuf,
    /// What its file says of it.
    pub header: Header,
    /// The statements forward.
    pub up: Part,
    /// The statements back; none if it has no way back.
    pub down: Part,
    /// The checksum of its file.
    pub checksum: Fingerprint,
    /// The lines of its header, as they stand in its file.
    pub lines: Vec<HeaderLine>,
    /// Whether its file is as it was sealed, but for what its header had left open and has now.
    pub filled_in: bool,
}

/// One of the two parts of a migration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// The line of the file that its text begins on.
    pub line: u32,
}

/// A file of the folder, understood or not.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) id: MigrationId,
    pub(super) path: PathBuf,
    pub(super) checksum: Fingerprint,
    pub(super) migration: Option<Migration>,
    /// Why it is not understood.
    pub(super) reason: Option<String>,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) files: Vec<File>,
    pub(super) faults: Vec<Diagnostic>,
    /// The texts of the files that hold the changes of migrations, by migration.
    pub(super) changes: BTreeMap<String, String>,
}

/// Reads every `.sql` file of the folder, in the order of the migrations.
pub(super) fn read_all(folder: &Path) -> Result<Read, Error> {
    let mut read = Read::default();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(read),
        Err(error) => return Err(Error::file(folder, reason(&error))),
    };
    for entry in entries {
        let path = entry.map_err(|error| Error::file(folder, reason(&error)))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(stem) = name.strip_suffix(".sql").filter(|stem| !stem.starts_with('.')) else {
            continue;
        };
        match stem.parse() {
            Ok(id) => read.files.push(File::read(id, &path)?),
            Err(_) => read.faults.push(misnamed(&path)),
        }
    }
    read.files.sort_by(|a, b| a.id.cmp(&b.id));
    read.faults.sort_by(|a, b| a.message.cmp(&b.message));
    let described = folder.join(changes::FOLDER).is_dir();
    for file in read.files.iter().filter(|_| described) {
        let path = changes::path(folder, &file.id);
        match std::fs::read_to_string(&path) {
            Ok(text) => drop(read.changes.insert(file.id.to_string(), text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::file(path, reason(&error))),
        }
    }
    Ok(read)
}

/// The same for files whose names and texts a program has in it.
pub(super) fn read_embedded(folder: &Path, files: &[(&str, &str)]) -> Read {
    let mut read = Read::default();
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(changes) = changes_of(name) {
            read.changes.insert(changes.to_owned(), (*text).to_owned());
            continue;
        }
        match name.strip_suffix(".sql").and_then(|stem| stem.parse().ok()) {
            Some(id) => read.files.push(File::of_bytes(id, &path, text.as_bytes())),
            None => read.faults.push(misnamed(&path)),
        }
    }
    read.files.sort_by(|a, b| a.id.cmp(&b.id));
    read
}

/// The migration whose changes a file of this name holds.
fn changes_of(name: &str) -> Option<&str> {
    name.strip_prefix(changes::FOLDER)?.strip_prefix('/')?.strip_suffix(".json")
}

fn misnamed(path: &Path) -> Diagnostic {
    Diagnostic::error(
        "misnamed-migration",
        format!("{} is not named like a migration", path.display()),
    )
    .at(whole(path))
    .help("name it `NNNN_snake_case_name.sql` as it was, or move it out of the folder")
}

/// A place in a file: its beginning.
pub(crate) fn whole(path: &Path) -> Span {
    let start = Position { line: 1, column: 1 };
    Span { file: path.display().to_string().into(), start, end: start }
}

impl File {
    fn read(id: MigrationId, path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|error| Error::file(path, reason(&error)))?;
        Ok(Self::of_bytes(id, path, &bytes))
    }

    fn of_bytes(id: MigrationId, path: &Path, bytes: &[u8]) -> Self {
        let bytes = canonical(bytes);
        let checksum = checksum(&bytes);
        let parsed = match std::str::from_utf8(&bytes) {
            Ok(text) => parse_canonical(&id, path, text, &checksum),
            Err(_) => Err("it is not UTF-8".to_owned()),
        };
        let (migration, reason) = match parsed {
            Ok(migration) => (Some(migration), None),
            Err(reason) => (None, Some(reason)),
        };
        Self { id, path: path.to_owned(), checksum, migration, reason }
    }
}

/// The same text as every editor and every checkout has it: without byte order mark, lines ended by a line feed, no line
/// ends at the end.
pub(super) fn canonical(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if !(byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')) {
            out.push(byte);
        }
    }
    while out.last() == Some(&b'\n') {
        out.pop();
    }
    out
}

/// The checksum of a canonical text: of all its lines but the one that holds the checksum.
pub(super) fn checksum(canonical: &[u8]) -> Fingerprint {
    let mut kept = Vec::with_capacity(canonical.len());
    let mut skipped = false;
    for line in canonical.split_inclusive(|byte| *byte == b'\n') {
        let holds_it = !skipped
            && std::str::from_utf8(line)
                .is_ok_and(|line| entry(line).is_some_and(|(key, _)| key == HASH));
        if holds_it {
            skipped = true;
        } else {
            kept.extend_from_slice(line);
        }
    }
    Fingerprint::of_bytes(&kept)
}

/// Reads the text of a migration's file, or says why it is none.
pub(crate) fn parse(id: &MigrationId, path: &Path, text: &str) -> Result<Migration, String> {
    let bytes = canonical(text.as_bytes());
    let text = std::str::from_utf8(&bytes).map_err(|error| error.to_string())?;
    parse_canonical(id, path, text, &checksum(&bytes))
}

fn parse_canonical(
    id: &MigrationId,
    path: &Path,
    text: &str,
    checksum: &Fingerprint,
) -> Result<Migration, String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let at = |mark: &str| {
        let mut places = lines.iter().enumerate().filter(|(_, line)| line.trim_end() == mark);
        match (places.next(), places.next()) {
            (Some((at, _)), None) => Ok(at),
            (None, _) => Err(format!("the line `{mark}` is missing")),
            (Some(_), Some(_)) => Err(format!("the line `{mark}` stands there twice")),
        }
    };
    if !lines.first().is_some_and(|line| line.starts_with("-- Migration:")) {
        return Err("it has no header".to_owned());
    }
    let (up, down) = (at(UP)?, at(DOWN)?);
    if down < up {
        return Err(format!("`{DOWN}` stands before `{UP}`"));
    }
    let header = Header::read(lines[..up].iter().copied())?;
    // The one line that the checksum does not cover has one way to be written, and one place.
    if lines[..up].last() != Some(&hash_line(&header).as_str()) {
        return Err(format!("`{HASH}` in its header is not written as it was"));
    }
    let part = |from: usize, to: usize| Part {
        text: lines[from..to].join("\n"),
        line: u32::try_from(from).unwrap_or(u32::MAX).saturating_add(1),
    };
    let filled_in = header.seal.as_ref().is_some_and(|seal| filled_in(&lines, up, &seal.hash));
    Ok(Migration {
        id: id.clone(),
        path: path.to_owned(),
        header,
        up: part(up + 1, down),
        down: part(down + 1, lines.len()),
        checksum: checksum.clone(),
        lines: header_lines(lines[..up].iter().copied()),
        filled_in,
    })
}

/// Whether the file had this hash when its header said that somebody must still tell its purpose, its ticket or both.
fn filled_in(lines: &[&str], up: usize, hash: &Fingerprint) -> bool {
    let open = |keys: &[(&str, &str)]| {
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            let key = entry(line).filter(|_| at < up).map(|(key, _)| key);
            match keys.iter().find(|(open, _)| key == Some(open)) {
                Some((key, wanted)) => text.push_str(&format!("-- {key}: {wanted}")),
                None => text.push_str(line),
            }
            if at + 1 < lines.len() {
                text.push('\n');
            }
        }
        text
    };
    let (purpose, ticket) = (("Purpose", PURPOSE_WANTED), ("Ticket", TICKET_WANTED));
    let ways: [&[(&str, &str)]; 3] = [&[purpose], &[ticket], &[purpose, ticket]];
    let now = checksum(lines.join("\n").as_bytes());
    now != *hash && ways.iter().any(|keys| checksum(open(keys).as_bytes()) == *hash)
}

impl Migration {
    /// The name of its file, as places in it are given.
    pub fn file(&self) -> Arc<str> {
        self.path.display().to_string().into()
    }

    /// The beginning of a line of its file.
    pub(crate) fn place(&self, line: u32) -> Span {
        let start = Position { line, column: 1 };
        Span { file: self.file(), start, end: start }
    }
}

impl Part {
    /// Whether it holds nothing but space and comments.
    pub fn is_empty(&self) -> bool {
        self.text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with("--"))
    }
}

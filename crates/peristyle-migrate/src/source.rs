//! Where a schema comes from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use peristyle_driver::{Connection, Options, Url};
use peristyle_schema::{Diagnostic, Pair, Schema};
use peristyle_sql::DialectName;

use crate::contradiction::contradictions;
use crate::own::owned;
use crate::replay::Replay;
use crate::{Error, Scratch};

/// Where a schema comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nowhere: the empty schema.
    Empty,
    /// Rust declarations, by the file or folder they begin in.
    Declarations(PathBuf),
    /// A migration folder.
    Migrations(PathBuf),
    /// A live database.
    Database(Url),
    /// A script of SQL.
    Sql(PathBuf),
    /// A schema written as JSON.
    Snapshot(PathBuf),
    /// A Prisma schema.
    Prisma(PathBuf),
    /// A Drizzle schema.
    Drizzle(PathBuf),
}

/// A schema as the dialect holds it, and what is worth knowing about it.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The schema, normalized.
    pub schema: Schema,
    /// What is worth knowing.
    pub notes: Vec<Diagnostic>,
}

impl FromStr for Source {
    type Err = Error;

    /// Reads `empty`, `file:x.rs`, `file:x.sql`, `file:x.json`, `dir:migrations`, a database URL, or a path that says itself
    /// what it is.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text == "empty" {
            return Ok(Self::Empty);
        }
        if Url::is_url(text) {
            return Ok(Self::Database(text.parse()?));
        }
        if let Some(path) = text.strip_prefix("dir:") {
            return if path.is_empty() {
                Err(unknown(text))
            } else {
                Ok(Self::Migrations(path.into()))
            };
        }
        let path = text.strip_prefix("file:").unwrap_or(text);
        let extension = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or_default();
        match extension {
            "rs" => Ok(Self::Declarations(path.into())),
            "sql" => Ok(Self::Sql(path.into())),
            "json" => Ok(Self::Snapshot(path.into())),
            "prisma" => Ok(Self::Prisma(path.into())),
            "ts" => Ok(Self::Drizzle(path.into())),
            "db" | "sqlite" | "sqlite3" => Ok(Self::Database(Url::file(path))),
            _ if Path::new(path).is_dir() => Ok(Self::Migrations(path.into())),
            _ => Err(unknown(text)),
        }
    }
}

fn unknown(text: &str) -> Error {
    Error::usage(
        "unknown-source",
        format!("`{text}` does not say what it is"),
        "write `empty`, `file:schema.rs`, `file:schema.sql`, `file:schema.json`, `dir:migrations` or `sqlite:app.db`",
    )
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Declarations(path)
            | Self::Sql(path)
            | Self::Snapshot(path)
            | Self::Prisma(path)
            | Self::Drizzle(path) => write!(f, "file:{}", path.display()),
            Self::Migrations(path) => write!(f, "dir:{}", path.display()),
            Self::Database(url) => write!(f, "{url}"),
        }
    }
}

/// Reads the schema of a source, as the dialect holds it. What must be run to be read is run on a scratch database.
pub fn load(source: &Source, scratch: impl Into<Scratch>) -> Result<Loaded, Error> {
    let scratch = scratch.into();
    let dialect = scratch.dialect;
    match source {
        Source::Empty => Ok(Loaded::default()),
        Source::Declarations(path) => declarations(path, dialect),
        Source::Migrations(path) => crate::folder::Folder::open(path)?.replay(&scratch),
        Source::Database(url) => pull(peristyle_driver::open(url, &Options::read())?.as_mut()),
        Source::Sql(path) => sql(path, &scratch),
        Source::Snapshot(path) => snapshot(path, dialect),
        Source::Prisma(path) => Err(not_yet(path, "Prisma")),
        Source::Drizzle(path) => Err(not_yet(path, "Drizzle")),
    }
}

/// Reads two schemas that are to be compared: where a server has words of its own for one of them, the other is put into the same
/// words. What a database holds and the other side does not own is left out, and named in the notes.
pub fn load_pair(
    sources: Pair<&Source>,
    scratch: impl Into<Scratch>,
) -> Result<Pair<Loaded>, Error> {
    let scratch = scratch.into();
    let (mut old, on_old) = open(sources.old, &scratch)?;
    let (mut new, on_new) = open(sources.new, &scratch)?;
    match (is_database(sources.old), is_database(sources.new)) {
        (true, false) => leave_out(&mut old, &new.schema),
        (false, true) => leave_out(&mut new, &old.schema),
        (true, true) | (false, false) => {}
    }
    match (on_old, on_new) {
        (Some(mut on_old), _) => new.schema = on_old.canonical(new.schema, &old.schema)?,
        (None, Some(mut on_new)) => old.schema = on_new.canonical(old.schema, &new.schema)?,
        // Both are in the words of declarations, but for what was written by hand: that a server can tell.
        (None, None) => {
            let told = match (sources.old, sources.new) {
                (Source::Migrations(path), _) => Some((path, true)),
                (_, Source::Migrations(path)) => Some((path, false)),
                _ => None,
            };
            if let Some((path, is_old)) = told
                && old.schema != new.schema
                && let Ok(mut replay) =
                    Replay::of(crate::Folder::open(path)?.migrations(), &scratch)
            {
                let live = replay.catalog()?.schema;
                let (mine, other) =
                    if is_old { (&mut old, &mut new) } else { (&mut new, &mut old) };
                let server = replay.connection.as_mut();
                other.schema = server.canonical(std::mem::take(&mut other.schema), &live)?;
                mine.schema = live;
            }
        }
    }
    Ok(Pair::new(old, new))
}

/// A source's schema, and the database whose words it is in, if it is in any.
fn open(
    source: &Source,
    scratch: &Scratch,
) -> Result<(Loaded, Option<Box<dyn Connection>>), Error> {
    match source {
        Source::Database(url) => {
            let mut connection = peristyle_driver::open(url, &Options::read())?;
            Ok((pull(connection.as_mut())?, Some(connection)))
        }
        Source::Sql(path) => {
            let mut connection = run_file(path, scratch)?;
            Ok((pull(connection.as_mut())?, Some(connection)))
        }
        Source::Migrations(path) => {
            let folder = crate::Folder::open(path)?;
            folder.sound()?;
            match folder.declared(folder.migrations().len()) {
                Some(schema) => Ok((Loaded { schema, notes: Vec::new() }, None)),
                None => {
                    let mut replay = Replay::of(folder.migrations(), scratch)?;
                    Ok((replay.catalog()?, Some(replay.connection)))
                }
            }
        }
        Source::Empty
        | Source::Declarations(_)
        | Source::Snapshot(_)
        | Source::Prisma(_)
        | Source::Drizzle(_) => Ok((load(source, scratch)?, None)),
    }
}

fn is_database(source: &Source) -> bool {
    matches!(source, Source::Database(_))
}

fn leave_out(live: &mut Loaded, declared: &Schema) {
    let (schema, notes) = owned(std::mem::take(&mut live.schema), declared);
    live.schema = schema;
    live.notes.extend(notes);
}

/// Reads the schema of a live database.
pub fn pull(connection: &mut dyn Connection) -> Result<Loaded, Error> {
    let catalog = connection.catalog()?;
    let mut notes = catalog.notes;
    notes.extend(contradictions(&catalog.schema));
    Ok(Loaded { schema: catalog.schema, notes })
}

fn not_yet(path: &Path, kind: &str) -> Error {
    Error::Invalid(vec![
        Diagnostic::error(
            "not-yet",
            format!("{}: this build does not read {kind} schemas yet", path.display()),
        )
        .help("create a database from it and read that: `sqlite:app.db`"),
    ])
}

/// The whole text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, reason(&error)))?;
    String::from_utf8(bytes).map_err(|_| Error::file(path, "the file is not UTF-8"))
}

/// Why a file operation failed, in plain words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(feature = "declarations")]
fn declarations(path: &Path, dialect: DialectName) -> Result<Loaded, Error> {
    let declarations = peristyle_declare::read_path(path).map_err(Error::Invalid)?;
    let schema = peristyle_declare::resolve(&declarations).map_err(Error::Invalid)?;
    normalized(schema, dialect)
}

#[cfg(not(feature = "declarations"))]
fn declarations(path: &Path, _: DialectName) -> Result<Loaded, Error> {
    Err(Error::Invalid(vec![
        Diagnostic::error(
            "no-rust-parser",
            format!("{}: this program was built without the parser of Rust sources", path.display()),
        )
        .help("build peristyle-migrate with its feature `declarations`, or use the `peristyle` command"),
    ]))
}

fn snapshot(path: &Path, dialect: DialectName) -> Result<Loaded, Error> {
    let text = read_text(path)?;
    let schema: Schema = serde_json::from_str(&text).map_err(|error| {
        let place = peristyle_schema::Position {
            line: error.line().try_into().unwrap_or(u32::MAX),
            column: error.column().try_into().unwrap_or(u32::MAX),
        };
        let file = path.display().to_string().into();
        Error::Invalid(vec![
            Diagnostic::error("bad-snapshot", format!("this is not a schema in JSON: {error}"))
                .at(peristyle_schema::Span { file, start: place, end: place })
                .help("`peristyle inspect SRC --format json` writes one"),
        ])
    })?;
    normalized(schema, dialect)
}

/// The schema as the dialect holds it.
pub(crate) fn normalized(schema: Schema, dialect: DialectName) -> Result<Loaded, Error> {
    let schema = peristyle_sql::dialect(dialect).normalize(schema).map_err(Error::Invalid)?;
    Ok(Loaded { schema, notes: Vec::new() })
}

fn sql(path: &Path, scratch: &Scratch) -> Result<Loaded, Error> {
    pull(run_file(path, scratch)?.as_mut())
}

/// A scratch database after a script.
fn run_file(path: &Path, scratch: &Scratch) -> Result<Box<dyn Connection>, Error> {
    let text = read_text(path)?;
    let mut scratch = scratch.open()?;
    crate::script::run_script(scratch.as_mut(), &path.display().to_string(), &text)?;
    Ok(scratch)
}

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use peristyle_sql::DialectName;

use crate::postgres::Address;
use crate::{Access, Error};

/// Where a database is. Its secrets never appear when it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(Place);

#[derive(Clone, PartialEq, Eq)]
enum Place {
    Memory,
    File { path: PathBuf, access: Option<Access> },
    Server { engine: Engine, url: String },
}

/// The kinds of databases that a URL can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, in a file or in memory.
    Sqlite,
    /// libSQL or Turso, over the network.
    Libsql,
    /// PostgreSQL.
    Postgres,
}

impl Url {
    /// The SQLite database in a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Place::File { path: path.into(), access: None })
    }

    /// A SQLite database in memory.
    pub fn memory() -> Self {
        Self(Place::Memory)
    }

    /// A database of a PostgreSQL server, by a URL that is known to be right.
    pub(crate) fn server(url: String) -> Self {
        Self(Place::Server { engine: Engine::Postgres, url })
    }

    /// Another database of the same server; nothing if the database is not one of a PostgreSQL server.
    #[must_use]
    pub fn with_database(&self, name: &str) -> Option<Self> {
        self.address().map(|address| address.with_database(name).url())
    }

    /// The server, the database and the login, if this is PostgreSQL.
    pub fn address(&self) -> Option<Address> {
        match &self.0 {
            Place::Server { engine: Engine::Postgres, url } => url.parse().ok(),
            Place::Server { .. } | Place::Memory | Place::File { .. } => None,
        }
    }

    /// The kind of database.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Place::Memory | Place::File { .. } => Engine::Sqlite,
            Place::Server { engine, .. } => *engine,
        }
    }

    /// The language of the database, if this build speaks it.
    pub fn dialect(&self) -> Result<DialectName, Error> {
        match self.engine() {
            Engine::Sqlite | Engine::Libsql => Ok(DialectName::Sqlite),
            Engine::Postgres => Ok(DialectName::Postgres),
        }
    }

    /// The file, if the database is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Place::File { path, .. } => Some(path),
            Place::Memory | Place::Server { .. } => None,
        }
    }

    /// The access that the URL itself asks for (`?mode=ro`).
    pub fn access(&self) -> Option<Access> {
        match &self.0 {
            Place::File { access, .. } => *access,
            Place::Memory | Place::Server { .. } => None,
        }
    }

    /// The same database, a relative path of its file counted from `folder`.
    #[must_use]
    pub fn anchored(self, folder: &Path) -> Self {
        match self.0 {
            Place::File { path, access } => Self(Place::File { path: folder.join(path), access }),
            place @ (Place::Memory | Place::Server { .. }) => Self(place),
        }
    }

    /// Whether the text looks like the URL of a database, right or wrong.
    pub fn is_url(text: &str) -> bool {
        scheme(text).is_some_and(|(engine, _)| engine.is_some())
    }

    /// The whole URL with its secrets, for a driver alone.
    pub fn secret(&self) -> Option<&str> {
        match &self.0 {
            Place::Server { url, .. } => Some(url),
            Place::Memory | Place::File { .. } => None,
        }
    }
}

/// The engine that the scheme names, if it is known, and what follows the colon.
fn scheme(text: &str) -> Option<(Option<Engine>, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let engine = match scheme.to_ascii_lowercase().as_str() {
        "sqlite" | "sqlite3" => Some(Engine::Sqlite),
        "libsql" | "turso" => Some(Engine::Libsql),
        "postgres" | "postgresql" => Some(Engine::Postgres),
        _ => None,
    };
    Some((engine, rest))
}

impl FromStr for Url {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |reason: &str| Error::Url { text: redact(text), reason: reason.to_owned() };
        let (engine, rest) =
            scheme(text).and_then(|(engine, rest)| Some((engine?, rest))).ok_or_else(|| {
                wrong("write `sqlite:path.db`, `libsql://host` or `postgres://host/name`")
            })?;
        match engine {
            Engine::Sqlite => sqlite(rest).map_err(|reason| wrong(&reason)),
            Engine::Libsql | Engine::Postgres => {
                let host =
                    rest.strip_prefix("//").ok_or_else(|| wrong("`//` and a host are missing"))?;
                if host.is_empty() && engine == Engine::Libsql {
                    return Err(wrong("the host is missing"));
                }
                if engine == Engine::Postgres {
                    text.parse::<Address>().map_err(|reason| wrong(&reason))?;
                }
                Ok(Self(Place::Server { engine, url: text.to_owned() }))
            }
        }
    }
}

/// What follows `sqlite:`: `path`, `//path` (percent-encoded, as in other tools) or `:memory:`, with `?mode=…`.
fn sqlite(rest: &str) -> Result<Url, String> {
    let (location, query) = match rest.split_once('?') {
        Some((location, query)) => (location, query),
        None => (rest, ""),
    };
    let path = match location.strip_prefix("//") {
        Some(encoded) => percent_decode(encoded)?,
        None => location.to_owned(),
    };
    let mut memory = path == ":memory:";
    let mut access = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair {
            "mode=ro" => access = Some(Access::Read),
            "mode=rw" => access = Some(Access::Write),
            "mode=rwc" => access = Some(Access::Create),
            "mode=memory" => memory = true,
            other => {
                let name = other.split('=').next().unwrap_or(other);
                return Err(format!(
                    "`{name}` is not understood here; only `mode=ro`, `rw`, `rwc` or `memory` is"
                ));
            }
        }
    }
    if memory {
        return Ok(Url::memory());
    }
    if path.is_empty() {
        return Err("the path is missing".to_owned());
    }
    Ok(Url(Place::File { path: path.into(), access }))
}

/// The text with everything but letters, digits and `-._~` written as `%XX`.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.extend(char::from_digit(u32::from(digit), 16));
                }
            }
        }
    }
    out
}

pub(crate) fn percent_decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next(), rest.next()].map(|d| d.and_then(|d| char::from(d).to_digit(16)));
        match digits {
            [Some(high), Some(low)] => bytes.push((high * 16 + low) as u8),
            _ => return Err("`%` must be followed by two hexadecimal digits".to_owned()),
        }
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// What a query may hold that is no secret. Anything else may be one.
const OPEN: [&str; 8] = [
    "host",
    "port",
    "dbname",
    "sslmode",
    "sslrootcert",
    "application_name",
    "connect_timeout",
    "pgbouncer",
];

/// The same text with what may be secret replaced: the password, and values of the query.
fn redact(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (main, query) = match rest.split_once('?') {
        Some((main, query)) => (main, Some(query)),
        None => (rest, None),
    };
    let mut shown = match main.rsplit_once('@') {
        Some((login, host)) => {
            let (user, secret) = match login.split_once(':') {
                Some((user, _)) => (user, ":***"),
                None => (login, ""),
            };
            format!("{scheme}://{user}{secret}@{host}")
        }
        None => format!("{scheme}://{main}"),
    };
    if let Some(query) = query {
        let names: Vec<String> = query
            .split('&')
            .map(|pair| match pair.split_once('=') {
                Some((name, _)) if OPEN.contains(&name) => pair.to_owned(),
                Some((name, _)) => format!("{name}=***"),
                None => "***".to_owned(),
            })
            .collect();
        shown.push('?');
        shown.push_str(&names.join("&"));
    }
    shown
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Memory => f.write_str("sqlite::memory:"),
            Place::File { path, access: None } => write!(f, "sqlite:{}", path.display()),
            Place::File { path, access: Some(access) } => {
                let mode = match access {
                    Access::Read => "ro",
                    Access::Write => "rw",
                    Access::Create => "rwc",
                };
                write!(f, "sqlite:{}?mode={mode}", path.display())
            }
            Place::Server { url, .. } => f.write_str(&redact(url)),
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Libsql => "libSQL",
            Self::Postgres => "PostgreSQL",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn sqlite_paths_in_every_form() {
        for (text, path) in [
            ("sqlite:app.db", "app.db"),
            ("sqlite:./a%20b.db", "./a%20b.db"),
            ("sqlite:///abs/a%20b.db", "/abs/a b.db"),
            ("sqlite://rel/app.db", "rel/app.db"),
            ("SQLITE:/abs/app.db?mode=ro", "/abs/app.db"),
        ] {
            assert_eq!(url(text).path(), Some(Path::new(path)), "{text}");
        }
        assert_eq!(url("sqlite:///x.db?mode=ro").access(), Some(Access::Read));
        assert_eq!(url("sqlite::memory:"), Url::memory());
        assert_eq!(url("sqlite::memory:").path(), None);
    }

    #[test]
    fn a_relative_path_counts_from_the_folder_that_names_it() {
        for (text, anchored) in [
            ("sqlite:dev.db?mode=ro", "sqlite:../dev.db?mode=ro"),
            ("sqlite:/abs/dev.db", "sqlite:/abs/dev.db"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("libsql://host", "libsql://host"),
        ] {
            assert_eq!(url(text).anchored(Path::new("..")).to_string(), anchored);
        }
        assert_eq!(url("sqlite:dev.db").anchored(Path::new("")).to_string(), "sqlite:dev.db");
    }

    #[test]
    fn what_is_shown_can_be_read_again() {
        for text in ["sqlite:app.db", "sqlite::memory:", "sqlite:/x/app.db?mode=ro"] {
            assert_eq!(url(text).to_string(), text);
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        for text in [
            "postgres://me:hunter2@db.example/app?password=hunter2",
            "libsql://db.turso.io?authToken=hunter2",
            "postgres://me:p@hunter2@db/app",
        ] {
            let url = url(text);
            assert!(!format!("{url} {url:?}").contains("hunter2"), "{url}");
            assert_eq!(url.secret(), Some(text));
        }
        assert_eq!(
            url("postgres://me@db/app?sslmode=require&options=x").to_string(),
            "postgres://me@db/app?sslmode=require&options=***"
        );
        let wrong = "mysql://me:hunter2@db/app".parse::<Url>().unwrap_err();
        assert!(!format!("{wrong} {wrong:?}").contains("hunter2"), "{wrong}");
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        for text in [
            "",
            "app.db",
            "mysql://x",
            "sqlite:",
            "sqlite:x?cache=shared",
            "sqlite://%zz",
            "libsql:",
            "libsql://",
        ] {
            assert!(matches!(text.parse::<Url>(), Err(Error::Url { .. })), "{text}");
        }
    }
}

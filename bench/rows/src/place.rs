//! Where the databases are, and the settings that all of them have.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::contender::Failure;
use crate::question::{CREATE, NewUser, ROWS, new_users};

/// Where the databases are.
#[derive(Debug)]
pub enum Place {
    /// In memory, each contender's own.
    Memory,
    /// A file each, in a folder that goes when this does.
    File(TempDir),
}

impl Place {
    /// The path of a contender's database, new and empty.
    pub fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Memory => PathBuf::from(":memory:"),
            Self::File(folder) => folder.path().join(format!("{name}.db")),
        }
    }

    /// The settings that every connection is given, whatever its library's own are.
    pub fn settings(&self) -> &'static str {
        match self {
            Self::Memory => "PRAGMA foreign_keys = ON",
            Self::File(_) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON"
            }
        }
    }
}

/// What makes the table and its rows, as one script.
pub fn script() -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let rows: Vec<String> = new_users(0, ROWS)
        .iter()
        .map(|NewUser { name, hair_color }| {
            let hair = hair_color.as_deref().map_or_else(|| "NULL".to_owned(), quoted);
            format!("({}, {hair})", quoted(name))
        })
        .collect();
    let inserts: String = rows
        .chunks(1000)
        .map(|rows| format!("INSERT INTO users (name, hair_color) VALUES {};\n", rows.join(", ")))
        .collect();
    format!("BEGIN;\n{CREATE};\n{inserts}COMMIT;")
}

/// Opens a database by `rusqlite` with the settings and the rows.
pub fn rusqlite(place: &Place, name: &str) -> Result<rusqlite::Connection, Failure> {
    let connection = rusqlite::Connection::open(place.path(name))?;
    connection.execute_batch(place.settings())?;
    connection.execute_batch(&script())?;
    Ok(connection)
}

//! The first rows of a database, from scripts.

use std::path::{Path, PathBuf};

use peristyle_driver::Connection;

use crate::error::Error;
use crate::room;
use crate::script::{self, Kind, Placed};
use crate::source::{read_text, reason};

/// What was run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seeded {
    /// The scripts, in the order in which they were run.
    pub scripts: Vec<SeededScript>,
}

/// A script that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeededScript {
    /// Its file.
    pub path: PathBuf,
    /// How many statements it has.
    pub statements: usize,
}

/// The `.sql` files of a folder, in the order of their names; a folder that does not exist has none.
pub fn seed_scripts(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(folder, reason(&error))),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Error::file(folder, reason(&error)))?.path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Runs scripts in one transaction, with foreign keys enforced: all of them or nothing. Whether they may be run twice is theirs
/// to say (`INSERT … ON CONFLICT DO NOTHING`).
pub fn seed(connection: &mut dyn Connection, scripts: &[PathBuf]) -> Result<Seeded, Error> {
    let mut read = Vec::new();
    for path in scripts {
        let text = read_text(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let file = path.display().to_string().into();
        let placed = script::statements(connection.dialect(), &file, text, 1, Kind::Migration)?;
        read.push((path.clone(), placed));
    }
    let mut seeded = Seeded::default();
    let room = room::of(connection.dialect().name());
    room.seeding(connection, &mut |connection| {
        seeded = run_all(connection, &read)?;
        Ok(())
    })?;
    Ok(seeded)
}

fn run_all(
    connection: &mut dyn Connection,
    scripts: &[(PathBuf, Vec<Placed>)],
) -> Result<Seeded, Error> {
    let mut seeded = Seeded::default();
    for (path, placed) in scripts {
        script::run(connection, placed, &mut |_, _| {})?;
        seeded.scripts.push(SeededScript { path: path.clone(), statements: placed.len() });
    }
    Ok(seeded)
}

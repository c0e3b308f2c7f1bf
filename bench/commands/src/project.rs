//! A project of each tool on disk, with the same tables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tools::{Error, Node, Peristyle, output};

use crate::shape::{Table, tables};
use crate::typescript::Database;
use crate::{rust, typescript};

/// The same tables in a project of Peristyle and in one of drizzle-kit.
#[derive(Debug, Clone)]
pub struct Projects {
    /// The project of Peristyle.
    pub peristyle: PathBuf,
    /// The project of drizzle-kit.
    pub drizzle: PathBuf,
    count: usize,
    database: Database,
}

/// The two tools.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Peristyle.
    pub peristyle: Peristyle,
    /// drizzle-kit.
    pub node: Node,
}

impl Tools {
    /// `peristyle generate`.
    pub fn peristyle_generate(&self, projects: &Projects) -> Command {
        let mut command = self.peristyle.command(&projects.peristyle);
        command.args(["generate", "--name", "change"]);
        command
    }

    /// `drizzle-kit generate`.
    pub fn drizzle_generate(&self, projects: &Projects) -> Command {
        let mut command = self.node.drizzle_kit(&projects.drizzle);
        command.args(["generate", "--name", "change"]);
        command
    }
}

impl Projects {
    /// Writes both projects, with `count` tables and no migration.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn new(node: &Node, name: &str, count: usize) -> Result<Self, Error> {
        let root = node.folder(&format!("commands-{name}-{count}"))?;
        let projects = Self {
            peristyle: root.join("peristyle"),
            drizzle: root.join("drizzle"),
            count,
            database: Database::Sqlite,
        };
        write(&projects.peristyle.join("peristyle.toml"), rust::CONFIGURATION)?;
        write(&projects.drizzle.join("drizzle.config.ts"), typescript::CONFIGURATION)?;
        projects.declare(0)?;
        Ok(projects)
    }

    /// Writes both projects for databases of a PostgreSQL server, with `count` tables and no migration.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn on_postgres(
        node: &Node,
        name: &str,
        count: usize,
        urls: [&str; 2],
    ) -> Result<Self, Error> {
        let root = node.folder(&format!("commands-postgres-{name}-{count}"))?;
        let projects = Self {
            peristyle: root.join("peristyle"),
            drizzle: root.join("drizzle"),
            count,
            database: Database::Postgres,
        };
        let [own, theirs] = urls;
        write(&projects.peristyle.join("peristyle.toml"), &rust::postgres_configuration(own))?;
        let configuration = typescript::postgres_configuration(theirs);
        write(&projects.drizzle.join("drizzle.config.ts"), &configuration)?;
        let configuration = configuration.replace("./drizzle", "./pulled");
        write(&projects.drizzle.join("pull.config.ts"), &configuration)?;
        projects.declare(0)?;
        Ok(projects)
    }

    /// Writes the declarations of both, with `grown` columns more than at first.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn declare(&self, grown: usize) -> Result<(), Error> {
        let tables: Vec<Table> = tables(self.count, grown);
        write(&self.peristyle.join("src/schema.rs"), &rust::schema(&tables))?;
        write(&self.drizzle.join("schema.ts"), &typescript::schema(&tables, self.database))
    }

    /// Generates with both, so that nothing is left to do.
    ///
    /// # Errors
    /// If a generation fails.
    pub fn generate(&self, tools: &Tools) -> Result<(), Error> {
        output(&mut tools.peristyle_generate(self))?;
        output(&mut tools.drizzle_generate(self))?;
        Ok(())
    }

    /// Takes what `generate` wrote away again.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn forget_migrations(&self) -> Result<(), Error> {
        for folder in [self.peristyle.join("migrations"), self.drizzle.join("drizzle")] {
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(|reason| Error::file(&folder, reason))?;
            }
        }
        Ok(())
    }

    /// Writes the up part of Peristyle's only migration to `script`, as one transaction.
    ///
    /// # Errors
    /// If there is no migration, or a file cannot be read or written.
    pub fn up_script(&self, script: &Path) -> Result<(), Error> {
        let folder = self.peristyle.join("migrations");
        let mut entries = fs::read_dir(&folder).map_err(|reason| Error::file(&folder, reason))?;
        let migration = entries
            .find_map(|entry| {
                entry.ok().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "sql"))
            })
            .ok_or_else(|| Error::file(&folder, std::io::ErrorKind::NotFound.into()))?;
        let text =
            fs::read_to_string(&migration).map_err(|reason| Error::file(&migration, reason))?;
        let (_, rest) = text.split_once("-- peristyle:up").unwrap_or(("", &text));
        let (up, _) = rest.split_once("-- peristyle:down").unwrap_or((rest, ""));
        let begin = match self.database {
            Database::Sqlite => "BEGIN IMMEDIATE",
            Database::Postgres => "BEGIN",
        };
        write(script, &format!("{begin};\n{up}\nCOMMIT;\n"))
    }
}

/// Removes a SQLite database and what SQLite keeps beside it.
///
/// # Errors
/// If it is there and cannot be removed.
pub fn remove_database(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let file = PathBuf::from(name);
        if file.exists() {
            fs::remove_file(&file).map_err(|reason| Error::file(&file, reason))?;
        }
    }
    Ok(())
}

/// Writes a file and the folders above it.
///
/// # Errors
/// If the system will not.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|reason| Error::file(folder, reason))?;
    }
    fs::write(path, text).map_err(|reason| Error::file(path, reason))
}

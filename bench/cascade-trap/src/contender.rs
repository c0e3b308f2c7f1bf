//! The ways of changing the parent: each generates a migration and runs it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tools::{Error, Node, Peristyle, output};

/// A way of generating and running migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contender {
    /// `peristyle generate`, `peristyle migrate`.
    Peristyle,
    /// `drizzle-kit generate`, drizzle-orm's migrator on better-sqlite3.
    BetterSqlite3,
    /// `drizzle-kit generate`, drizzle-orm's migrator on @libsql/client.
    LibSql,
    /// `drizzle-kit generate`, `drizzle-kit migrate`, with better-sqlite3 installed and @libsql/client not.
    KitOnBetterSqlite3,
    /// `drizzle-kit generate`, `drizzle-kit migrate`, with @libsql/client installed, which it prefers.
    KitOnLibSql,
}

/// The tools that contenders use.
#[derive(Debug)]
pub struct Tools {
    /// Peristyle.
    pub peristyle: Peristyle,
    /// drizzle-kit and drizzle-orm.
    pub node: Node,
}

impl Contender {
    /// Every contender.
    pub const ALL: [Self; 5] = [
        Self::Peristyle,
        Self::BetterSqlite3,
        Self::KitOnBetterSqlite3,
        Self::LibSql,
        Self::KitOnLibSql,
    ];

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Peristyle => "peristyle migrate",
            Self::BetterSqlite3 => "drizzle-orm migrator, better-sqlite3",
            Self::LibSql => "drizzle-orm migrator, @libsql/client",
            Self::KitOnBetterSqlite3 => "drizzle-kit migrate, better-sqlite3",
            Self::KitOnLibSql => "drizzle-kit migrate, @libsql/client",
        }
    }

    /// The package that it cannot do without, where that may be missing.
    pub fn needs(self) -> Option<&'static str> {
        match self {
            Self::Peristyle => None,
            Self::BetterSqlite3 | Self::KitOnBetterSqlite3 => Some("better-sqlite3"),
            Self::LibSql | Self::KitOnLibSql => Some("@libsql/client"),
        }
    }

    /// Writes the declarations, with `default` as the default of the parent's name.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn declare(self, folder: &Path, default: &str) -> Result<(), Error> {
        let quoted = format!("\"{default}\"");
        let files: &[(&str, &str)] = match self {
            Self::Peristyle => &[
                ("peristyle.toml", include_str!("../fixtures/peristyle.toml")),
                ("src/schema.rs", include_str!("../fixtures/schema.rs")),
            ],
            Self::BetterSqlite3 | Self::KitOnBetterSqlite3 | Self::LibSql | Self::KitOnLibSql => &[
                ("drizzle.config.ts", include_str!("../fixtures/drizzle.config.ts")),
                ("schema.ts", include_str!("../fixtures/schema.ts")),
                ("better-sqlite3.mjs", include_str!("../fixtures/better-sqlite3.mjs")),
                ("libsql.mjs", include_str!("../fixtures/libsql.mjs")),
            ],
        };
        for (name, text) in files {
            write(&folder.join(name), &text.replace("\"before\"", &quoted))?;
        }
        Ok(())
    }

    /// Generates a migration from the declarations and runs it.
    ///
    /// # Errors
    /// If either fails.
    pub fn migrate(self, tools: &Tools, folder: &Path) -> Result<(), Error> {
        output(self.tool(tools, folder).args(["generate", "--name", "change"]))?;
        let Tools { peristyle, node } = tools;
        let script = |name: &str| output(&mut node.script(folder, Path::new(name)));
        let kit = || output(node.drizzle_kit(folder).arg("migrate"));
        match self {
            Self::Peristyle => output(peristyle.command(folder).arg("migrate")),
            Self::BetterSqlite3 => script("better-sqlite3.mjs"),
            Self::KitOnBetterSqlite3 => node.without("@libsql/client", kit),
            Self::LibSql => script("libsql.mjs"),
            Self::KitOnLibSql => kit(),
        }
        .map(drop)
    }

    fn tool(self, tools: &Tools, folder: &Path) -> Command {
        match self {
            Self::Peristyle => tools.peristyle.command(folder),
            Self::BetterSqlite3 | Self::KitOnBetterSqlite3 | Self::LibSql | Self::KitOnLibSql => {
                tools.node.drizzle_kit(folder)
            }
        }
    }
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

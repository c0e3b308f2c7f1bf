//! The cascade trap: a parent's default changes, SQLite rebuilds the parent, and the children are counted.
//!
//! `PRAGMA foreign_keys` does nothing inside a transaction. A migration that turns foreign keys off inside one, copies
//! the parent and drops the old table therefore deletes every child whose key says ON DELETE CASCADE.

mod contender;
mod count;

use std::path::{Path, PathBuf};

use clap::Parser;
use measure::Table;
use tools::{Error, Node, Peristyle, Shell, output};

use crate::contender::{Contender, Tools, write};
use crate::count::{Rows, TABLES};

/// Changes a parent's default by Peristyle and by drizzle, and counts the children that are left.
#[derive(Debug, Parser)]
struct Arguments {
    /// The binary to try [default: built now, in release mode, from this repository]
    #[arg(long, value_name = "FILE")]
    peristyle: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let shell = Shell.version()?;
    let tools = Tools { peristyle: Peristyle::find(arguments.peristyle)?, node: Node::install()? };
    println!(
        "Versions: {}, {}, sqlite3 shell {shell}.\n",
        tools.peristyle.version()?,
        tools.node.versions()?
    );
    let mut table =
        Table::new(["by", "children", "rows before", "rows after", "byte for byte the same"]);
    let mut failures = String::new();
    for contender in Contender::ALL {
        match spring(&tools, contender) {
            Ok(left) => {
                for ((_, kind), [before, after, same]) in TABLES.into_iter().zip(left) {
                    let counts = [before, after, same].map(|count| count.to_string());
                    table.row(
                        [contender.name().to_owned(), kind.to_owned()].into_iter().chain(counts),
                    );
                }
            }
            Err(error) => {
                table.row([contender.name(), "-", "-", "-", "-"]);
                failures.push_str(&format!("\n{}: {error}\n", contender.name()));
            }
        }
    }
    println!("{table}{failures}");
    Ok(())
}

/// Makes the tables and the rows, changes the default, and says what is left.
fn spring(tools: &Tools, contender: Contender) -> Result<Vec<[usize; 3]>, Error> {
    if let Some(package) = contender.needs().filter(|package| !tools.node.has(package)) {
        let words = format!("npm could not install {package} here");
        return Err(Error::Failed { program: contender.name().into(), words });
    }
    let folder = tools.node.folder(&format!("cascade-trap-{contender:?}"))?;
    let database = folder.join("dev.db");
    contender.declare(&folder, "before")?;
    contender.migrate(tools, &folder)?;
    fill(&folder, &database)?;
    let before = Rows::read(&database)?;

    contender.declare(&folder, "after")?;
    contender.migrate(tools, &folder)?;
    let left = before.left(&Rows::read(&database)?);
    changed(&database, contender)?;
    Ok(left)
}

fn fill(folder: &Path, database: &Path) -> Result<(), Error> {
    let script = folder.join("rows.sql");
    write(&script, include_str!("../fixtures/rows.sql"))?;
    output(&mut Shell.command(database, &script)).map(drop)
}

/// Makes sure that the migration did what it was for.
fn changed(database: &Path, contender: Contender) -> Result<(), Error> {
    let sql = "INSERT INTO parents (id, tenant, number) VALUES (5000, 0, 5000) RETURNING name";
    let name = Shell.ask(database, sql)?;
    if name.trim() == "'after'" {
        return Ok(());
    }
    let words = format!("the parent's default is still {}", name.trim());
    Err(Error::Failed { program: contender.name().into(), words })
}

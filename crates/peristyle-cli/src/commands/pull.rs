//! `pull`: declarations from a database.

use std::fs;
use std::path::{Path, PathBuf};

use peristyle_driver::{Access, Connection};
use peristyle_migrate::Loaded;
use peristyle_schema::{Diagnostic, Fingerprint};
use peristyle_sql::Decision;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{self, Failure};
use crate::render::{GOOD, counted, styled};
use crate::target;

/// Writes the declarations of what a database holds.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write; `-` prints [default: the project's schema]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write over a file that a person has written or changed
    #[arg(long)]
    pub force: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    database: String,
    file: Option<String>,
    written: bool,
    text: &'a str,
    diagnostics: &'a [Diagnostic],
}

/// What begins the first line of a file that nobody has changed since it was pulled; the checksum of the rest follows.
const MARK: &str = "// Pulled by `peristyle pull`; unchanged as long as the rest has the checksum ";

/// Pulls.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let database = project.database()?;
    let mut connection = target::open(&database.url, Access::Read)?;
    let Pulled { loaded, text } = pulled(connection.as_mut())?;
    context.output.notes(&loaded.notes);
    let out = args.out.clone().unwrap_or_else(|| project.schema.clone());
    let printed = out.as_os_str() == "-";
    let written = !printed && write(&out, &text, args.force)?;
    if printed {
        context.output.data(&text);
    } else {
        let tables = counted(loaded.schema.tables.len(), "table");
        let word = if written { "wrote" } else { "unchanged:" };
        context.output.say(&format!("{} {tables}", styled(GOOD, word)));
        context.output.data(&format!("{}\n", out.display()));
    }
    context.output.json(&Report {
        database: database.url.to_string(),
        file: (!printed).then(|| out.display().to_string()),
        written,
        text: &text,
        diagnostics: &loaded.notes,
    });
    Ok(Exit::Ok)
}

/// What a database holds, and the declarations of it.
pub struct Pulled {
    /// What it holds.
    pub loaded: Loaded,
    /// The declarations.
    pub text: String,
}

/// Reads a database into declarations.
pub fn pulled(connection: &mut dyn Connection) -> Result<Pulled, Failure> {
    let loaded = peristyle_migrate::without_other_histories(peristyle_migrate::pull(connection)?);
    let lifted = peristyle_sql::lift(connection.dialect(), &loaded.schema);
    let text = sealed(&peristyle_declare::print(&lifted));
    Ok(Pulled { loaded, text })
}

/// The text under the line by which a later run knows that nobody has changed it.
fn sealed(text: &str) -> String {
    format!("{MARK}{}\n{text}", Fingerprint::of_bytes(text.as_bytes()))
}

/// Whether the text is as it was pulled.
fn is_untouched(text: &str) -> bool {
    let unix = text.replace("\r\n", "\n");
    unix.split_once('\n').is_some_and(|(_, rest)| sealed(rest) == unix)
}

/// Writes the file unless it says so already; a file that a person has written is kept, unless told otherwise.
pub fn write(path: &Path, text: &str, force: bool) -> Result<bool, Failure> {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => return Ok(false),
        Ok(old) if !force && !std::str::from_utf8(&old).is_ok_and(is_untouched) => {
            return Err(would_overwrite(path));
        }
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder)
                    .map_err(|error| failure::io("create the folder", folder, &error))?;
            }
        }
        Err(error) => return Err(failure::io("read", path, &error)),
    }
    fs::write(path, text).map_err(|error| failure::io("write", path, &error))?;
    Ok(true)
}

fn would_overwrite(path: &Path) -> Failure {
    Failure {
        exit: Exit::DecisionNeeded,
        diagnostics: Vec::new(),
        decisions: vec![Decision {
            question: format!("{} was written or changed by a person", path.display()),
            answers: vec![
                ("--out <FILE>".to_owned(), "write another file".to_owned()),
                ("--out -".to_owned(), "print instead of writing".to_owned()),
                ("--force".to_owned(), "write over it".to_owned()),
            ],
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::{is_untouched, sealed};

    #[test]
    fn a_change_by_hand_is_noticed() {
        let text = sealed("struct A;\nstruct B;\n");
        assert!(is_untouched(&text));
        assert!(is_untouched(&text.replace('\n', "\r\n")));
        assert!(!is_untouched(&text.replace("struct B", "struct C")));
        assert!(!is_untouched("struct A;\n"));
        assert!(!is_untouched(""));
    }
}

//! `docs`: the documents of a project, made from its declarations and its migrations.

use clap::Subcommand;
use peristyle_migrate::Folder;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint;

/// Prints a document of the project. No database is needed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which document.
    #[command(subcommand)]
    pub document: Document,
}

/// A document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Document {
    /// The declared schema as Markdown: tables, columns, rules, and a diagram
    Schema,
    /// What each migration changes, whether and how it is taken back, what that loses, and the statements
    Rollback,
}

#[derive(Serialize)]
struct Report<'a> {
    document: &'static str,
    text: &'a str,
}

/// Prints it.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let project = context.project()?;
    let (document, text) = match args.document {
        Document::Schema => ("schema", peristyle_docs::document(&lint::declared(&project.schema)?)),
        Document::Rollback => {
            let folder = Folder::open(&project.migrations)?;
            ("rollback", peristyle_migrate::rollback_document(&folder, project.dialect)?)
        }
    };
    context.output.data(&text);
    context.output.json(&Report { document, text: &text });
    Ok(Exit::Ok)
}

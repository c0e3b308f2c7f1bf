//! `inspect`: a schema, in the form that is wanted.

use clap::ValueEnum;
use peristyle_migrate::Source;
use peristyle_schema::{Diagnostic, Schema};
use peristyle_sql::{DialectName, dialect};
use serde::Serialize;

use super::diff::parse_dialect;
use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint;

/// Prints a schema.
#[derive(Debug, clap::Args)]
#[command(after_help = "Sources: peristyle explain sources")]
pub struct Args {
    /// Where the schema comes from
    #[arg(value_name = "SRC")]
    pub source: String,
    /// The language that it is held in: `sqlite` or `postgres`
    #[arg(long, default_value = "sqlite")]
    pub dialect: String,
    /// What to print
    #[arg(long, default_value = "sql")]
    pub format: Format,
}

/// What `inspect` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The script that makes it.
    Sql,
    /// The schema itself, to be read again with `file:x.json`.
    Json,
    /// Declarations.
    Rust,
    /// Types for the browser.
    Typescript,
    /// A diagram.
    Mermaid,
    /// A document.
    Markdown,
}

#[derive(Serialize)]
struct Report<'a> {
    format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'a Schema>,
    diagnostics: &'a [Diagnostic],
}

/// Prints the schema.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    let name = parse_dialect(&args.dialect)?;
    let source: Source = args.source.parse()?;
    let scratch = context.scratch(name)?;
    let mut loaded = peristyle_migrate::load(&source, scratch)?;
    if let (Source::Declarations(path), false) = (&source, args.format.is_of_the_database()) {
        loaded.schema = lint::declared(path)?;
    }
    context.output.notes(&loaded.notes);
    let text = text(args.format, &loaded.schema, name)?;
    match &text {
        Some(text) => context.output.data(text),
        None => context.output.data_json(&loaded.schema),
    }
    let value = args.format.to_possible_value();
    context.output.json(&Report {
        format: value.map(|value| value.get_name().to_owned()).unwrap_or_default(),
        schema: text.is_none().then_some(&loaded.schema),
        text,
        diagnostics: &loaded.notes,
    });
    Ok(Exit::Ok)
}

impl Format {
    /// Whether it shows what the database holds; the others show what was declared, where it was declared, because that says
    /// more: the documentation, the types of columns.
    fn is_of_the_database(self) -> bool {
        match self {
            Self::Sql | Self::Json => true,
            Self::Rust | Self::Typescript | Self::Mermaid | Self::Markdown => false,
        }
    }
}

/// The schema as text; none for the schema itself.
fn text(format: Format, schema: &Schema, name: DialectName) -> Result<Option<String>, Failure> {
    Ok(Some(match format {
        Format::Sql => {
            let statements = dialect(name)
                .create(schema)
                .map_err(|refusal| Failure::from(peristyle_migrate::Error::from(refusal)))?;
            statements.iter().map(|statement| format!("{};\n", statement.sql)).collect()
        }
        Format::Json => return Ok(None),
        Format::Rust => peristyle_declare::print(&peristyle_sql::lift(dialect(name), schema)),
        Format::Typescript => peristyle_docs::typescript(schema),
        Format::Mermaid => peristyle_docs::mermaid(schema),
        Format::Markdown => peristyle_docs::markdown(schema),
    }))
}

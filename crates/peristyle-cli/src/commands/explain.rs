//! `explain`: what a code, a topic or an exit code means.

use peristyle_schema::Diagnostic;
use serde::Serialize;

use crate::context::Context;
use crate::exit::Exit;
use crate::explain::{self, CODES, TOPICS};
use crate::failure::Failure;

/// Explains a code or a topic; without one, lists them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A diagnostic's code (`unknown-attribute`), an exit code (`6`) or a topic (`config`)
    pub name: Option<String>,
}

#[derive(Serialize)]
struct Explanation<'a> {
    name: &'a str,
    text: String,
}

#[derive(Serialize)]
struct List {
    topics: Vec<Entry>,
    codes: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    about: &'static str,
}

/// Explains, or lists.
pub fn run(args: &Args, context: &mut Context) -> Result<Exit, Failure> {
    match &args.name {
        Some(name) => {
            let text = explain::explain(name).map_err(|near| unknown(name, near))?;
            context.output.data(&text);
            context.output.json(&Explanation { name, text });
        }
        None => list(context),
    }
    Ok(Exit::Ok)
}

fn list(context: &mut Context) {
    let list = List {
        topics: TOPICS.iter().map(|topic| Entry { name: topic.name, about: topic.about }).collect(),
        codes: CODES.iter().map(|code| Entry { name: code.name, about: code.what }).collect(),
    };
    let width =
        list.topics.iter().chain(&list.codes).map(|e| e.name.len()).max().unwrap_or_default();
    let lines = |entries: &[Entry]| -> String {
        entries.iter().map(|e| format!("  {:width$}  {}\n", e.name, e.about)).collect()
    };
    context.output.data(&format!(
        "Topics:\n{}\nDiagnostics:\n{}",
        lines(&list.topics),
        lines(&list.codes)
    ));
    context.output.json(&list);
}

fn unknown(name: &str, near: Option<&str>) -> Failure {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`peristyle explain` lists what there is".to_owned(),
    };
    Failure::usage(
        Diagnostic::error("unknown-topic", format!("there is nothing to explain under `{name}`"))
            .help(help),
    )
}

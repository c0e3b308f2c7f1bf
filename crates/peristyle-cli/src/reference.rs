//! `docs/cli.md` is the definition list of the commands as a page; this test writes it and keeps it true.

use std::fmt::Write;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};

use crate::args::Cli;
use crate::exit;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");

#[test]
fn the_page_is_what_the_definitions_say() {
    let page = page();
    if std::env::var_os("PERISTYLE_BLESS").is_some() {
        std::fs::create_dir_all(Path::new(PAGE).parent().expect("a folder"))
            .expect("docs can be created");
        std::fs::write(PAGE, &page).expect("docs/cli.md can be written");
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        written == page,
        "docs/cli.md is not what the definitions say: PERISTYLE_BLESS=1 cargo test -p peristyle-cli reference"
    );
}

fn page() -> String {
    let mut root = Cli::command();
    root.build();
    let mut page = String::from(
        "# The command line\n\nData goes to standard output, words to standard error. Without a terminal nothing is asked: where a \
         person must decide, the run ends with\nexit code 6 and the flags to decide with. NO_COLOR is respected. This page is made from the \
         definitions that the program itself uses.\n",
    );
    let _ = write!(page, "\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
    for exit in exit::Exit::ALL {
        let _ = writeln!(page, "| {} | {} |", exit.code(), exit.meaning());
    }
    page.push_str(
        "\n## Everywhere\n\nThese are taken by every command, before or behind its name.\n",
    );
    arguments(&mut page, root.get_arguments().filter(|arg| arg.is_global_set()));
    for command in root.get_subcommands() {
        section(&mut page, command, "##");
    }
    page
}

fn section(page: &mut String, command: &Command, level: &str) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(page, "\n{level} {name}\n\n{about}.");
    if let Some(more) = command.get_after_help() {
        let _ = writeln!(page, "\n```text\n{}\n```", more.to_string().trim_end());
    }
    arguments(page, command.get_arguments().filter(|arg| !arg.is_global_set()));
    for inner in command.get_subcommands() {
        section(page, inner, &format!("{level}#"));
    }
}

fn arguments<'a>(page: &mut String, list: impl Iterator<Item = &'a Arg>) {
    let rows: Vec<String> = list
        .filter(|arg| !matches!(arg.get_id().as_str(), "help" | "version"))
        .map(|arg| format!("| `{}` | {} |\n", spelling(arg), description(arg)))
        .collect();
    if !rows.is_empty() {
        let _ = write!(page, "\n| argument | what it does |\n|---|---|\n{}", rows.concat());
    }
}

fn spelling(arg: &Arg) -> String {
    let values: Vec<String> =
        arg.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>")).collect();
    let value = if arg.get_action().takes_values() { values.join(" ") } else { String::new() };
    let long = arg.get_long().map(|long| format!("--{long}"));
    let short = arg.get_short().map(|short| format!("-{short}"));
    let names: Vec<String> = [short, long].into_iter().flatten().collect();
    [names.join(", "), value]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn description(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut text = help.replace('|', "\\|").replace('<', "\\<");
    if arg.get_action().takes_values() {
        let choices: Vec<String> = arg
            .get_possible_values()
            .iter()
            .map(|value| format!("`{}`", value.get_name()))
            .collect();
        if !choices.is_empty() {
            let _ = write!(text, ": {}", choices.join(", "));
        }
        let defaults: Vec<_> =
            arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
        if !defaults.is_empty() {
            let _ = write!(text, " (default `{}`)", defaults.join(" "));
        }
    }
    text
}

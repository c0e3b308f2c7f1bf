//! The arguments that every command takes, and the command line as a whole.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use crate::commands::Command;
use crate::exit;

/// Database schemas from Rust structs: proven, reversible SQL migrations and typed rows.
#[derive(Debug, Parser)]
#[command(
    name = "peristyle",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = false,
    after_help = after_help()
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The arguments that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Globals {
    /// The environment of peristyle.toml to work on [default: dev] [variable: PERISTYLE_ENV]
    #[arg(long, global = true, value_name = "NAME")]
    pub env: Option<String>,
    /// The database, in place of the environment's: `sqlite:dev.db`, `postgres://host/name` [variable: PERISTYLE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub url: Option<String>,
    /// A development server for scratch databases; SQLite needs none [variable: PERISTYLE_DEV_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub dev_url: Option<String>,
    /// The configuration file [default: peristyle.toml here or in a folder above] [variable: PERISTYLE_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The Rust file that holds the declarations or the `mod`s that do [variable: PERISTYLE_SCHEMA]
    #[arg(long, global = true, value_name = "FILE")]
    pub schema: Option<PathBuf>,
    /// The folder of migrations [variable: PERISTYLE_MIGRATIONS]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub migrations: Option<PathBuf>,
    /// Answer as JSON on standard output (`peristyle explain json`)
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colour; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say only what went wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn after_help() -> String {
    format!("Exit codes:\n{}\nMore: peristyle explain", exit::table())
}

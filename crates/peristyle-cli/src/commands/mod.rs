//! The commands: one file each, and one list.

mod adopt;
mod check;
mod completions;
mod diff;
mod docs;
mod explain;
mod generate;
mod hook;
mod init;
mod inspect;
mod kept;
mod migrate;
mod pull;
mod push;
mod reset;
mod rollback;
mod seed;
mod status;

use clap::Subcommand;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;

/// Makes the list of commands and the way from each to its file.
macro_rules! commands {
    ($($(#[$about:meta])* $command:ident => $module:ident,)*) => {
        /// What to do.
        #[derive(Debug, Subcommand)]
        pub enum Command {
            $($(#[$about])* $command($module::Args),)*
        }

        /// Runs a command.
        pub fn run(command: Command, context: &mut Context) -> Result<Exit, Failure> {
            match command {
                $(Command::$command(args) => $module::run(&args, context),)*
            }
        }
    };
}

commands! {
    /// Start: write peristyle.toml, src/schema.rs and migrations/ where they are not there yet
    Init => init,
    /// Write the migration from the migrations so far to the declarations, proven on a scratch database
    Generate => generate,
    /// Apply the pending migrations
    Migrate => migrate,
    /// Take applied migrations back
    Rollback => rollback,
    /// List the migrations and what of them the database has
    Status => status,
    /// Check that declarations, migrations and database agree
    Check => check,
    /// Keep committed migrations as they are, by a hook of git's
    Hook => hook,
    /// Bring a database to the declarations without a migration, for trying things out
    Push => push,
    /// Write Rust declarations from a database
    Pull => pull,
    /// Make a database that is there the beginning of a history, without touching it
    Adopt => adopt,
    /// Print the SQL from one schema to another
    Diff => diff,
    /// Print a schema
    Inspect => inspect,
    /// Print a document of the project: its schema, or how each migration is taken back
    Docs => docs,
    /// Put the first rows into a database
    Seed => seed,
    /// Empty a disposable database, migrate it and seed it
    Reset => reset,
    /// List or purge what `--keep-data` has set aside
    Kept => kept,
    /// Explain an exit code, a diagnostic, the configuration or the JSON answers
    Explain => explain,
    /// Print the completions of a shell
    Completions => completions,
}

//! What a command works with: the arguments that every command takes, the output, and the project around it.

use peristyle_migrate::Scratch;
use peristyle_sql::DialectName;

use crate::args::Globals;
use crate::config::Project;
use crate::failure::Failure;
use crate::output::Output;

/// What a command works with.
#[derive(Debug)]
pub struct Context {
    /// The arguments that every command takes.
    pub globals: Globals,
    /// Where it prints.
    pub output: Output,
}

impl Context {
    /// The context of a run.
    pub fn new(globals: Globals) -> Self {
        let output = Output::new(&globals);
        Self { globals, output }
    }

    /// Where scratch databases of a language are made: on the server that is named, if one is.
    pub fn scratch(&self, dialect: DialectName) -> Result<Scratch, Failure> {
        let server = match dialect {
            DialectName::Sqlite => None,
            DialectName::Postgres => self.project()?.dev_server()?,
        };
        Ok(Scratch::new(dialect, server))
    }

    /// The project, as the arguments, the environment, `.env` and peristyle.toml describe it.
    pub fn project(&self) -> Result<Project, Failure> {
        Project::find(&self.globals)
    }
}

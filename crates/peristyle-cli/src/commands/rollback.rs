//! `rollback`.

use peristyle_schema::Diagnostic;

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::Failure;

/// Not built yet.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Says that it is not built yet.
pub fn run(_: &Args, _: &mut Context) -> Result<Exit, Failure> {
    Err(Failure::usage(Diagnostic::error("not-built", "`rollback` is not built yet")))
}

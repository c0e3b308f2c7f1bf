//! What it costs to start at all.

use std::path::Path;
use std::process::Command;

use tools::timed;

use crate::contest::{Contender, Contest};
use crate::project::Tools;

/// The floor of every figure: each program started to do nothing.
pub fn floor(tools: &Tools) -> Contest<'_> {
    Contest {
        title: "start, nothing done".to_owned(),
        contenders: vec![
            Contender::new("peristyle --version", || {
                timed(tools.peristyle.command(Path::new(".")).arg("--version"))
            }),
            Contender::new("sqlite3 --version", || timed(Command::new("sqlite3").arg("--version"))),
            Contender::new("node --eval 0", || timed(Command::new("node").args(["--eval", "0"]))),
            Contender::new("drizzle-kit --version", || {
                timed(tools.node.drizzle_kit(Path::new(".")).arg("--version"))
            }),
        ],
        aims: Vec::new(),
    }
}

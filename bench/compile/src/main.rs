//! What it costs to compile the same tables and queries written on a raw driver, Peristyle, Diesel, SeaORM and Toasty.

mod peer;
mod project;

use std::path::PathBuf;

use clap::Parser;
use measure::{Samples, Table, duration, interleave, ratio};

use crate::peer::Peer;
use crate::project::Project;

/// An error of the run.
type Failure = Box<dyn std::error::Error>;

/// At most so many times the raw driver's after a touch: what the project aims at.
const AIM: f64 = 1.5;

/// Measures compile times and prints Markdown.
#[derive(Debug, Parser)]
struct Arguments {
    /// Samples of each contender
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many tables the crate has; may be said several times
    #[arg(long, default_values_t = [24, 200])]
    tables: Vec<usize>,
    /// Only the contenders whose name contains this, beside the first
    #[arg(long, default_value = "")]
    only: String,
    /// How many compilers run at once
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Optimised programs as well, for their size
    #[arg(long)]
    size: bool,
    /// Where the crates are made and their dependencies kept; in the system's temporary folder unless said otherwise
    #[arg(long)]
    folder: Option<PathBuf>,
}

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let folder = arguments
        .folder
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join("peristyle-bench-compile"));
    let project = Project::new(folder, &arguments.tables, arguments.jobs)?;
    let mut first = true;
    let peers = Peer::ALL.into_iter();
    let peers: Vec<Peer> = peers
        .filter(|peer| std::mem::take(&mut first) || peer.name().contains(&arguments.only))
        .collect();
    println!("Machine: {}.", measure::machine());
    for (number, &tables) in arguments.tables.iter().enumerate() {
        for peer in &peers {
            project.ready(&peer.package(tables))?;
        }
        if number == 0 {
            let version = |peer: &Peer| {
                let library = peer.library();
                project.version(library).map(|version| format!("{library} {version}"))
            };
            let versions: Vec<String> = peers.iter().map(version).collect::<Result<_, _>>()?;
            println!("Versions: {}. Processor time, debug profile.\n", versions.join(", "));
        }
        println!("{tables} tables:\n\n{}", report(&arguments, &project, tables, &peers)?);
    }
    Ok(())
}

fn report(
    arguments: &Arguments,
    project: &Project,
    tables: usize,
    peers: &[Peer],
) -> Result<String, Failure> {
    let packages: Vec<String> = peers.iter().map(|peer| peer.package(tables)).collect();
    let anew = all(interleave(packages.len(), arguments.rounds, |n| project.anew(&packages[n])))?;
    let mut round = 0;
    let touched = all(interleave(packages.len(), arguments.rounds, |n| {
        round += 1;
        project.touched(&packages[n], tables, round)
    }))?;
    let mut table =
        Table::new(["", "the crate anew", "", "after a touch", "", "crates below", "program"]);
    let cpu = |samples: &Samples| samples.cpu().unwrap_or_default();
    for (n, peer) in peers.iter().enumerate() {
        let size = match arguments.size {
            true => format!("{:.1} MB", project.program(&packages[n])? as f64 / 1e6),
            false => "–".to_owned(),
        };
        table.row([
            peer.name().to_owned(),
            duration(cpu(&anew[n])),
            ratio(cpu(&anew[n]), cpu(&anew[0])),
            duration(cpu(&touched[n])),
            ratio(cpu(&touched[n]), cpu(&touched[0])),
            project.crates(&packages[n])?.to_string(),
            size,
        ]);
    }
    let mut text = table.to_string();
    if let Some(n) = peers.iter().position(|peer| *peer == Peer::Peristyle) {
        let ours = cpu(&touched[n]).as_secs_f64() / cpu(&touched[0]).as_secs_f64();
        let word = if (ours * 100.0).round() <= AIM * 100.0 { "met" } else { "missed" };
        text.push_str(&format!(
            "\nAim, at most {AIM} times the raw driver's after a touch: {word} ({ours:.2}).\n"
        ));
    }
    Ok(text)
}

fn all<E: std::fmt::Display>(answers: Vec<Result<Samples, E>>) -> Result<Vec<Samples>, Failure> {
    answers.into_iter().map(|answer| answer.map_err(|error| error.to_string().into())).collect()
}

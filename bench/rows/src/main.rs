//! Rows in one process: `rusqlite` by hand, Peristyle, Diesel, sqlx and SeaORM, all on one build of SQLite.

mod by_diesel;
mod by_peristyle;
mod by_sea_orm;
mod by_sqlx;
mod contender;
mod place;
mod question;
mod raw;
mod versions;

use clap::Parser;
use measure::{Samples, Table, duration, interleave, ratio};

use crate::contender::{Entrant, Failure};
use crate::place::Place;
use crate::question::Question;

/// Measures rows and prints Markdown.
#[derive(Debug, Parser)]
struct Arguments {
    /// Samples of each contender
    #[arg(long, default_value_t = 101)]
    rounds: usize,
    /// Databases in files (WAL, synchronous = NORMAL) and not in memory
    #[arg(long)]
    file: bool,
    /// Only the questions whose name contains this
    #[arg(long, default_value = "")]
    only: String,
    /// Only the contenders whose name contains this, beside the first
    #[arg(long, default_value = "")]
    contender: String,
}

/// A contender and its name in the report.
type Named<'a> = (&'static str, Box<dyn Entrant + 'a>);

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let place = if arguments.file { Place::File(tempfile::tempdir()?) } else { Place::Memory };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let held = place::rusqlite(&place, "held")?;
    let mut cached = place::rusqlite(&place, "cached")?;
    let mut contenders: Vec<Named<'_>> = vec![
        ("rusqlite, held", Box::new(raw::Held::new(&held)?)),
        ("rusqlite, prepare_cached", Box::new(raw::Cached::new(&mut cached))),
        ("Peristyle", Box::new(by_peristyle::Peristyle::new(&place)?)),
        ("Diesel", Box::new(by_diesel::Diesel::new(&place)?)),
        ("sqlx", Box::new(by_sqlx::Sqlx::new(&runtime, &place)?)),
        ("SeaORM", Box::new(by_sea_orm::SeaOrm::new(&runtime, &place)?)),
    ];
    let mut first = true;
    contenders
        .retain(|(name, _)| std::mem::take(&mut first) || name.contains(&arguments.contender));

    println!("Machine: {}.", measure::machine());
    println!("Versions: {}.", versions::versions());
    println!(
        "Databases: {}; {}. Processor time, medians of {} interleaved samples.\n",
        if arguments.file { "files" } else { "in memory" },
        place.settings(),
        arguments.rounds
    );
    println!("{}", report(&arguments, &mut contenders)?);
    Ok(())
}

fn report(arguments: &Arguments, contenders: &mut [Named<'_>]) -> Result<Table, Failure> {
    let names = contenders.iter().map(|(name, _)| (*name).to_owned());
    let mut table = Table::new(
        ["question".to_owned(), "rusqlite, held".to_owned()].into_iter().chain(names.skip(1)),
    );
    for question in Question::ALL.into_iter().filter(|q| q.name().contains(&arguments.only)) {
        let samples = ask(question, arguments.rounds, contenders)?;
        let anchor = samples[0].cpu().unwrap_or_default();
        let others = samples[1..].iter().map(|s| ratio(s.cpu().unwrap_or_default(), anchor));
        table.row([question.name().to_owned(), duration(anchor)].into_iter().chain(others));
    }
    Ok(table)
}

/// Asks everybody in turns; an answer that differs from the first contender's is an error.
fn ask(
    question: Question,
    rounds: usize,
    contenders: &mut [Named<'_>],
) -> Result<Vec<Samples>, Failure> {
    let mut right = None;
    let answers = interleave(contenders.len(), rounds, |number| {
        let (name, contender) = &mut contenders[number];
        let (spent, digest) =
            contender.sample(question).map_err(|error| format!("{name}: {error}"))?;
        if *right.get_or_insert(digest) != digest {
            return Err(format!("{name} answers {:?} otherwise than the others", question.name()));
        }
        Ok(spent)
    });
    Ok(answers.into_iter().collect::<Result<_, _>>()?)
}

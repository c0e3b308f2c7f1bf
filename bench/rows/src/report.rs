//! The tables of a run: medians and ratios, and what was aimed at.

use std::fmt::Write;
use std::time::Duration;

use measure::{Samples, Table, duration, interleave, ratio};
use scenarios::{Absent, Crowd, Engine, Entrant, Failure, Question};

/// A contender and its name in the report.
pub type Named<'a> = (&'static str, Box<dyn Entrant + 'a>);

/// A contender for a crowd and its name in the report. It is made when its turn comes and goes after it, so that no more
/// connections are open than those of one contender.
pub type NamedCrowd<'a> = (&'static str, MakeCrowd<'a>);

/// Makes a contender for a crowd.
pub type MakeCrowd<'a> = Box<dyn FnOnce() -> Result<Box<dyn Crowd + 'a>, Failure> + 'a>;

/// What of a contender's name says that it is ours.
const OURS: &str = "Peristyle";

/// What of a sample is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    /// The median of the processor time.
    Cpu,
    /// The median by the clock on the wall.
    Wall,
    /// What nine samples of ten took longer than, by the clock on the wall.
    Fast,
}

impl Measured {
    fn of(self, samples: &Samples) -> Option<Duration> {
        match self {
            Self::Cpu => samples.cpu(),
            Self::Wall => samples.wall(),
            Self::Fast => samples.fast(),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Cpu => "Processor time of the program, medians",
            Self::Wall => "Time on the wall, medians",
            Self::Fast => "Time on the wall, the fastest tenth",
        }
    }

    /// What stands in the report: in one process the processor's time says most; with a server, what one waits for.
    fn shown(engine: Engine) -> &'static [Self] {
        match engine {
            Engine::Sqlite => &[Self::Cpu, Self::Wall],
            Engine::Postgres => &[Self::Wall, Self::Fast, Self::Cpu],
        }
    }
}

/// One question's samples, a contender each; none where it cannot be asked.
type Row = (Question, Vec<Option<Samples>>);

/// Asks everybody everything.
pub fn report(
    engine: Engine,
    rounds: usize,
    only: &str,
    contenders: &mut [Named<'_>],
) -> Result<String, Failure> {
    let mut rows = Vec::new();
    for question in Question::all(engine).into_iter().filter(|q| q.name().contains(only)) {
        rows.push((question, ask(engine, question, rounds, contenders)?));
    }
    let names: Vec<&str> = contenders.iter().map(|(name, _)| *name).collect();
    let mut text = String::new();
    for (number, &measured) in Measured::shown(engine).iter().enumerate() {
        writeln!(text, "{}:\n\n{}", measured.title(), table(engine, measured, &names, &rows))?;
        if number == 0 {
            writeln!(text, "{}", verdicts(engine, measured, &names, &rows))?;
        }
    }
    Ok(text)
}

fn table(engine: Engine, measured: Measured, names: &[&str], rows: &[Row]) -> Table {
    let headings = ["question", names[0], "aim"].into_iter().chain(names[1..].iter().copied());
    let mut table = Table::new(headings);
    for (question, samples) in rows {
        let times: Vec<Option<Duration>> =
            samples.iter().map(|samples| measured.of(samples.as_ref()?)).collect();
        let anchor = times[0].unwrap_or_default();
        let aim = question.aim(engine).map_or_else(String::new, |aim| format!("{aim:.2}×"));
        let others = times[1..].iter().map(|time| match time {
            Some(time) => ratio(*time, anchor),
            None => "–".to_owned(),
        });
        table.row([question.name(), duration(anchor), aim].into_iter().chain(others));
    }
    table
}

/// What was aimed at and missed, and who was faster.
fn verdicts(engine: Engine, measured: Measured, names: &[&str], rows: &[Row]) -> String {
    let (mut met, mut text) = (0, String::new());
    for (question, samples) in rows {
        let time = |number: usize| Some(measured.of(samples[number].as_ref()?)?.as_secs_f64());
        let numbers = || 1..names.len();
        let fastest = |ours: bool| {
            let of =
                numbers().filter(|&n| names[n].starts_with(OURS) == ours && !by_hand(names[n]));
            let times = of.filter_map(|n| Some((time(n)?, names[n])));
            times.min_by(|one, other| one.0.total_cmp(&other.0))
        };
        let (Some(anchor), Some((ours, door))) = (time(0), fastest(true)) else { continue };
        let ratio = ours / anchor;
        if let Some(aim) = question.aim(engine) {
            // What is written down has two digits.
            if (ratio * 100.0).round() <= (aim * 100.0).round() {
                met += 1;
            } else {
                let name = question.name();
                let _ =
                    writeln!(text, "- missed: {name}: {ratio:.2}× by {door}, aimed at {aim:.2}×");
            }
        }
        if let Some((theirs, name)) = fastest(false).filter(|(theirs, _)| *theirs < ours) {
            let (question, behind) = (question.name(), ours / theirs);
            let _ = writeln!(text, "- behind {name}: {question}: {behind:.2} times as long");
        }
    }
    format!("Aims met: {met}.\n{text}")
}

/// The raw driver is no contender's library.
fn by_hand(name: &str) -> bool {
    name.starts_with("rusqlite") || name.starts_with("tokio-postgres")
}

/// Asks everybody in turns; an answer that differs from the first contender's is an error.
fn ask(
    engine: Engine,
    question: Question,
    rounds: usize,
    contenders: &mut [Named<'_>],
) -> Result<Vec<Option<Samples>>, Failure> {
    let mut right = None;
    let answers = interleave(contenders.len(), rounds, |number| {
        let (name, contender) = &mut contenders[number];
        let (spent, digest) = match contender.sample(engine, question) {
            Ok(sampled) => sampled,
            Err(error) if error.is::<Absent>() => return Err(None),
            Err(error) => return Err(Some(format!("{name}: {}: {error}", question.name()))),
        };
        if *right.get_or_insert(digest) != digest {
            return Err(Some(format!(
                "{name} answers {:?} otherwise than the others",
                question.name()
            )));
        }
        Ok(spent)
    });
    let sampled = answers.into_iter().map(|answer| match answer {
        Ok(samples) => Ok(Some(samples)),
        Err(None) => Ok(None),
        Err(Some(words)) => Err(words.into()),
    });
    sampled.collect()
}

/// Lets crowds at the rows, each contender's `rounds` times.
pub fn crowds(
    time: Duration,
    rounds: usize,
    contenders: Vec<NamedCrowd<'_>>,
) -> Result<Table, Failure> {
    let mut table = Table::new([
        "contender",
        "reads a second",
        "99 reads of 100 took at most",
        "writes a second",
        "99 writes of 100 took at most",
    ]);
    for (name, make) in contenders {
        let said = |error: Failure| format!("{name}: {error}");
        let mut contender = make().map_err(said)?;
        let mut crowded = Vec::new();
        for _ in 0..rounds {
            crowded.push(contender.crowd(time).map_err(said)?);
        }
        crowded.sort_by(|one, other| one.reads_per_second().total_cmp(&other.reads_per_second()));
        let Some(middle) = crowded.get(crowded.len() / 2) else { continue };
        let writes = middle.writes as f64 / middle.time.as_secs_f64();
        table.row([
            name.to_owned(),
            format!("{:.0}", middle.reads_per_second()),
            duration(middle.slow_read),
            format!("{writes:.0}"),
            duration(middle.slow_write),
        ]);
    }
    Ok(table)
}

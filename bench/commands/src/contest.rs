//! One question, asked of several tools in turns.

use std::time::Duration;

use measure::{Samples, Spent, Table, duration, interleave, ratio};
use tools::Error;

/// One tool's way of answering the question.
pub struct Contender<'a> {
    /// The command as a person would type it.
    pub name: String,
    /// Makes the ground ready, untimed, then runs the command and says what it spent.
    pub run: Box<dyn FnMut() -> Result<Spent, Error> + 'a>,
}

impl<'a> Contender<'a> {
    /// A contender.
    pub fn new(name: impl Into<String>, run: impl FnMut() -> Result<Spent, Error> + 'a) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }
}

/// What Peristyle, the first contender, should reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// To take less than this, by the clock on the wall.
    Under(Duration),
    /// To be this many times as fast as the contender at that place.
    Faster(f64, usize),
    /// To take at most this many times what the contender at that place takes.
    AtMost(f64, usize),
}

/// One question.
pub struct Contest<'a> {
    /// What is asked.
    pub title: String,
    /// Who answers, Peristyle first.
    pub contenders: Vec<Contender<'a>>,
    /// What Peristyle should reach.
    pub aims: Vec<Aim>,
}

impl Contest<'_> {
    /// Takes `rounds` samples of each and writes the table of the answers, and whether the aims are met.
    pub fn hold(mut self, rounds: usize) -> String {
        let answers =
            interleave(self.contenders.len(), rounds, |number| (self.contenders[number].run)());
        let mut table =
            Table::new(["command", "wall", "cpu", "wall ÷ Peristyle", "cpu ÷ Peristyle"]);
        let mut failures = String::new();
        for (contender, answer) in self.contenders.iter().zip(&answers) {
            match answer {
                Ok(samples) => table.row(cells(&contender.name, samples, answers[0].as_ref().ok())),
                Err(error) => {
                    table.row([contender.name.as_str(), "failed", "-", "-", "-"]);
                    failures.push_str(&format!("\n{}: {error}\n", contender.name));
                }
            }
        }
        let aims: String =
            self.aims.iter().map(|aim| verdict(*aim, &self.contenders, &answers)).collect();
        let aims = if aims.is_empty() { aims } else { format!("\n{aims}") };
        format!("### {}\n\n{table}{aims}{failures}", self.title)
    }
}

fn cells(name: &str, samples: &Samples, first: Option<&Samples>) -> [String; 5] {
    let wall = samples.wall().unwrap_or_default();
    let cpu = samples.cpu().unwrap_or_default();
    let against = |own: Duration, base: Option<Duration>| {
        base.map_or_else(|| "-".to_owned(), |base| ratio(own, base))
    };
    [
        name.to_owned(),
        duration(wall),
        duration(cpu),
        against(wall, first.and_then(Samples::wall)),
        against(cpu, first.and_then(Samples::cpu)),
    ]
}

fn verdict(aim: Aim, contenders: &[Contender<'_>], answers: &[Result<Samples, Error>]) -> String {
    let wall = |number: usize| answers.get(number)?.as_ref().ok()?.wall().map(|w| w.as_secs_f64());
    let Some(own) = wall(0) else { return String::new() };
    let (words, met) = match aim {
        Aim::Under(limit) => (format!("under {}", duration(limit)), own < limit.as_secs_f64()),
        Aim::Faster(times, other) => {
            let Some(peer) = wall(other) else { return String::new() };
            (
                format!("at least {times} times as fast as {}", contenders[other].name),
                peer >= own * times,
            )
        }
        Aim::AtMost(times, other) => {
            let Some(peer) = wall(other) else { return String::new() };
            (format!("at most {times} times {}", contenders[other].name), own <= peer * times)
        }
    };
    format!("- Aim: {words}: {}.\n", if met { "met" } else { "**missed**" })
}

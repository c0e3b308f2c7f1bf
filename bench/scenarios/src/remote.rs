//! Contenders in a program of their own, spoken to by lines of text: one question a line, one answer a line.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use measure::Spent;

use crate::crowd::{Crowd, Crowded};
use crate::{Absent, Engine, Entrant, Failure, Question};

/// What asks for the crowd instead of a question.
const CROWD: &str = "crowd";
/// What answers where there is no way to ask.
const ABSENT: &str = "absent";

/// A contender in another program, which calls [`serve`].
#[derive(Debug)]
pub struct Remote {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Remote {
    /// Starts it.
    ///
    /// # Errors
    /// If the program does not start.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let ask = child.stdin.take();
        let answers = child.stdout.take().ok_or("the program has no output")?;
        Ok(Self { child, ask, answers: BufReader::new(answers) })
    }

    fn ask(&mut self, line: &str) -> Result<Vec<u64>, Failure> {
        let ask = self.ask.as_mut().ok_or("the program has no input")?;
        writeln!(ask, "{line}")?;
        ask.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        let answer = answer.trim();
        if answer == ABSENT {
            return Err(Box::new(Absent));
        }
        let numbers: Result<Vec<u64>, _> = answer.split(' ').map(str::parse).collect();
        numbers.map_err(|_| if answer.is_empty() { "it ended" } else { answer }.into())
    }
}

impl Drop for Remote {
    /// Without input the other program ends by itself.
    fn drop(&mut self) {
        self.ask = None;
        let _ = self.child.wait();
    }
}

impl Entrant for Remote {
    fn sample(&mut self, _: Engine, question: Question) -> Result<(Spent, u64), Failure> {
        match *self.ask(&question.name())? {
            [wall, cpu, digest] => {
                let (wall, cpu) = (Duration::from_nanos(wall), Duration::from_nanos(cpu));
                Ok((Spent { wall, cpu }, digest))
            }
            _ => Err("three numbers were expected".into()),
        }
    }
}

impl Crowd for Remote {
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure> {
        Crowded::from_numbers(&self.ask(&format!("{CROWD} {}", time.as_millis()))?)
    }
}

/// Answers what is asked on the standard input until it ends.
///
/// # Errors
/// If the standard streams break; a contender's own errors are answers.
pub fn serve(
    engine: Engine,
    entrant: &mut impl Entrant,
    crowd: &mut impl Crowd,
) -> Result<(), Failure> {
    let questions = Question::all(engine);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match line.strip_prefix(CROWD) {
            Some(time) => match time.trim().parse() {
                Ok(time) => crowd.crowd(Duration::from_millis(time)).map(|all| all.to_numbers()),
                Err(_) => Err("no time is given".into()),
            },
            None => match questions.iter().find(|question| question.name() == line) {
                Some(&question) => entrant.sample(engine, question).map(|(spent, digest)| {
                    vec![spent.wall.as_nanos() as u64, spent.cpu.as_nanos() as u64, digest]
                }),
                None => Err(format!("{line} is no question").into()),
            },
        };
        let words = match answer {
            Ok(numbers) => numbers.iter().map(u64::to_string).collect::<Vec<String>>().join(" "),
            Err(error) if error.is::<Absent>() => ABSENT.to_owned(),
            Err(error) => error.to_string().replace('\n', " "),
        };
        writeln!(io::stdout().lock(), "{words}")?;
    }
    Ok(())
}

//! Samples taken in turns, so that a busy moment of the machine falls on every contender.

use std::time::Duration;

use crate::Spent;

/// The samples of one contender.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<Spent>);

impl Samples {
    /// The median time by the clock on the wall.
    pub fn wall(&self) -> Option<Duration> {
        median(self.0.iter().map(|spent| spent.wall).collect())
    }

    /// What nine samples of ten took longer than, by the clock on the wall: what is left when nothing else wants the machine.
    pub fn fast(&self) -> Option<Duration> {
        let mut times: Vec<Duration> = self.0.iter().map(|spent| spent.wall).collect();
        times.sort_unstable();
        times.get(times.len() / 10).copied()
    }

    /// The median processor time.
    pub fn cpu(&self) -> Option<Duration> {
        median(self.0.iter().map(|spent| spent.cpu).collect())
    }
}

/// Samples the contenders in turns: A B C, B C A, C A B, …, each `rounds` times, after one round that is not counted.
///
/// `sample` runs the contender of that number once. The first error ends the rounds of that contender only.
pub fn interleave<E>(
    contenders: usize,
    rounds: usize,
    mut sample: impl FnMut(usize) -> Result<Spent, E>,
) -> Vec<Result<Samples, E>> {
    let mut answers: Vec<Result<Samples, E>> =
        (0..contenders).map(|_| Ok(Samples::default())).collect();
    for round in 0..=rounds {
        for turn in 0..contenders {
            let contender = (round + turn) % contenders;
            let Ok(samples) = &mut answers[contender] else { continue };
            match sample(contender) {
                Ok(spent) if round > 0 => samples.0.push(spent),
                Ok(_) => {}
                Err(error) => answers[contender] = Err(error),
            }
        }
    }
    answers
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort_unstable();
    let upper = *times.get(times.len() / 2)?;
    let lower = times[(times.len() - 1) / 2];
    Some((lower + upper) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(wall: u64) -> Spent {
        Spent { wall: Duration::from_secs(wall), cpu: Duration::ZERO }
    }

    #[test]
    fn a_median_of_an_even_count_lies_between_the_middle_two() {
        let samples = Samples([4, 1, 2, 9].map(seconds).to_vec());
        assert_eq!(samples.wall(), Some(Duration::from_secs(3)));
        assert_eq!(samples.fast(), Some(Duration::from_secs(1)));
        assert_eq!(Samples::default().wall(), None);
    }

    #[test]
    fn contenders_take_turns_and_the_first_round_does_not_count() {
        let mut order = Vec::new();
        let answers = interleave(2, 2, |contender| {
            order.push(contender);
            Ok::<_, ()>(seconds(contender as u64))
        });
        assert_eq!(order, [0, 1, 1, 0, 0, 1]);
        assert!(answers.iter().all(|answer| answer.as_ref().is_ok_and(|s| s.0.len() == 2)));
    }

    #[test]
    fn one_contender_failing_does_not_stop_the_others() {
        let answers =
            interleave(2, 3, |contender| if contender == 0 { Err("no") } else { Ok(seconds(1)) });
        assert!(answers[0].is_err());
        assert_eq!(answers[1].as_ref().map(|s| s.0.len()), Ok(3));
    }
}

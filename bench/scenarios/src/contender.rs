//! What a contender must be able to do, and how it is asked.

use std::error::Error;
use std::fmt;
use std::hint::black_box;

use measure::{Spent, of_this_process};

use crate::data::{Round, after, floors, keys, list, updated_keys};
use crate::{Answer, Digest, Engine, NewGuest, Question, WEB, new_guests};

/// An error of any contender.
pub type Failure = Box<dyn Error>;

/// What a contender has no way to say.
#[derive(Debug, Clone, Copy)]
pub struct Absent;

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no way to ask this")
    }
}

impl Error for Absent {}

/// A way of reaching the rows.
///
/// What is asked many times comes as a list, so that one that must be driven by a runtime is driven once for all of it.
/// [`Question`] says what each is.
pub trait Contender {
    /// What it takes to insert a row.
    type Guest;

    /// A row to insert, from its values. It is made before the clock starts: an application has its values in hand.
    fn guest(row: NewGuest) -> Self::Guest;
    /// A user for each of the keys, one after another.
    fn points(&mut self, keys: &[i64]) -> Result<impl Answer, Failure>;
    /// A user for each of the keys, which may be on the way together.
    fn points_together(&mut self, keys: &[i64]) -> Result<impl Answer, Failure> {
        self.points(keys)
    }
    /// The users of these keys.
    fn among(&mut self, keys: &[i64]) -> Result<impl Answer, Failure>;
    /// The users above each floor with a colour of hair and not of the name left out, by key, ten at most.
    fn filters(&mut self, floors: &[i64]) -> Result<impl Answer, Failure>;
    /// The page of users behind each name and key, by name and key.
    fn pages(&mut self, after: &[(String, i64)]) -> Result<impl Answer, Failure>;
    /// Users number 1 to `most`.
    fn load(&mut self, most: i64) -> Result<impl Answer, Failure>;
    /// Users number 101 to 100 + `rows`, by key, each with its post or none.
    fn join(&mut self, rows: i64) -> Result<impl Answer, Failure>;
    /// Users number 1 to `roots`, each with its posts, each with its comments.
    fn tree(&mut self, roots: i64) -> Result<impl Answer, Failure>;
    /// Changes the colour of the hair of each of these users, in a statement of its own.
    fn updates(&mut self, keys: &[i64], hair: &str) -> Result<(), Failure>;
    /// Inserts all of them, in one statement or in as few as the contender makes, all or none.
    fn insert(&mut self, guests: Vec<Self::Guest>) -> Result<(), Failure>;
    /// Each in a statement of its own, all in one transaction.
    fn insert_in_transaction(&mut self, guests: Vec<Self::Guest>) -> Result<(), Failure>;
    /// What was inserted.
    fn guests(&mut self) -> Result<impl Answer, Failure>;
    /// Takes away what was inserted.
    fn forget(&mut self) -> Result<(), Failure>;
    /// For each round: a customer by its key; 50 orders behind a key with what their lines come to; the products whose names
    /// are like a pattern; a supplier with its products; an order with its lines and their products.
    fn web(&mut self, rounds: &[Round]) -> Result<impl Answer, Failure>;
}

/// A contender, whatever it decodes into.
pub trait Entrant {
    /// Asks a question once: what it cost, and a digest of the answer.
    fn sample(&mut self, engine: Engine, question: Question) -> Result<(Spent, u64), Failure>;
}

impl<C: Contender> Entrant for C {
    /// The question is asked once before the clock starts, for the answer and because the contenders before have emptied the
    /// processor's caches.
    fn sample(&mut self, engine: Engine, question: Question) -> Result<(Spent, u64), Failure> {
        let mut bound = Bound::default();
        let guests = || -> Vec<C::Guest> {
            new_guests(question.inserted()).into_iter().map(C::guest).collect()
        };
        let mut digest = Digest::new(question.is_ordered());
        ask(self, question, &bound, guests(), Some(&mut digest))?;
        bound.hair = "grey";
        let repeats = question.repeats(engine);
        let all: Vec<Vec<C::Guest>> = (0..repeats).map(|_| guests()).collect();
        let (done, spent) = of_this_process(|| {
            all.into_iter().try_for_each(|guests| ask(self, question, &bound, guests, None))
        });
        done?;
        match question {
            Question::Insert(_) | Question::Transaction => {
                self.guests()?.add(&mut digest);
                self.forget()?;
            }
            Question::Update => self.points(&bound.updated)?.add(&mut digest),
            Question::Point
            | Question::Points
            | Question::In
            | Question::Filter
            | Question::Page
            | Question::Load(_)
            | Question::Join(_)
            | Question::Tree(_)
            | Question::Web => {}
        }
        Ok((spent.each(repeats * question.pieces()), digest.finish()))
    }
}

/// What the questions are bound to.
struct Bound {
    keys: Vec<i64>,
    list: Vec<i64>,
    floors: Vec<i64>,
    after: Vec<(String, i64)>,
    updated: Vec<i64>,
    hair: &'static str,
}

impl Default for Bound {
    fn default() -> Self {
        Self {
            keys: keys(),
            list: list(),
            floors: floors(),
            after: after(),
            updated: updated_keys(),
            hair: "brown",
        }
    }
}

fn ask<C: Contender>(
    contender: &mut C,
    question: Question,
    bound: &Bound,
    guests: Vec<C::Guest>,
    digest: Option<&mut Digest>,
) -> Result<(), Failure> {
    match question {
        Question::Point => finish(contender.points(&bound.keys)?, digest),
        Question::Points => finish(contender.points_together(&bound.keys[..20])?, digest),
        Question::In => finish(contender.among(&bound.list)?, digest),
        Question::Filter => finish(contender.filters(&bound.floors)?, digest),
        Question::Page => finish(contender.pages(&bound.after)?, digest),
        Question::Load(most) => finish(contender.load(most)?, digest),
        Question::Join(rows) => finish(contender.join(rows)?, digest),
        Question::Tree(roots) => finish(contender.tree(roots)?, digest),
        Question::Update => contender.updates(&bound.updated, bound.hair)?,
        Question::Insert(_) => contender.insert(guests)?,
        Question::Transaction => contender.insert_in_transaction(guests)?,
        Question::Web => finish(contender.web(&WEB)?, digest),
    }
    Ok(())
}

/// What was asked for is all there: the compiler may not leave it out.
fn finish(answer: impl Answer, digest: Option<&mut Digest>) {
    if let Some(digest) = digest {
        answer.add(digest);
    }
    black_box(answer);
}

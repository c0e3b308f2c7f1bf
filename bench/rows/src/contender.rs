//! What a contender must be able to do, and how it is asked.

use std::error::Error;
use std::hint::black_box;

use measure::{Spent, of_this_process};

use crate::question::{NewUser, Question, ROWS, new_users};

/// An error of any contender.
pub type Failure = Box<dyn Error>;

/// A row as a contender decodes it: a struct of its own that owns its text.
pub trait Row {
    /// Its key.
    fn id(&self) -> i64;
    /// Its name.
    fn name(&self) -> &str;
    /// The colour of the hair.
    fn hair_color(&self) -> Option<&str>;
}

/// A way of reaching the rows.
pub trait Contender {
    /// What it decodes a row into.
    type User: Row;
    /// What it takes to insert a row.
    type New;

    /// A row to insert, from its values. It is made before the clock starts: an application has its values in hand.
    fn new_row(row: NewUser) -> Self::New;
    /// One row for each of the keys.
    fn points(&mut self) -> Result<Vec<Self::User>, Failure>;
    /// All rows.
    fn load(&mut self) -> Result<Vec<Self::User>, Failure>;
    /// The rows of every filter.
    fn filters(&mut self) -> Result<Vec<Self::User>, Failure>;
    /// Each row in a statement and transaction of its own.
    fn insert_each(&mut self, rows: Vec<Self::New>) -> Result<(), Failure>;
    /// All rows in one statement.
    fn insert_many(&mut self, rows: Vec<Self::New>) -> Result<(), Failure>;
    /// Each row in a statement of its own, all in one transaction.
    fn insert_in_transaction(&mut self, rows: Vec<Self::New>) -> Result<(), Failure>;
    /// Deletes the rows that were inserted and says how many they were.
    fn forget(&mut self) -> Result<u64, Failure>;
}

/// A contender with its name, whatever it decodes into.
pub trait Entrant {
    /// Asks a question once: what it cost, and a digest of the answer.
    fn sample(&mut self, question: Question) -> Result<(Spent, u64), Failure>;
}

impl<C: Contender> Entrant for C {
    /// The question is asked once before the clock starts: the contenders before have emptied the processor's caches.
    fn sample(&mut self, question: Question) -> Result<(Spent, u64), Failure> {
        let rows = || -> Vec<C::New> { new_users(ROWS, 100).into_iter().map(C::new_row).collect() };
        ask(self, question, rows())?;
        let rows: Vec<Vec<C::New>> = (0..question.repeats()).map(|_| rows()).collect();
        let (answer, spent) = of_this_process(|| {
            let mut answer = Vec::new();
            for rows in rows {
                answer = black_box(ask(self, question, rows)?);
            }
            Ok::<_, Failure>(answer)
        });
        let answer = answer?;
        let digest = match question {
            Question::Point | Question::Load | Question::Filter => digest(&answer),
            Question::InsertOne | Question::InsertMany | Question::Transaction => {
                digest(&self.load()?) ^ self.forget()?
            }
        };
        Ok((spent.each(question.pieces()), digest))
    }
}

fn ask<C: Contender>(
    contender: &mut C,
    question: Question,
    rows: Vec<C::New>,
) -> Result<Vec<C::User>, Failure> {
    match question {
        Question::Point => contender.points(),
        Question::Load => contender.load(),
        Question::Filter => contender.filters(),
        Question::InsertOne => contender.insert_each(rows).map(|()| Vec::new()),
        Question::InsertMany => contender.insert_many(rows).map(|()| Vec::new()),
        Question::Transaction => contender.insert_in_transaction(rows).map(|()| Vec::new()),
    }
}

/// FNV-1a over what the rows hold, in their order: equal answers have equal digests.
fn digest<R: Row>(rows: &[R]) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for row in rows {
        add(&row.id().to_le_bytes());
        add(row.name().as_bytes());
        add(row.hair_color().map_or(&[0xff], str::as_bytes));
        add(&[0xfe]);
    }
    digest
}

/// Says how a struct with the three fields shows them.
macro_rules! row {
    ($type:ty) => {
        impl $crate::contender::Row for $type {
            fn id(&self) -> i64 {
                self.id
            }
            fn name(&self) -> &str {
                &self.name
            }
            fn hair_color(&self) -> Option<&str> {
                self.hair_color.as_deref()
            }
        }
    };
}
pub(crate) use row;

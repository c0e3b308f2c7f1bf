//! Several statements in one go.

use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use crate::door::{Access, Door, Work};
use crate::statement::Statement;
use crate::{Connection, Error, Result};

/// Statements that are run together: see [`Connection::batch`].
///
/// Every statement that runs through `&Batch` gives a [`Later`], which the batch makes the statement's result.
pub struct Batch {
    steps: RefCell<Vec<Box<dyn Step>>>,
}

/// The result of a statement of a [`Batch`]: it is there when the batch has run.
#[must_use = "the closure of a batch gives back what its results are wanted of"]
pub struct Later<R> {
    place: Place,
    of: PhantomData<fn() -> R>,
}

/// Where a result is put when it is there.
type Place = Arc<Mutex<Option<Box<dyn Any + Send>>>>;

/// What the closure of a batch gives back: a [`Later`], a tuple of them, a list of them, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what comes of a batch",
    label = "expected results of statements that run through the batch, as a tuple or a `Vec`"
)]
pub trait Answers: Send + 'static {
    /// The results.
    type Out: Send + 'static;

    /// The results, when they are there.
    #[doc(hidden)]
    fn collect(self) -> Result<Self::Out>;
}

impl Door for &Batch {
    type Outcome<R: Send + 'static> = Later<R>;

    fn perform<W: Work>(self, work: W) -> Later<W::Output> {
        let place = Place::default();
        self.steps.borrow_mut().push(Box::new(Put { work, place: Arc::clone(&place) }));
        Later { place, of: PhantomData }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("statements", &self.steps.borrow().len()).finish()
    }
}

impl<R> fmt::Debug for Later<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

/// Work whose result is put somewhere.
trait Step: Send {
    fn access(&self) -> Access;

    /// The one statement that it is, where that is all.
    fn statement(&self) -> Option<Cow<'_, Statement>>;

    fn run(self: Box<Self>, connection: &Connection) -> Result<()>;
}

struct Put<W> {
    work: W,
    place: Place,
}

impl<W: Work> Step for Put<W> {
    fn access(&self) -> Access {
        W::ACCESS
    }

    fn statement(&self) -> Option<Cow<'_, Statement>> {
        self.work.statement()
    }

    fn run(self: Box<Self>, connection: &Connection) -> Result<()> {
        let Self { work, place } = *self;
        let output = work.run(connection)?;
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(output));
        Ok(())
    }
}

/// A batch that is ready to run.
pub(crate) struct Gathered<A> {
    steps: Vec<Box<dyn Step>>,
    answers: A,
}

impl<A: Answers> Gathered<A> {
    pub(crate) fn of(gather: impl FnOnce(&Batch) -> A) -> Self {
        let batch = Batch { steps: RefCell::default() };
        let answers = gather(&batch);
        Self { steps: batch.steps.into_inner(), answers }
    }

    pub(crate) fn access(&self) -> Access {
        let writes = self.steps.iter().any(|step| step.access() == Access::Write);
        if writes { Access::Write } else { Access::Read }
    }

    /// Runs the statements in order: all of them, or none if one of them fails.
    pub(crate) fn run(self, connection: &Connection) -> Result<A::Out> {
        if self.access() == Access::Read {
            match run_together(&self.steps, connection) {
                Some(Ok(together)) => {
                    run_each(self.steps, connection).map_err(|error| again(error, connection))?;
                    together.finish()?;
                }
                Some(Err(error)) => return Err(error),
                None => run_each(self.steps, connection)?,
            }
            return self.answers.collect();
        }
        let transaction = connection.begin()?;
        match run_together(&self.steps, &transaction) {
            Some(together) => {
                let together = together?;
                run_each(self.steps, &transaction).map_err(|error| again(error, &transaction))?;
                together.finish()?;
            }
            None => run_each(self.steps, &transaction)?,
        }
        transaction.commit()?;
        self.answers.collect()
    }
}

/// Says all statements at once; nothing where that is of no use, or where one of them is more than a statement.
fn run_together<'c>(
    steps: &[Box<dyn Step>],
    connection: &'c Connection,
) -> Option<Result<crate::postgres::Together<'c>>> {
    let mut together = connection.engine.together(false)?;
    let statements: Vec<Cow<'_, Statement>> =
        steps.iter().map(|step| step.statement()).collect::<Option<_>>()?;
    let statements: Vec<&Statement> = statements.iter().map(AsRef::as_ref).collect();
    if statements.is_empty() {
        return None;
    }
    Some(together.say(&statements, true).map(|()| together))
}

/// A statement that was prepared before its tables changed is prepared anew when it is run again.
fn again(error: Error, connection: &Connection) -> Error {
    if connection.engine.take_stale() {
        Error::Conflict { message: error.to_string() }
    } else {
        error
    }
}

fn run_each(steps: Vec<Box<dyn Step>>, connection: &Connection) -> Result<()> {
    steps.into_iter().try_for_each(|step| step.run(connection))
}

impl<R: Send + 'static> Answers for Later<R> {
    type Out = R;

    fn collect(self) -> Result<R> {
        let answer = self.place.lock().unwrap_or_else(PoisonError::into_inner).take();
        let answer = answer.and_then(|answer| answer.downcast().ok());
        answer.map(|answer| *answer).ok_or_else(|| Error::Interrupted {
            reason: "a statement of another batch has no result here".to_owned(),
        })
    }
}

impl<A: Answers> Answers for Vec<A> {
    type Out = Vec<A::Out>;

    fn collect(self) -> Result<Self::Out> {
        self.into_iter().map(A::collect).collect()
    }
}

impl<A: Answers, const N: usize> Answers for [A; N] {
    type Out = Vec<A::Out>;

    fn collect(self) -> Result<Self::Out> {
        self.into_iter().map(A::collect).collect()
    }
}

impl<A: Answers> Answers for Option<A> {
    type Out = Option<A::Out>;

    fn collect(self) -> Result<Self::Out> {
        self.map(A::collect).transpose()
    }
}

impl Answers for () {
    type Out = ();

    fn collect(self) -> Result<()> {
        Ok(())
    }
}

macro_rules! tuples {
    ($($answer:ident $at:tt),+) => {
        impl<$($answer: Answers),+> Answers for ($($answer,)+) {
            type Out = ($($answer::Out,)+);

            fn collect(self) -> Result<Self::Out> {
                Ok(($(self.$at.collect()?,)+))
            }
        }
    };
}

tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

impl Connection {
    /// Runs several statements in order, all of them or none, in one go: on PostgreSQL without waiting for the answer to one
    /// before the next is asked, so that they take one round trip, or two if one of them writes.
    ///
    /// ```ignore
    /// let (user, posts) = db.batch(|batch| (User::get(1).one(batch), Post::all().limit(10).all(batch)))?;
    /// let users = db.batch(|batch| ids.map(|id| User::get(id).optional(batch)).collect::<Vec<_>>())?;
    /// ```
    pub fn batch<A: Answers>(&self, gather: impl FnOnce(&Batch) -> A) -> Result<A::Out> {
        Gathered::of(gather).run(self)
    }
}

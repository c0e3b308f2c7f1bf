//! Doing again what another's lock has prevented, for a while.

use std::time::{Duration, Instant};

use peristyle_driver::{Connection, Error as DriverError};

use crate::{Error, Event, Progress, room};

/// The first pause; each is twice as long as the one before.
const FIRST: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(3);

/// Tries until it works, fails for another reason, or the time is over. Whoever waits for a lock makes others wait behind it, so a
/// single try is short where that is so.
pub(crate) fn until<T>(
    connection: &mut dyn Connection,
    patience: Duration,
    progress: Progress<'_>,
    mut attempt: impl FnMut(&mut dyn Connection, Progress<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let end = Instant::now() + patience;
    connection.set_lock_timeout(room::of(connection.dialect().name()).one_wait(patience))?;
    let mut pause = FIRST;
    loop {
        match attempt(connection, progress) {
            Err(error) if may_work_later(&error) && Instant::now() + pause < end => {
                progress(Event::Waiting { reason: error.to_string(), pause });
                std::thread::sleep(pause);
                pause = (pause * 2).min(LONGEST);
            }
            done => return done,
        }
    }
}

/// Whether another one was in the way, and nothing of what was tried remains.
fn may_work_later(error: &Error) -> bool {
    let collided =
        |error: &DriverError| matches!(error, DriverError::Locked(_) | DriverError::Conflict(_));
    match error {
        Error::Database(error) => collided(error),
        Error::Statement(failure) => collided(&failure.error),
        // It goes on from where it stopped.
        Error::HalfWay(half) => may_work_later(&half.error),
        _ => false,
    }
}

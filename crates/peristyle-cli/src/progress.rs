//! What happens meanwhile, told as it happens.

use std::time::Duration;

use peristyle_migrate::{Direction, Event};

use crate::output::Output;
use crate::render::{FAINT, GOOD, WARN, plain, styled};

/// Tells an event in a line.
pub fn tell(output: &Output, event: &Event) {
    match event {
        Event::Finished { id, direction, took } => {
            let word = match direction {
                Direction::Up => "applied",
                Direction::Down => "taken back",
            };
            let took = styled(FAINT, duration(*took));
            output.say(&format!("{} {id}  {took}", styled(GOOD, word)));
        }
        Event::AppliedByAnother { id } => {
            output.say(&format!("{} {id}", styled(FAINT, "applied meanwhile by another process:")));
        }
        Event::Warned { warning } => output.notes(std::slice::from_ref(warning)),
        Event::Drifted { differences } => {
            output.say(&styled(WARN, "the database is not what its history makes of it:"));
            for difference in differences {
                output.say(&format!("  {}", plain(difference)));
            }
        }
        Event::Waiting { reason, pause } => {
            let again = format!("{}; again in {}", plain(reason), duration(*pause));
            output.say(&styled(WARN, again));
        }
        // The report at the end says it all; a line for each would only scroll it away.
        _ => {}
    }
}

/// A duration as a person reads it.
pub fn duration(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds >= 1.0 { format!("{seconds:.1} s") } else { format!("{:.1} ms", seconds * 1000.0) }
}

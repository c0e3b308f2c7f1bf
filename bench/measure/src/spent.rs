//! What a piece of work took.

use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

/// What a piece of work took: by the clock on the wall, and of the processor on all its threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// From beginning to end.
    pub wall: Duration,
    /// Of the processor, in user and kernel mode.
    pub cpu: Duration,
}

impl Spent {
    /// The cost of one of `times` equal pieces.
    #[must_use]
    pub fn each(self, times: u32) -> Self {
        Self { wall: self.wall / times, cpu: self.cpu / times }
    }
}

/// Runs `work` and says what this process spent on it, all its threads together.
pub fn of_this_process<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let (wall, cpu) = (Instant::now(), own_cpu());
    let answer = work();
    let spent = Spent { wall: wall.elapsed(), cpu: own_cpu().saturating_sub(cpu) };
    (answer, spent)
}

/// Runs `work` and says what the child processes that ended in it spent.
pub fn of_children<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let (wall, cpu) = (Instant::now(), children_cpu());
    let answer = work();
    let spent = Spent { wall: wall.elapsed(), cpu: children_cpu().saturating_sub(cpu) };
    (answer, spent)
}

/// Linux and the BSDs always have this clock; a system without it counts no processor time.
fn own_cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map(Duration::from).unwrap_or_default()
}

fn children_cpu() -> Duration {
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return Duration::ZERO };
    let spent = usage.user_time() + usage.system_time();
    Duration::from_micros(spent.num_microseconds().unsigned_abs())
}

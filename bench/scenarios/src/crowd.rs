//! 32 readers at once and one writer among them.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::Failure;
use crate::data::keys;

/// How many read at once.
pub const READERS: usize = 32;

/// How many connections to a server a pool has for them.
pub const POOL: usize = 16;

/// The writer rests so long after each row, so that every contender's readers meet equally many writes.
pub const REST: Duration = Duration::from_millis(2);

/// A way to let a crowd at the rows.
pub trait Crowd {
    /// 32 readers ask for one user by key after another, while a writer inserts a guest every few milliseconds; at the end
    /// the guests are taken away.
    ///
    /// # Errors
    /// If one of them fails.
    fn crowd(&mut self, time: Duration) -> Result<Crowded, Failure>;
}

/// What came of a crowd.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crowded {
    /// How long it took.
    pub time: Duration,
    /// How many rows were read.
    pub reads: u64,
    /// How long the slowest read of a hundred took.
    pub slow_read: Duration,
    /// How many rows were written.
    pub writes: u64,
    /// How long the slowest write of a hundred took.
    pub slow_write: Duration,
}

impl Crowded {
    /// From how long each read and each write took.
    pub fn new(time: Duration, mut reads: Vec<Duration>, mut writes: Vec<Duration>) -> Self {
        Self {
            time,
            reads: reads.len() as u64,
            slow_read: slow(&mut reads),
            writes: writes.len() as u64,
            slow_write: slow(&mut writes),
        }
    }

    /// How many rows were read in a second.
    pub fn reads_per_second(&self) -> f64 {
        self.reads as f64 / self.time.as_secs_f64()
    }

    pub(crate) fn to_numbers(&self) -> Vec<u64> {
        let nanoseconds = |time: Duration| time.as_nanos() as u64;
        vec![
            nanoseconds(self.time),
            self.reads,
            nanoseconds(self.slow_read),
            self.writes,
            nanoseconds(self.slow_write),
        ]
    }

    pub(crate) fn from_numbers(numbers: &[u64]) -> Result<Self, Failure> {
        let [time, reads, slow_read, writes, slow_write] = *numbers else {
            return Err("five numbers were expected".into());
        };
        let [time, slow_read, slow_write] = [time, slow_read, slow_write].map(Duration::from_nanos);
        Ok(Self { time, reads, slow_read, writes, slow_write })
    }
}

/// The 99th of a hundred.
fn slow(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

/// When a crowd goes home.
#[derive(Debug, Default)]
struct Stop(AtomicBool);

impl Stop {
    fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_now(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A crowd of threads: each reader and the writer is made on its own thread, with a connection of its own.
///
/// # Errors
/// The first error of any of them.
pub fn threads<R, W>(
    time: Duration,
    reader: impl Fn() -> Result<R, Failure> + Sync,
    writer: impl FnOnce() -> Result<W, Failure> + Send,
) -> Result<Crowded, Failure>
where
    R: FnMut(i64) -> Result<(), Failure>,
    W: FnMut() -> Result<(), Failure>,
{
    let stop = Stop::default();
    let ready = Barrier::new(READERS + 2);
    let said = |error: Failure| error.to_string();
    thread::scope(|scope| {
        let read = |number: usize| {
            let made = reader();
            ready.wait();
            let mut read = made?;
            let mut times = Vec::with_capacity(1 << 16);
            for key in keys().into_iter().cycle().skip(number) {
                if stop.is_now() {
                    break;
                }
                let start = Instant::now();
                read(key)?;
                times.push(start.elapsed());
            }
            Ok::<_, Failure>(times)
        };
        let write = || {
            let made = writer();
            ready.wait();
            let mut write = made?;
            let mut times = Vec::new();
            while !stop.is_now() {
                let start = Instant::now();
                write()?;
                times.push(start.elapsed());
                thread::sleep(REST);
            }
            Ok::<_, Failure>(times)
        };
        let readers: Vec<_> =
            (0..READERS).map(|number| scope.spawn(move || read(number).map_err(said))).collect();
        let writer = scope.spawn(move || write().map_err(said));
        ready.wait();
        let start = Instant::now();
        thread::sleep(time);
        stop.now();
        let time = start.elapsed();
        let mut reads = Vec::new();
        for reader in readers {
            reads.extend(reader.join().map_err(|_| "a reader panicked")??);
        }
        let writes = writer.join().map_err(|_| "the writer panicked")??;
        Ok(Crowded::new(time, reads, writes))
    })
}

/// A crowd of tasks on a runtime: `read` is told the reader's number and a key.
///
/// # Errors
/// The first error of any of them.
pub fn tasks<R, RF, W, WF>(
    runtime: &Runtime,
    time: Duration,
    read: R,
    write: W,
) -> Result<Crowded, Failure>
where
    R: Fn(usize, i64) -> RF + Clone + Send + Sync + 'static,
    RF: Future<Output = Result<(), String>> + Send,
    W: Fn() -> WF + Send + Sync + 'static,
    WF: Future<Output = Result<(), String>> + Send,
{
    let stop = Arc::new(Stop::default());
    let readers = (0..READERS).map(|number| {
        let (stop, read) = (Arc::clone(&stop), read.clone());
        runtime.spawn(async move {
            let mut times = Vec::with_capacity(1 << 16);
            for key in keys().into_iter().cycle().skip(number) {
                if stop.is_now() {
                    break;
                }
                let start = Instant::now();
                read(number, key).await?;
                times.push(start.elapsed());
                // Whoever never waits for anything would keep its thread to itself.
                tokio::task::yield_now().await;
            }
            Ok::<_, String>(times)
        })
    });
    let start = Instant::now();
    let readers: Vec<_> = readers.collect();
    let writing = Arc::clone(&stop);
    let writer = runtime.spawn(async move {
        let mut times = Vec::new();
        while !writing.is_now() {
            let start = Instant::now();
            write().await?;
            times.push(start.elapsed());
            tokio::time::sleep(REST).await;
        }
        Ok::<_, String>(times)
    });
    thread::sleep(time);
    stop.now();
    let time = start.elapsed();
    runtime.block_on(async {
        let mut reads = Vec::new();
        for reader in readers {
            reads.extend(reader.await??);
        }
        Ok(Crowded::new(time, reads, writer.await??))
    })
}

//! Where the figures were taken.

use std::fs;
use std::thread::available_parallelism;

/// One line on the machine: its processor, its cores, its system, and how busy it is now.
pub fn machine() -> String {
    let processor =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor unknown".into());
    let cores = available_parallelism().map_or(1, std::num::NonZero::get);
    let system = read("/proc/sys/kernel/osrelease").unwrap_or_else(|| std::env::consts::OS.into());
    let load = read("/proc/loadavg")
        .and_then(|line| line.split(' ').next().map(str::to_owned))
        .unwrap_or_else(|| "unknown".into());
    format!("{processor}, {cores} cores, {system}, load average {load}")
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = read(path)?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

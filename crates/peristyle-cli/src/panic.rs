//! A panic is our mistake, and says so.

use std::io::Write;
use std::panic::PanicHookInfo;

use crate::exit::Exit;

/// Makes a panic end the run with a message that says whose mistake it is.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        report(info);
        std::process::exit(i32::from(Exit::Failure.code()));
    }));
}

fn report(info: &PanicHookInfo<'_>) {
    let message = info
        .payload()
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| info.payload().downcast_ref::<String>().cloned())
        .unwrap_or_default();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    // `eprintln!` would panic again where standard error cannot be written.
    let _ = writeln!(
        std::io::stderr(),
        "error[internal]: this is a mistake in Peristyle, not in what you did\n  at {place}: {message}\n\
         help: please report it with the command line; a database transaction that was open has been rolled back"
    );
}

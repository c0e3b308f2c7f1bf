//! The programs that are measured: Peristyle, drizzle-kit, the sqlite3 shell.

mod error;
mod node;
mod peristyle;
mod postgres;
mod program;
mod shell;

pub use error::Error;
pub use node::Node;
pub use peristyle::Peristyle;
pub use postgres::Postgres;
pub use program::{output, timed};
pub use shell::Shell;

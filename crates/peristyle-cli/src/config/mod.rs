//! The configuration: arguments before the environment before `.env` before peristyle.toml.

mod dotenv;
mod environment;
mod file;
mod lint;
mod project;
mod reader;

pub use environment::Disposable;
pub use project::{Database, Project};

/// The name of the configuration file.
pub const FILE_NAME: &str = "peristyle.toml";

//! Plans on the real engine: a database with rows goes there and home, and everything is accounted for.
//!
//! The two schemas are written as SQL and read back from databases made from it, so that what is planned between is what
//! people have.

mod alter;
mod convert;
mod fill;
mod keep;
mod objects;
mod rebuild;
mod refuse;
mod rename;
mod support;
mod values;

//! Random schemas, and random neighbours of them.
//!
//! Everything follows from a seed, so that whatever is found can be found again.

mod dice;
mod draft;
mod mutate;
mod names;
mod objects;
mod postgres;
mod shrink;
mod table;
mod words;

pub use dice::Dice;
pub use draft::{Draft, Pairing, pair};
pub use shrink::shrink;

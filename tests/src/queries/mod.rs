//! Random queries: each is made once as a tree, said in the typed language and, by another hand, in plain SQL with its values written out;
//! both must give the same rows.

pub mod data;
pub mod grow;
pub mod plain;
pub mod tables;
pub mod tree;
pub mod typed;
pub mod witness;

pub use self::tree::{Cond, Day, Int, Place, Real, Text};

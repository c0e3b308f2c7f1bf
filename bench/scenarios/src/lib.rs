//! What every contender of `rows` is asked, of which tables, and how an answer is compared and a sample taken.
//!
//! It knows no contender and links no database, so that one that cannot live in the same program is asked the same way from a
//! program of its own ([`remote`]).

mod answer;
mod contender;
mod crowd;
mod data;
mod question;
pub mod remote;
mod tables;

pub use answer::{Answer, Digest};
pub use contender::{Absent, Contender, Entrant, Failure};
pub use crowd::{Crowd, Crowded, POOL, READERS, tasks, threads};
pub use data::{
    LEFT_OUT, NewGuest, PAGE, Round, WEB, after, floors, keys, list, new_guests, updated_keys,
};
pub use question::{Engine, Question};
pub use tables::script;

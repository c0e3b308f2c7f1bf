//! Time spent, sampled in turns and told as medians and ratios.

mod machine;
mod rounds;
mod spent;
mod table;

pub use machine::machine;
pub use rounds::{Samples, interleave};
pub use spent::{Spent, of_children, of_this_process};
pub use table::{Table, duration, ratio};

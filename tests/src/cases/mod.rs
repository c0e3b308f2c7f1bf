//! Literate cases: pages of Markdown that are tests, and the cookbook at once.
//!
//! A page is `tests/cases/<topic>.md`. A case is a second-level heading, a sentence that says why somebody would do
//! it, and fenced blocks known by the words behind the fence:
//!
//! | block | what it is |
//! |---|---|
//! | `rust old` | the declarations before; left out, there are none |
//! | `rust new` | the declarations after |
//! | `options` | what the user decided: `allow-destructive`, `keep-data`, `rename a.b:c`, `fill a.b:value`; `only sqlite` where the texts are of one dialect |
//! | `rows`, `rows postgres` | SQL that puts rows into every table of the old schema, for all dialects or for one; left out, rows are generated |
//! | `sqlite up`, `sqlite down`, `postgres up`, `postgres down` | the SQL that is expected of a dialect, both ways |
//! | `sqlite refused`, `postgres refused` | or what is said instead |
//! | `refused` | what is said by all of them |
//!
//! The expected blocks stand at the end of a case. Blessing rewrites them.

mod check;
mod page;
mod reader;
mod words;

pub use check::{Outcome, check, later};
pub use page::{Block, Case, DIALECTS, Expectation, News, Options, Page, PageError};
pub use words::{compare, refusal};

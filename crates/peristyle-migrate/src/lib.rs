//! Migrations: sources, the migration folder, history, the runner, proof and drift.
//!
//! Every planning verb is one row of *from × to → then*: [`generate`] is migrations × declarations → file, [`push`] is
//! database × declarations → run, [`check`] is migrations × database → report, [`pull`] is database → schema and [`plan`]
//! is any × any → SQL. Nothing here prints, asks or reads the environment; what happens meanwhile is told to a callback as
//! [`Event`]s.

mod across;
mod adopt;
mod answer;
mod apply;
mod check;
mod choices;
mod contradiction;
mod declared;
mod embedded;
mod error;
mod event;
mod external;
mod folder;
mod generate;
mod history;
mod kept;
mod own;
mod planning;
mod promise;
mod proof;
mod push;
mod replay;
mod reset;
mod retry;
mod rollback;
mod room;
mod rows;
mod rules;
mod runner;
mod scratch;
mod script;
mod seed;
mod sidecar;
mod source;
mod sql;
mod status;
mod ticket;
mod way_back;
mod words;

pub use adopt::{AdoptRequest, Adopted, Baseline, OtherHistory, adopt};
pub use answer::Fill;
pub use check::{CheckReport, CheckRequest, Drift, check};
pub use choices::{Choices, DroppedData, parse_fill};
pub use embedded::{Migrations, Standing};
pub use error::{Error, ErrorKind, GuardFailure, HalfWay, StatementFailure, Verification};
pub use event::{Direction, Event, Progress};
pub use folder::{
    Folder, Header, HeaderLine, Migration, MigrationId, Parent, Part, Seal, steps_text,
};
pub use generate::{Body, GenerateRequest, Generated, GeneratedMigration, Writing, generate};
pub use history::{Applied, State};
pub use kept::{KeptTable, kept_list, kept_purge};
pub use own::without_other_histories;
pub use planning::{Planned, plan};
pub use proof::{Losses, Proof, prove, seal_filled};
pub use push::{PushOptions, Pushed, push};
pub use reset::{ResetReport, reset};
pub use rollback::{RollbackOptions, RolledBack, Until, rollback};
pub use rows::{Filled, fill};
pub use rules::{HeaderField, HeaderRules};
pub use runner::{MigrateOptions, Migrated, Run, Running, migrate, migrate_url};
pub use scratch::Scratch;
pub use seed::{Seeded, SeededScript, seed, seed_scripts};
pub use source::{Loaded, Source, load, load_pair, pull};
pub use status::{Status, StatusEntry, StatusState, status};
pub use ticket::TicketPattern;
pub use way_back::rollback_document;
pub use words::describe;

//! What only PostgreSQL's schemas have.

mod change;
mod inherit;
pub(super) mod objects;
mod partition;
mod standing;
mod table;

pub(super) use change::change;
pub(super) use inherit::inherit;
pub(super) use partition::{divide, is_divided, partitions};
pub(super) use standing::{
    COMPOSITE, DOMAIN, EXTENSION_TYPE, MOOD, NUMBERED, RANGE, Standing, TWICE, mood,
};
pub(super) use table::{documentation, enrich, enrich_index, enrich_reference, home};

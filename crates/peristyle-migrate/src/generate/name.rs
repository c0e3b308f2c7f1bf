//! The name of a migration, from what it changes.

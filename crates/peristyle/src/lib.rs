//! The crate an application depends on: declarations, typed rows and migrations of Peristyle.

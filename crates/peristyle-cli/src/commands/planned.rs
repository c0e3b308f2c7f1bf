//! The planning that commands share.

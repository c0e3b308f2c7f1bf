//! Typed rows and queries over declared tables.

//! The flags that decide.

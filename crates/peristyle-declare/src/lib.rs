//! Declarations: Rust structs to a schema and back. The only reader of attributes and the only writer of Rust.

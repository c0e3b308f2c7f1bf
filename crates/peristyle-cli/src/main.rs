//! The `peristyle` command.

fn main() {}

//! Every diagnostic's code, in one table. A test checks that no crate uses a code that is missing here.

/// A diagnostic's code and what `peristyle explain` says of it.
pub struct Code {
    /// The code.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub what: &'static str,
    /// What to do next.
    pub next: &'static str,
}

const fn code(name: &'static str, what: &'static str, next: &'static str) -> Code {
    Code { name, what, next }
}

/// The codes, in order.
pub const CODES: &[Code] = &[code(
    "config-empty",
    "A key of peristyle.toml has an empty value.",
    "Write a value, or leave the key out.",
)];

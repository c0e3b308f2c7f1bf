use std::fmt;
use std::sync::Arc;

/// Why a value does not fit its type, on the way in or out.
#[derive(Debug, Clone)]
pub enum ValueError {
    /// No value where the type demands one.
    Null,
    /// A value of another kind.
    Kind {
        /// What the type demands.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// A number outside of the type's range.
    Range {
        /// The number.
        value: String,
        /// The type.
        expected: &'static str,
    },
    /// Text that does not read as the type.
    Malformed {
        /// What the type demands.
        expected: &'static str,
        /// The text.
        found: String,
    },
    /// Text that is none of the values of an enumerated type.
    Variant {
        /// The text.
        found: String,
        /// The values there are.
        expected: &'static [&'static str],
    },
    /// JSON that does not fit the Rust type, or a Rust value that JSON cannot hold.
    Json(Arc<serde_json::Error>),
    /// A decimal number with more significant digits than the engine keeps exactly.
    Digits {
        /// The number.
        value: String,
        /// How many digits the engine keeps.
        most: u32,
    },
}

/// A value, or why it does not fit. The error stands on the heap, so that values that fit are handed on fast.
pub type Fit<T> = Result<T, Box<ValueError>>;

impl ValueError {
    /// A value of another kind than the type demands.
    pub fn kind(expected: &'static str, found: impl Into<String>) -> Self {
        Self::Kind { expected, found: found.into() }
    }

    /// Text that does not read as the type.
    pub fn malformed(expected: &'static str, found: impl Into<String>) -> Self {
        Self::Malformed { expected, found: found.into() }
    }
}

impl PartialEq for ValueError {
    /// Two errors are equal when they say the same.
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl From<serde_json::Error> for Box<ValueError> {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.into())
    }
}

impl From<serde_json::Error> for ValueError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(Arc::new(error))
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("there is no value, and the type is not `Option`"),
            Self::Kind { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Range { value, expected } => write!(f, "{value} does not fit {expected}"),
            Self::Malformed { expected, found } => write!(f, "`{found}` is not {expected}"),
            Self::Variant { found, expected } => {
                write!(f, "`{found}` is none of `{}`", expected.join("`, `"))
            }
            Self::Json(error) => write!(f, "JSON does not fit the type: {error}"),
            Self::Digits { value, most } => write!(
                f,
                "{value} has more than {most} significant digits, which this database does not keep exactly"
            ),
        }
    }
}

impl std::error::Error for ValueError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error.as_ref()),
            Self::Null
            | Self::Kind { .. }
            | Self::Range { .. }
            | Self::Malformed { .. }
            | Self::Variant { .. }
            | Self::Digits { .. } => None,
        }
    }
}

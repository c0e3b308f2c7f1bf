use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Hint, Name, QualifiedName};

/// The data type of a column, in the words of the SQL standard.
///
/// A declaration may use any of them. A dialect's `normalize` reduces them to those it tells apart (SQLite holds every
/// integer as [`Type::BigInt`]) and keeps what it does not know as [`Type::Native`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// True or false.
    Boolean,
    /// A 16-bit integer.
    SmallInt,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    BigInt,
    /// A 32-bit floating-point number.
    Real,
    /// A 64-bit floating-point number.
    Double,
    /// An exact decimal number.
    Numeric(Option<Precision>),
    /// Text of any length.
    Text,
    /// Text of at most so many characters.
    Varchar(Option<u32>),
    /// Text padded to so many characters.
    Char(Option<u32>),
    /// Bytes.
    Bytes,
    /// A universally unique identifier.
    Uuid,
    /// A calendar date.
    Date,
    /// A time of day without zone.
    Time,
    /// A date and time without zone.
    Timestamp,
    /// An instant in time.
    TimestampTz,
    /// A span of time.
    Interval,
    /// A JSON document.
    Json,
    /// A value of an enumerated type that the schema names.
    Enum(QualifiedName),
    /// Text that is one of these values: how a dialect without named enumerated types holds one.
    Values(Vec<EnumValue>),
    /// A list of values of one type.
    Array(Box<Type>),
    /// A type that only the dialect knows, in its own words.
    Native(String),
}

/// How many digits a [`Type::Numeric`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Precision {
    /// Digits in all.
    pub precision: u16,
    /// Digits after the decimal point.
    pub scale: i16,
}

/// An enumerated type: a name and its values in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumType {
    /// Its name.
    pub name: QualifiedName,
    /// Its former name, if the declaration says that it was renamed.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub was: Hint<QualifiedName>,
    /// Its documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Its values, in their order.
    pub values: Vec<EnumValue>,
}

/// One value of an enumerated type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EnumValue {
    /// The text stored in the database.
    pub name: Name,
    /// Its former text, if the declaration says that it was renamed.
    #[serde(default, skip_serializing_if = "Hint::is_none")]
    pub was: Hint<Name>,
}

impl From<&str> for EnumValue {
    fn from(text: &str) -> Self {
        Self { name: text.into(), was: Hint::NONE }
    }
}

impl fmt::Display for Type {
    /// Writes the type for people; a dialect's writer has its own words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => f.write_str("boolean"),
            Self::SmallInt => f.write_str("smallint"),
            Self::Integer => f.write_str("integer"),
            Self::BigInt => f.write_str("bigint"),
            Self::Real => f.write_str("real"),
            Self::Double => f.write_str("double precision"),
            Self::Numeric(None) => f.write_str("numeric"),
            Self::Numeric(Some(p)) => write!(f, "numeric({}, {})", p.precision, p.scale),
            Self::Text => f.write_str("text"),
            Self::Varchar(None) => f.write_str("varchar"),
            Self::Varchar(Some(n)) => write!(f, "varchar({n})"),
            Self::Char(None) => f.write_str("char"),
            Self::Char(Some(n)) => write!(f, "char({n})"),
            Self::Bytes => f.write_str("bytes"),
            Self::Uuid => f.write_str("uuid"),
            Self::Date => f.write_str("date"),
            Self::Time => f.write_str("time"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::TimestampTz => f.write_str("timestamp with time zone"),
            Self::Interval => f.write_str("interval"),
            Self::Json => f.write_str("json"),
            Self::Enum(name) => write!(f, "enum {name}"),
            Self::Values(values) => {
                f.write_str("one of ")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{}", if i == 0 { "" } else { ", " }, value.name)?;
                }
                Ok(())
            }
            Self::Array(of) => write!(f, "{of}[]"),
            Self::Native(text) => f.write_str(text),
        }
    }
}

//! Which form a value has between us and the server.

/// How values of a type are written and read.
///
/// A type that is not known here, such as an enum, a range or an extension's, goes as text both ways: the server reads and
/// prints every type so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One value in PostgreSQL's binary form.
    One(Scalar),
    /// An array of them in PostgreSQL's binary form, and the number of the elements' type.
    Array(Scalar, u32),
    /// Text.
    Other,
}

/// A type whose binary form is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scalar {
    Bool,
    Int2,
    Int4,
    Int8,
    Oid,
    Float4,
    Float8,
    Numeric,
    Text,
    Bytes,
    Uuid,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Json,
    Jsonb,
}

/// The types of PostgreSQL's own that are known: the number of each, and of the array of it.
/// (<https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat>; these numbers never change.)
const KNOWN: &[(Scalar, u32, u32)] = &[
    (Scalar::Bool, 16, 1000),
    (Scalar::Bytes, 17, 1001),
    (Scalar::Text, 19, 1003),
    (Scalar::Int8, 20, 1016),
    (Scalar::Int2, 21, 1005),
    (Scalar::Int4, 23, 1007),
    (Scalar::Text, 25, 1009),
    (Scalar::Oid, 26, 1028),
    (Scalar::Json, 114, 199),
    (Scalar::Float4, 700, 1021),
    (Scalar::Float8, 701, 1022),
    (Scalar::Text, 1042, 1014),
    (Scalar::Text, 1043, 1015),
    (Scalar::Date, 1082, 1182),
    (Scalar::Time, 1083, 1183),
    (Scalar::Timestamp, 1114, 1115),
    (Scalar::TimestampTz, 1184, 1185),
    (Scalar::Numeric, 1700, 1231),
    (Scalar::Uuid, 2950, 2951),
    (Scalar::Jsonb, 3802, 3807),
];

impl Kind {
    /// The kind of the type with this number.
    pub(super) fn of(oid: u32) -> Self {
        KNOWN
            .iter()
            .find_map(|(scalar, one, array)| match oid {
                _ if oid == *one => Some(Self::One(*scalar)),
                _ if oid == *array => Some(Self::Array(*scalar, *one)),
                _ => None,
            })
            .unwrap_or(Self::Other)
    }

    /// The number of the array of the type with this number, where it is one value of a type that is known.
    pub(super) fn array_of(oid: u32) -> Option<u32> {
        KNOWN.iter().find(|(_, one, _)| *one == oid).map(|(_, _, array)| *array)
    }

    /// Whether its values are asked for in binary form.
    pub(super) fn is_binary(self) -> bool {
        match self {
            Self::One(_) | Self::Array(..) => true,
            Self::Other => false,
        }
    }
}

//! The table of conversions.
//!
//! `$c` stands for the column. A rule's `stray` is true for a value that cannot be converted faithfully; a guard shows such
//! values and stops the migration, so that nothing is cut, rounded or read anew behind anyone's back. Where a rule is
//! [`Faith::Exact`], converting back gives the very same values.

use peristyle_schema::{Pair, Type};

/// What SQLite tells apart when it holds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Real,
    Numeric,
    Boolean,
    Text,
    Bytes,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Json,
    /// A type without affinity: anything is held as it comes.
    Any,
    /// A type of numeric affinity that we did not write, such as DATETIME: it holds numbers and text.
    Loose,
}

/// How faithful a conversion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Faith {
    /// The conversion back gives the same value.
    Exact,
    /// The meaning is the same, the form may differ (`1.50` becomes `1.5`).
    Meaning,
}

/// One row of the table of conversions.
pub(super) struct Rule {
    from: Kind,
    to: Kind,
    /// The converted value.
    pub(super) value: &'static str,
    /// True for a value that cannot be converted; empty if there is none such.
    pub(super) stray: &'static str,
    /// Whether the way back gives the same value.
    pub(super) faith: Faith,
    /// What is wrong with a stray value.
    pub(super) says: &'static str,
}

const fn exact(
    from: Kind,
    to: Kind,
    value: &'static str,
    stray: &'static str,
    says: &'static str,
) -> Rule {
    Rule { from, to, value, stray, faith: Faith::Exact, says }
}

const fn meaning(
    from: Kind,
    to: Kind,
    value: &'static str,
    stray: &'static str,
    says: &'static str,
) -> Rule {
    Rule { from, to, value, stray, faith: Faith::Meaning, says }
}

const AS_IT_IS: &str = "$c";
const AS_INTEGER: &str = "CAST($c AS INTEGER)";
const AS_REAL: &str = "CAST($c AS REAL)";
const AS_NUMERIC: &str = "CAST($c AS NUMERIC)";
const AS_TEXT: &str = "CAST($c AS TEXT)";

/// Fifteen digits where they say it all, seventeen (enough for every double) where they do not.
const NUMBER_AS_TEXT: &str = "CASE WHEN $c IS NULL THEN NULL WHEN CAST(CAST($c AS TEXT) AS NUMERIC) = $c THEN CAST($c AS TEXT) \
     ELSE printf('%!.17g', $c) END";
const LOOSE_AS_TEXT: &str = "CASE WHEN $c IS NULL OR typeof($c) = 'text' THEN $c \
     WHEN CAST(CAST($c AS TEXT) AS NUMERIC) = $c THEN CAST($c AS TEXT) \
     ELSE printf('%!.17g', $c) END";
/// Numeric affinity turns text that is a number into that number.
const NUMBER_IN_DISGUISE: &str =
    "CAST($c AS NUMERIC) = $c AND CAST(CAST($c AS NUMERIC) AS TEXT) <> $c";
const BOOLEAN_AS_TEXT: &str = "CASE $c WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
const TEXT_AS_BOOLEAN: &str = "CASE $c WHEN 'true' THEN 1 WHEN 'false' THEN 0 END";

const NOT_AN_INTEGER: &str = "typeof($c) <> 'integer'";
const NOT_A_NUMBER: &str =
    "typeof($c) NOT IN ('integer', 'real') OR abs($c) > 1.7976931348623157e308";
const NOT_A_BIT: &str = "$c NOT IN (0, 1)";
const INTEGER_TEXT: &str = "CAST(CAST($c AS INTEGER) AS TEXT) IS NOT $c";
/// Compared with a number, text that is one becomes one and other text stays unequal to it.
const REAL_TEXT: &str = "typeof($c) <> 'text' OR CAST($c AS NUMERIC) <> $c OR trim($c) <> $c \
     OR ltrim($c, '-') GLOB '0[0-9]*'";
const NUMERIC_TEXT: &str = "typeof($c) <> 'text' OR CAST($c AS NUMERIC) <> $c OR trim($c) <> $c \
     OR ltrim($c, '-') GLOB '0[0-9]*' \
     OR (length(replace(ltrim($c, '-0.'), '.', '')) > 15 \
     AND CAST(CAST($c AS NUMERIC) AS TEXT) <> $c AND printf('%!.17g', CAST($c AS NUMERIC)) <> $c)";

const DATE_FORM: &str = "date($c) IS NOT $c";
const TIME_FORM: &str = "time($c) IS NOT substr($c, 1, 8) OR length($c) <> 15 \
     OR substr($c, 9) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'";
const TIMESTAMP_FORM: &str = "strftime('%Y-%m-%dT%H:%M:%S', substr($c, 1, 19)) IS NOT substr($c, 1, 19) OR length($c) <> 26 \
     OR substr($c, 20) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'";
const TIMESTAMPTZ_FORM: &str = "strftime('%Y-%m-%dT%H:%M:%S', substr($c, 1, 19)) IS NOT substr($c, 1, 19) OR length($c) <> 27 \
     OR substr($c, 20) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]Z'";
const TEXT_AS_TIME: &str = "substr($c || CASE length($c) WHEN 5 THEN ':00.' WHEN 8 THEN '.' \
     ELSE '' END || '000000', 1, 15)";
const TIME_TEXT: &str = "time(substr($c, 1, 8)) IS NOT substr(substr($c, 1, 8) || ':00', 1, 8) \
     OR length($c) > 15 OR length($c) = 9 OR (length($c) > 8 AND (substr($c, 9, 1) <> '.' \
     OR substr($c, 10) GLOB '*[^0-9]*'))";
const TEXT_AS_TIMESTAMP: &str = "replace(substr($c, 1, 19), ' ', 'T') \
     || substr(CASE length($c) WHEN 19 THEN '.' ELSE substr($c, 20) END || '000000', 1, 7)";
const TEXT_AS_TIMESTAMPTZ: &str = "replace(substr($c, 1, 19), ' ', 'T') \
     || substr(CASE length(rtrim($c, 'Z')) WHEN 19 THEN '.' ELSE substr(rtrim($c, 'Z'), 20) END \
     || '000000', 1, 7) || 'Z'";
const TIMESTAMP_TEXT: &str = "strftime('%Y-%m-%dT%H:%M:%S', substr($c, 1, 19)) \
     IS NOT replace(substr($c, 1, 19), ' ', 'T') OR length($c) > 26 OR length($c) = 20 \
     OR (length($c) > 19 AND (substr($c, 20, 1) <> '.' OR substr($c, 21) GLOB '*[^0-9]*'))";
const TIMESTAMPTZ_TEXT: &str = "strftime('%Y-%m-%dT%H:%M:%S', substr($c, 1, 19)) \
     IS NOT replace(substr($c, 1, 19), ' ', 'T') OR length(rtrim($c, 'Z')) > 26 \
     OR length(rtrim($c, 'Z')) = 20 OR length($c) - length(rtrim($c, 'Z')) > 1 \
     OR (length(rtrim($c, 'Z')) > 19 AND (substr($c, 20, 1) <> '.' \
     OR substr(rtrim($c, 'Z'), 21) GLOB '*[^0-9]*'))";

/// Decoding a character and encoding it again changes whatever is not UTF-8.
const NOT_UTF8: &str = "typeof($c) <> 'blob' OR (WITH RECURSIVE place(i) AS (SELECT 1 UNION ALL \
     SELECT i + 1 FROM place WHERE i < length(CAST($c AS TEXT))) \
     SELECT group_concat(char(unicode(substr(CAST($c AS TEXT), i, 1))), '') FROM place \
     WHERE length($c) > 0) <> CAST($c AS TEXT) OR instr($c, x'00') > 0";

/// The table of conversions; a kind converts to itself as it is, and what is not here needs a `using`.
const RULES: &[Rule] = {
    use Kind::*;
    &[
        exact(
            Integer,
            Real,
            AS_REAL,
            "typeof($c) <> 'integer' OR CAST($c AS REAL) <> $c",
            "is too large to be exact as a floating-point number",
        ),
        exact(Integer, Numeric, AS_IT_IS, "", ""),
        exact(Integer, Boolean, AS_IT_IS, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Integer, Text, AS_TEXT, NOT_AN_INTEGER, "is not an integer"),
        exact(Integer, Json, AS_TEXT, NOT_AN_INTEGER, "is not an integer"),
        exact(
            Real,
            Integer,
            AS_INTEGER,
            "typeof($c) <> 'real' OR CAST($c AS INTEGER) <> $c",
            "is not a whole number",
        ),
        exact(Real, Numeric, AS_IT_IS, "", ""),
        exact(Real, Boolean, AS_INTEGER, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Real, Text, NUMBER_AS_TEXT, NOT_A_NUMBER, "is not a finite number"),
        exact(Real, Json, NUMBER_AS_TEXT, NOT_A_NUMBER, "is not a finite number"),
        exact(
            Numeric,
            Integer,
            AS_INTEGER,
            "CAST($c AS INTEGER) IS NOT $c",
            "is not a whole number",
        ),
        exact(
            Numeric,
            Real,
            AS_REAL,
            "CAST($c AS REAL) IS NOT $c",
            "is not exact as a floating-point number",
        ),
        exact(Numeric, Boolean, AS_IT_IS, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Numeric, Text, NUMBER_AS_TEXT, NOT_A_NUMBER, "is not a finite number"),
        exact(Numeric, Json, NUMBER_AS_TEXT, NOT_A_NUMBER, "is not a finite number"),
        exact(Boolean, Integer, AS_IT_IS, NOT_AN_INTEGER, "is neither 0 nor 1"),
        exact(Boolean, Real, AS_REAL, NOT_AN_INTEGER, "is neither 0 nor 1"),
        exact(Boolean, Numeric, AS_IT_IS, "", ""),
        exact(Boolean, Text, BOOLEAN_AS_TEXT, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Boolean, Json, BOOLEAN_AS_TEXT, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Text, Integer, AS_INTEGER, INTEGER_TEXT, "is not written as an integer"),
        meaning(Text, Real, AS_REAL, REAL_TEXT, "is not written as a number"),
        meaning(
            Text,
            Numeric,
            AS_NUMERIC,
            NUMERIC_TEXT,
            "is not written as a number of at most 15 digits",
        ),
        exact(
            Text,
            Boolean,
            TEXT_AS_BOOLEAN,
            "$c NOT IN ('true', 'false')",
            "is neither 'true' nor 'false'",
        ),
        exact(Text, Bytes, "CAST($c AS BLOB)", "typeof($c) <> 'text'", "is not text"),
        exact(Text, Date, AS_IT_IS, DATE_FORM, "is not a date written as 2024-05-01"),
        meaning(Text, Time, TEXT_AS_TIME, TIME_TEXT, "is not a time of day written as 09:30:00"),
        meaning(
            Text,
            Timestamp,
            TEXT_AS_TIMESTAMP,
            TIMESTAMP_TEXT,
            "is not a time written as 2024-05-01T09:30:00",
        ),
        meaning(
            Text,
            TimestampTz,
            TEXT_AS_TIMESTAMPTZ,
            TIMESTAMPTZ_TEXT,
            "is not a time in UTC written as 2024-05-01T09:30:00Z",
        ),
        exact(Text, Json, AS_IT_IS, "NOT json_valid($c)", "is not valid JSON"),
        exact(Bytes, Text, AS_TEXT, NOT_UTF8, "is not text in UTF-8"),
        exact(Date, Text, AS_IT_IS, DATE_FORM, "is not a date"),
        exact(Date, Timestamp, "$c || 'T00:00:00.000000'", DATE_FORM, "is not a date"),
        exact(Date, TimestampTz, "$c || 'T00:00:00.000000Z'", DATE_FORM, "is not a date"),
        exact(Time, Text, AS_IT_IS, TIME_FORM, "is not a time of day"),
        exact(Timestamp, Text, AS_IT_IS, TIMESTAMP_FORM, "is not a time"),
        exact(
            Timestamp,
            Date,
            "substr($c, 1, 10)",
            "date(substr($c, 1, 10)) || 'T00:00:00.000000' IS NOT $c",
            "has a time of day that a date cannot hold",
        ),
        exact(Timestamp, TimestampTz, "$c || 'Z'", TIMESTAMP_FORM, "is not a time"),
        exact(TimestampTz, Text, AS_IT_IS, TIMESTAMPTZ_FORM, "is not a time"),
        exact(
            TimestampTz,
            Date,
            "substr($c, 1, 10)",
            "date(substr($c, 1, 10)) || 'T00:00:00.000000Z' IS NOT $c",
            "has a time of day that a date cannot hold",
        ),
        exact(TimestampTz, Timestamp, "substr($c, 1, 26)", TIMESTAMPTZ_FORM, "is not a time"),
        exact(Json, Text, AS_IT_IS, "", ""),
        exact(Json, Integer, AS_INTEGER, INTEGER_TEXT, "is not an integer"),
        meaning(Json, Real, AS_REAL, REAL_TEXT, "is not a number"),
        meaning(Json, Numeric, AS_NUMERIC, NUMERIC_TEXT, "is not a number of at most 15 digits"),
        exact(
            Json,
            Boolean,
            TEXT_AS_BOOLEAN,
            "$c NOT IN ('true', 'false')",
            "is neither true nor false",
        ),
        exact(Any, Integer, AS_IT_IS, NOT_AN_INTEGER, "is not an integer"),
        exact(Any, Real, AS_IT_IS, "typeof($c) <> 'real'", "is not a floating-point number"),
        exact(Any, Numeric, AS_IT_IS, NOT_A_NUMBER, "is not a number"),
        exact(Any, Boolean, AS_IT_IS, NOT_A_BIT, "is neither 0 nor 1"),
        exact(Any, Text, AS_IT_IS, "typeof($c) <> 'text'", "is not text"),
        exact(Any, Bytes, AS_IT_IS, "typeof($c) <> 'blob'", "is not bytes"),
        exact(Any, Date, AS_IT_IS, DATE_FORM, "is not a date written as 2024-05-01"),
        exact(Any, Json, AS_IT_IS, "NOT json_valid($c)", "is not valid JSON"),
        exact(Loose, Text, LOOSE_AS_TEXT, "typeof($c) = 'blob'", "is neither text nor a number"),
        exact(Loose, Date, AS_IT_IS, DATE_FORM, "is not a date written as 2024-05-01"),
        meaning(Loose, Time, TEXT_AS_TIME, TIME_TEXT, "is not a time of day written as 09:30:00"),
        meaning(
            Loose,
            Timestamp,
            TEXT_AS_TIMESTAMP,
            TIMESTAMP_TEXT,
            "is not a time written as 2024-05-01T09:30:00",
        ),
        meaning(
            Loose,
            TimestampTz,
            TEXT_AS_TIMESTAMPTZ,
            TIMESTAMPTZ_TEXT,
            "is not a time in UTC written as 2024-05-01T09:30:00Z",
        ),
        exact(Text, Loose, AS_IT_IS, NUMBER_IN_DISGUISE, "would be held as another number"),
        exact(Json, Loose, AS_IT_IS, NUMBER_IN_DISGUISE, "would be held as another number"),
    ]
};

/// Held as it is: what a loosely numeric column takes from one of ours.
const AS_LOOSE: Rule = exact(Kind::Numeric, Kind::Loose, AS_IT_IS, "", "");

/// The rule for two kinds. A loosely numeric column gives numbers as a numeric one does, and takes what cannot look like
/// another number.
pub(super) fn rule(kinds: Pair<Kind>) -> Option<&'static Rule> {
    let find = |from| RULES.iter().find(|rule| rule.from == from && rule.to == kinds.new);
    match (kinds.old, kinds.new) {
        (Kind::Text | Kind::Json, Kind::Loose) => find(kinds.old),
        (Kind::Bytes, Kind::Loose) => None,
        (_, Kind::Loose) | (Kind::Loose, Kind::Numeric) => Some(&AS_LOOSE),
        (Kind::Loose, _) => find(Kind::Loose).or_else(|| find(Kind::Numeric)),
        (from, _) => find(from),
    }
}

/// What SQLite makes of a type.
pub(super) fn kind(data_type: &Type) -> Kind {
    match data_type {
        Type::SmallInt | Type::Integer | Type::BigInt => Kind::Integer,
        Type::Real | Type::Double => Kind::Real,
        Type::Numeric(_) => Kind::Numeric,
        Type::Boolean => Kind::Boolean,
        Type::Bytes => Kind::Bytes,
        Type::Date => Kind::Date,
        Type::Time => Kind::Time,
        Type::Timestamp => Kind::Timestamp,
        Type::TimestampTz => Kind::TimestampTz,
        Type::Json => Kind::Json,
        Type::Text
        | Type::Varchar(_)
        | Type::Char(_)
        | Type::Uuid
        | Type::Interval
        | Type::Enum(_)
        | Type::Values(_)
        | Type::Array(_) => Kind::Text,
        Type::Native(words) => affinity(words),
    }
}

/// <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
fn affinity(words: &str) -> Kind {
    let words = words.to_ascii_uppercase();
    let holds = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if holds(&["INT"]) {
        Kind::Integer
    } else if holds(&["CHAR", "CLOB", "TEXT"]) {
        Kind::Text
    } else if words.is_empty() || holds(&["BLOB"]) || words == "ANY" {
        Kind::Any
    } else if holds(&["REAL", "FLOA", "DOUB"]) {
        Kind::Real
    } else {
        Kind::Loose
    }
}

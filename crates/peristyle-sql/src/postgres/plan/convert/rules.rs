//! The table of conversions.
//!
//! `$c` stands for the column. A rule's `stray` is true for a value that cannot be converted faithfully, and it must not fail
//! itself; a guard shows such values and stops the migration, so that nothing is cut, rounded or read anew behind anyone's
//! back. Where a rule is [`Faith::Exact`], converting back gives the very same values. Nothing depends on the session's time
//! zone or date style: a time is UTC, and dates are written as ISO 8601 has them.

use peristyle_schema::{Pair, Type};

/// What PostgreSQL tells apart when it holds a value, modifiers aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    SmallInt,
    Integer,
    BigInt,
    Real,
    Double,
    Numeric,
    Boolean,
    Text,
    Bytes,
    Uuid,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Json,
    /// A type whose values have a text that reads back as the same value.
    Other,
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
    /// The converted value; `$c` alone leaves the conversion to the server.
    pub(super) value: &'static str,
    /// True for a value that cannot be converted; empty if there is none such.
    pub(super) stray: &'static str,
    /// Whether the way back gives the same value.
    pub(super) faith: Faith,
    /// What is wrong with a stray value.
    pub(super) says: &'static str,
    /// Whether the server may refuse a value that no condition can tell.
    pub(super) may_fail: bool,
}

const fn exact(
    from: Kind,
    to: Kind,
    value: &'static str,
    stray: &'static str,
    says: &'static str,
) -> Rule {
    Rule { from, to, value, stray, faith: Faith::Exact, says, may_fail: false }
}

const fn meaning(
    from: Kind,
    to: Kind,
    value: &'static str,
    stray: &'static str,
    says: &'static str,
) -> Rule {
    Rule { from, to, value, stray, faith: Faith::Meaning, says, may_fail: false }
}

const fn risky(from: Kind, to: Kind, value: &'static str, faith: Faith) -> Rule {
    Rule { from, to, value, stray: "", faith, says: "", may_fail: true }
}

const AS_IT_IS: &str = "$c";

const SMALL_RANGE: &str = "$c NOT BETWEEN -32768 AND 32767";
const INT_RANGE: &str = "$c NOT BETWEEN -2147483648 AND 2147483647";
const NOT_WHOLE_SMALL: &str = "$c NOT BETWEEN -32768 AND 32767 OR trunc($c) <> $c";
const NOT_WHOLE_INT: &str = "$c NOT BETWEEN -2147483648 AND 2147483647 OR trunc($c) <> $c";
const NOT_WHOLE_BIG: &str =
    "$c NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR trunc($c) <> $c";
/// The largest integers that a double holds exactly up to.
const NOT_WHOLE_BIG_DOUBLE: &str =
    "$c NOT BETWEEN -9007199254740992 AND 9007199254740992 OR trunc($c::double precision) <> $c";
const TOO_LARGE: &str = "is out of the new type's range";
const NOT_WHOLE: &str = "is not a whole number of the new type's range";

const INT_TEXT: &str = "CASE WHEN $c ~ '^(0|-?[1-9][0-9]{0,18})$' THEN $c::numeric NOT BETWEEN -2147483648 AND 2147483647 ELSE true END";
const SMALL_TEXT: &str = "CASE WHEN $c ~ '^(0|-?[1-9][0-9]{0,18})$' THEN $c::numeric NOT BETWEEN -32768 AND 32767 ELSE true END";
const BIG_TEXT: &str = "CASE WHEN $c ~ '^(0|-?[1-9][0-9]{0,18})$' THEN $c::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 ELSE true END";
const NUMBER_TEXT: &str = "$c !~ '^-?[0-9]+(\\.[0-9]+)?$'";
const FLOAT_TEXT: &str = "CASE WHEN $c ~ '^-?[0-9]{1,15}(\\.[0-9]+)?$' THEN $c::double precision::text::numeric <> $c::numeric \
     WHEN $c ~ '^-?[0-9](\\.[0-9]+)?e[+-]([0-9]{2}|[12][0-9]{2})$' THEN $c::double precision::text <> $c \
     ELSE $c NOT IN ('NaN', 'Infinity', '-Infinity') END";
const REAL_TEXT: &str = "CASE WHEN $c ~ '^-?[0-9]{1,15}(\\.[0-9]{1,15})?$' THEN $c::real::text::numeric <> $c::numeric \
     WHEN $c ~ '^-?[0-9](\\.[0-9]+)?e[+-]([0-2][0-9]|3[0-7])$' THEN $c::real::text <> $c \
     ELSE $c NOT IN ('NaN', 'Infinity', '-Infinity') END";
const UUID_TEXT: &str = "$c !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'";

/// A date that is there, of the years 1 to 9999.
macro_rules! date_text {
    () => {
        "CASE WHEN $c ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' AND $c !~ '^0000' \
         THEN substr($c, 9, 2)::integer > extract(day FROM make_date(substr($c, 1, 4)::integer, substr($c, 6, 2)::integer, 1) + interval '1 month - 1 day') \
         ELSE true END"
    };
}
const DATE_TEXT: &str = concat!("length($c) <> 10 OR ", date_text!());
const TIME_TEXT: &str = "$c !~ '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?$'";
const TIMESTAMP_TEXT: &str = concat!(
    "substr($c, 11) !~ '^[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?$' OR ",
    date_text!()
);
const TIMESTAMPTZ_TEXT: &str = concat!(
    "substr($c, 11) !~ '^[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3])(:?[0-5][0-9])?)$' OR ",
    date_text!()
);

const NOT_A_DAY: &str = "NOT isfinite($c) OR $c NOT BETWEEN '0001-01-01' AND '9999-12-31'";
const NOT_A_TIME: &str =
    "NOT isfinite($c) OR $c < '0001-01-01 00:00:00' OR $c >= '9999-12-31 00:00:00'";
const NOT_AN_INSTANT: &str =
    "NOT isfinite($c) OR $c < '0001-01-02 00:00:00+00' OR $c >= '9999-12-31 00:00:00+00'";
const FAR: &str = "is infinite or out of the years 1 to 9999";

use Faith::{Exact, Meaning};

/// The table of conversions; a kind converts to itself as it is, and what is not here needs a `using`.
const RULES: &[Rule] = {
    use Kind::*;
    &[
        exact(SmallInt, Integer, AS_IT_IS, "", ""),
        exact(SmallInt, BigInt, AS_IT_IS, "", ""),
        exact(SmallInt, Real, AS_IT_IS, "", ""),
        exact(SmallInt, Double, AS_IT_IS, "", ""),
        exact(SmallInt, Numeric, AS_IT_IS, "", ""),
        exact(SmallInt, Text, "$c::text", "", ""),
        exact(SmallInt, Boolean, "$c <> 0", "$c NOT IN (0, 1)", "is neither 0 nor 1"),
        exact(SmallInt, Json, "to_jsonb($c)", "", ""),
        exact(Integer, SmallInt, AS_IT_IS, SMALL_RANGE, TOO_LARGE),
        exact(Integer, BigInt, AS_IT_IS, "", ""),
        exact(
            Integer,
            Real,
            AS_IT_IS,
            "$c NOT BETWEEN -16777216 AND 16777216",
            "is too large to be exact as a floating-point number",
        ),
        exact(Integer, Double, AS_IT_IS, "", ""),
        exact(Integer, Numeric, AS_IT_IS, "", ""),
        exact(Integer, Text, "$c::text", "", ""),
        exact(Integer, Boolean, "$c <> 0", "$c NOT IN (0, 1)", "is neither 0 nor 1"),
        exact(Integer, Json, "to_jsonb($c)", "", ""),
        exact(BigInt, SmallInt, AS_IT_IS, SMALL_RANGE, TOO_LARGE),
        exact(BigInt, Integer, AS_IT_IS, INT_RANGE, TOO_LARGE),
        exact(
            BigInt,
            Real,
            AS_IT_IS,
            "$c NOT BETWEEN -16777216 AND 16777216",
            "is too large to be exact as a floating-point number",
        ),
        exact(
            BigInt,
            Double,
            AS_IT_IS,
            "$c NOT BETWEEN -9007199254740992 AND 9007199254740992",
            "is too large to be exact as a floating-point number",
        ),
        exact(BigInt, Numeric, AS_IT_IS, "", ""),
        exact(BigInt, Text, "$c::text", "", ""),
        exact(BigInt, Boolean, "$c <> 0", "$c NOT IN (0, 1)", "is neither 0 nor 1"),
        exact(BigInt, Json, "to_jsonb($c)", "", ""),
        exact(
            Real,
            SmallInt,
            AS_IT_IS,
            "$c NOT BETWEEN -32768 AND 32767 OR trunc($c::double precision) <> $c",
            NOT_WHOLE,
        ),
        exact(
            Real,
            Integer,
            AS_IT_IS,
            "$c NOT BETWEEN -16777216 AND 16777216 OR trunc($c::double precision) <> $c",
            NOT_WHOLE,
        ),
        exact(
            Real,
            BigInt,
            AS_IT_IS,
            "$c NOT BETWEEN -16777216 AND 16777216 OR trunc($c::double precision) <> $c",
            NOT_WHOLE,
        ),
        exact(Real, Double, AS_IT_IS, "", ""),
        exact(
            Real,
            Numeric,
            "$c::text::numeric",
            "$c IN ('Infinity', '-Infinity', 'NaN')",
            "is not a finite number",
        ),
        exact(Real, Text, "$c::text", "", ""),
        exact(
            Double,
            SmallInt,
            AS_IT_IS,
            "$c NOT BETWEEN -32768 AND 32767 OR trunc($c) <> $c",
            NOT_WHOLE,
        ),
        exact(
            Double,
            Integer,
            AS_IT_IS,
            "$c NOT BETWEEN -2147483648 AND 2147483647 OR trunc($c) <> $c",
            NOT_WHOLE,
        ),
        exact(Double, BigInt, AS_IT_IS, NOT_WHOLE_BIG_DOUBLE, NOT_WHOLE),
        exact(
            Double,
            Real,
            AS_IT_IS,
            "abs($c) > 3.4e38 OR (abs($c) < 1.2e-38 AND $c <> 0) OR $c = 'NaN' \
             OR CASE WHEN abs($c) BETWEEN 1.2e-38 AND 3.4e38 THEN $c::real::double precision <> $c ELSE false END",
            "is not exact as a shorter floating-point number",
        ),
        exact(
            Double,
            Numeric,
            "$c::text::numeric",
            "$c IN ('Infinity', '-Infinity', 'NaN')",
            "is not a finite number",
        ),
        exact(Double, Text, "$c::text", "", ""),
        meaning(Numeric, SmallInt, AS_IT_IS, NOT_WHOLE_SMALL, NOT_WHOLE),
        meaning(Numeric, Integer, AS_IT_IS, NOT_WHOLE_INT, NOT_WHOLE),
        meaning(Numeric, BigInt, AS_IT_IS, NOT_WHOLE_BIG, NOT_WHOLE),
        meaning(
            Numeric,
            Real,
            AS_IT_IS,
            "abs($c) > 1e15 OR (abs($c) < 1e-15 AND $c <> 0) OR CASE WHEN abs($c) BETWEEN 1e-15 AND 1e15 THEN $c::real::text::numeric <> $c ELSE false END",
            "is not exact as a floating-point number",
        ),
        meaning(
            Numeric,
            Double,
            AS_IT_IS,
            "abs($c) > 1e15 OR (abs($c) < 1e-15 AND $c <> 0) OR CASE WHEN abs($c) BETWEEN 1e-15 AND 1e15 THEN $c::double precision::text::numeric <> $c ELSE false END",
            "is not exact as a floating-point number",
        ),
        exact(Numeric, Text, "$c::text", "", ""),
        exact(Boolean, SmallInt, "$c::integer::smallint", "", ""),
        exact(Boolean, Integer, "$c::integer", "", ""),
        exact(Boolean, BigInt, "$c::integer::bigint", "", ""),
        exact(Boolean, Text, "$c::text", "", ""),
        exact(Boolean, Json, "to_jsonb($c)", "", ""),
        exact(
            Text,
            SmallInt,
            "$c::smallint",
            SMALL_TEXT,
            "is not written as an integer of the new type's range",
        ),
        exact(
            Text,
            Integer,
            "$c::integer",
            INT_TEXT,
            "is not written as an integer of the new type's range",
        ),
        exact(
            Text,
            BigInt,
            "$c::bigint",
            BIG_TEXT,
            "is not written as an integer of the new type's range",
        ),
        meaning(
            Text,
            Real,
            "$c::real",
            REAL_TEXT,
            "is not written as a number that is exact as a floating-point one",
        ),
        meaning(
            Text,
            Double,
            "$c::double precision",
            FLOAT_TEXT,
            "is not written as a number that is exact as a floating-point one",
        ),
        meaning(Text, Numeric, "$c::numeric", NUMBER_TEXT, "is not written as a decimal number"),
        exact(
            Text,
            Boolean,
            "$c::boolean",
            "$c NOT IN ('true', 'false')",
            "is neither 'true' nor 'false'",
        ),
        exact(Text, Bytes, "convert_to($c, 'UTF8')", "", ""),
        exact(Text, Uuid, "$c::uuid", UUID_TEXT, "is not a UUID in lower case"),
        exact(Text, Date, "$c::date", DATE_TEXT, "is not a date written as 2024-05-01"),
        meaning(Text, Time, "$c::time", TIME_TEXT, "is not a time of day written as 09:30:00"),
        meaning(
            Text,
            Timestamp,
            "$c::timestamp",
            TIMESTAMP_TEXT,
            "is not a time written as 2024-05-01T09:30:00",
        ),
        meaning(
            Text,
            TimestampTz,
            "$c::timestamptz",
            TIMESTAMPTZ_TEXT,
            "is not a time with its zone written as 2024-05-01T09:30:00Z",
        ),
        risky(Text, Json, "$c::jsonb", Meaning),
        risky(Bytes, Text, "convert_from($c, 'UTF8')", Exact),
        exact(Uuid, Text, "$c::text", "", ""),
        exact(Date, Text, "to_char($c, 'YYYY-MM-DD')", NOT_A_DAY, FAR),
        exact(Date, Timestamp, "$c::timestamp", "", ""),
        exact(Date, TimestampTz, "$c::timestamp AT TIME ZONE 'UTC'", "", ""),
        exact(Time, Text, "$c::text", "", ""),
        exact(Timestamp, Text, "to_char($c, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')", NOT_A_TIME, FAR),
        exact(
            Timestamp,
            Date,
            "$c::date",
            "isfinite($c) AND $c <> date_trunc('day', $c)",
            "has a time of day that a date cannot hold",
        ),
        exact(Timestamp, TimestampTz, "$c AT TIME ZONE 'UTC'", "", ""),
        exact(
            TimestampTz,
            Text,
            "to_char($c AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
            NOT_AN_INSTANT,
            FAR,
        ),
        exact(
            TimestampTz,
            Date,
            "($c AT TIME ZONE 'UTC')::date",
            "isfinite($c) AND $c AT TIME ZONE 'UTC' <> date_trunc('day', $c AT TIME ZONE 'UTC')",
            "has a time of day that a date cannot hold",
        ),
        exact(TimestampTz, Timestamp, "$c AT TIME ZONE 'UTC'", "", ""),
        exact(Json, Text, "$c::text", "", ""),
        exact(
            Json,
            SmallInt,
            "($c #>> '{}')::smallint",
            "jsonb_typeof($c) <> 'number' OR CASE WHEN jsonb_typeof($c) = 'number' THEN $c::numeric NOT BETWEEN -32768 AND 32767 OR trunc($c::numeric) <> $c::numeric ELSE true END",
            "is not an integer of the new type's range",
        ),
        exact(
            Json,
            Integer,
            "($c #>> '{}')::numeric::integer",
            "CASE WHEN jsonb_typeof($c) = 'number' THEN $c::numeric NOT BETWEEN -2147483648 AND 2147483647 OR trunc($c::numeric) <> $c::numeric ELSE true END",
            "is not an integer of the new type's range",
        ),
        exact(
            Json,
            BigInt,
            "($c #>> '{}')::numeric::bigint",
            "CASE WHEN jsonb_typeof($c) = 'number' THEN $c::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 OR trunc($c::numeric) <> $c::numeric ELSE true END",
            "is not an integer of the new type's range",
        ),
        exact(
            Json,
            Boolean,
            "$c::boolean",
            "jsonb_typeof($c) <> 'boolean'",
            "is neither true nor false",
        ),
        exact(Other, Text, "$c::text", "", ""),
    ]
};

/// The rule for two kinds.
pub(super) fn rule(kinds: Pair<Kind>) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.from == kinds.old && rule.to == kinds.new)
}

/// What PostgreSQL makes of a type.
pub(super) fn kind(data_type: &Type) -> Kind {
    match data_type {
        Type::SmallInt => Kind::SmallInt,
        Type::Integer => Kind::Integer,
        Type::BigInt => Kind::BigInt,
        Type::Real => Kind::Real,
        Type::Double => Kind::Double,
        Type::Numeric(_) => Kind::Numeric,
        Type::Boolean => Kind::Boolean,
        Type::Bytes => Kind::Bytes,
        Type::Uuid => Kind::Uuid,
        Type::Date => Kind::Date,
        Type::Time => Kind::Time,
        Type::Timestamp => Kind::Timestamp,
        Type::TimestampTz => Kind::TimestampTz,
        Type::Json => Kind::Json,
        Type::Text | Type::Varchar(_) | Type::Char(_) | Type::Values(_) => Kind::Text,
        Type::Interval | Type::Enum(_) | Type::Array(_) | Type::Native(_) => Kind::Other,
    }
}

//! What random schemas say in each dialect's own words.

use peristyle_schema::{ColumnDefault, Expr, Literal, Name, Precision, QualifiedName, Type};
use peristyle_sql::DialectName;

use super::Dice;
use super::postgres::{COMPOSITE, DOMAIN, EXTENSION_TYPE, MOOD, RANGE};
use super::table::ENUM;

/// A type for a column.
pub(super) fn data_type(dice: &mut Dice) -> Type {
    let more = match dice.dialect() {
        DialectName::Sqlite => 0,
        DialectName::Postgres => 18,
    };
    match dice.below(22 + more) {
        0..=4 => Type::BigInt,
        5 => Type::Integer,
        6 => Type::SmallInt,
        7..=11 => Type::Text,
        12 => Type::Boolean,
        13 => Type::Double,
        14 => Type::Numeric(Some(Precision { precision: 10, scale: 2 })),
        15 => Type::Bytes,
        16 => Type::Uuid,
        17 => Type::Date,
        18 => Type::Timestamp,
        19 => Type::TimestampTz,
        20 => Type::Json,
        22 => Type::Array(Box::new(Type::Text)),
        23 => Type::Array(Box::new(Type::Enum(ENUM.into()))),
        24 => Type::Varchar(Some(40)),
        25 => Type::Native("inet".to_owned()),
        26 => Type::Interval,
        27 => Type::Native("int4range".to_owned()),
        28 => Type::Char(Some(3)),
        29 => Type::Array(Box::new(Type::Integer)),
        30 | 31 => Type::Native(DOMAIN.to_owned()),
        32 => Type::Native(COMPOSITE.to_owned()),
        33 => Type::Native(RANGE.to_owned()),
        34 => Type::Native(EXTENSION_TYPE.to_owned()),
        35 | 36 => Type::Enum(QualifiedName::qualified("app", MOOD)),
        37 => Type::Native("timestamp(3) with time zone".to_owned()),
        38 => Type::Native("bit(5)".to_owned()),
        39 => Type::Array(Box::new(Type::Native("inet".to_owned()))),
        _ => Type::Enum(ENUM.into()),
    }
}

/// A default for a type, or none where it would be dull.
pub(super) fn default(dice: &mut Dice, data_type: &Type) -> Option<ColumnDefault> {
    let literal = match data_type {
        Type::SmallInt | Type::Integer | Type::BigInt if dice.one_in(4) => {
            return Some(ColumnDefault::Expr(Expr::new("abs( -4 ) + 1")));
        }
        Type::SmallInt | Type::Integer | Type::BigInt => Literal::Int(dice.below(9) as i64),
        Type::Text => Literal::Text(format!("it's {} \"x\"", dice.below(9))),
        Type::Varchar(_) => Literal::Text(format!("it's {}", dice.below(9))),
        Type::Boolean => Literal::Bool(dice.one_in(2)),
        Type::Double => Literal::Number("1.5".to_owned()),
        Type::Bytes => Literal::Bytes(vec![0, 255, dice.below(255) as u8]),
        Type::Json => Literal::Text("{}".to_owned()),
        Type::Timestamp | Type::TimestampTz | Type::Date => return Some(ColumnDefault::Now),
        Type::Uuid => return Some(ColumnDefault::Uuid4),
        Type::Enum(_) if dice.dialect() == DialectName::Postgres => Literal::Text("red".to_owned()),
        Type::Array(_) => return Some(ColumnDefault::Expr(Expr::new("'{}'"))),
        _ => return None,
    };
    Some(ColumnDefault::Literal(literal))
}

/// A value for the rows that are there, as a literal.
pub(super) fn fill(dialect: DialectName, data_type: &Type) -> Expr {
    let postgres = dialect == DialectName::Postgres;
    Expr::new(match data_type {
        Type::Boolean if postgres => "true",
        Type::Boolean => "1",
        Type::SmallInt | Type::Integer | Type::BigInt => "7",
        Type::Real | Type::Double | Type::Numeric(_) => "7.5",
        Type::Bytes if postgres => "'\\x07'",
        Type::Bytes => "X'07'",
        Type::Date => "'2024-02-03'",
        Type::Timestamp => "'2024-02-03T04:05:06.000000'",
        Type::TimestampTz => "'2024-02-03T04:05:06.000000Z'",
        Type::Json => "'[7]'",
        Type::Enum(_) => "'red'",
        Type::Uuid if postgres => "'00000000-0000-4000-8000-000000000007'",
        Type::Array(_) => "'{}'",
        Type::Interval => "'7 hours'",
        Type::Char(_) => "'f'",
        Type::Native(words) if words == "inet" => "'10.9.8.7'",
        Type::Native(words) if words.ends_with("range") => "'[7,9)'",
        Type::Native(words) if words == DOMAIN => "7",
        Type::Native(words) if words == COMPOSITE => {
            // Whatever fields the type has by then.
            "jsonb_populate_record(NULL::app.place, '{\"street\": \"filled\", \"zip\": 7}')"
        }
        Type::Native(words) if words.starts_with("timestamp") => "'2024-02-03T04:05:06Z'",
        Type::Native(words) if words.starts_with("bit") => "'00111'",
        _ => "'filled'",
    })
}

/// A check that calls a function of the schema.
const CALLED: &str = "twice(@) >= 0";

/// A check about a column, called `@`, which every row of [`crate::rows`] fulfils, and every default and filled value, too.
pub(super) fn check(dice: &mut Dice, data_type: &Type) -> &'static str {
    match (data_type, dice.dialect()) {
        (Type::SmallInt | Type::Integer | Type::BigInt, DialectName::Postgres)
            if dice.one_in(4) =>
        {
            CALLED
        }
        (Type::SmallInt | Type::Integer | Type::BigInt, _) => dice.pick::<&str>(&[
            "@ >= 0",
            "@ between 0 and 1000000000000",
            "@<>-5 or @ is null",
            "( @ + 1 ) * 2 > 0",
        ]),
        (Type::Text, _) => dice.pick::<&str>(&[
            "length( @ )>0",
            "@ <> 'it''s -- not' AND @ not like 'zz%'",
            "coalesce(@, 'x') <> ''",
        ]),
        (Type::Array(_), _) => "cardinality(@) < 10",
        (_, DialectName::Sqlite) => "@ IS NULL OR typeof(@) <> 'nothing'",
        (_, DialectName::Postgres) => "@ IS NULL OR num_nonnulls(@) = 1",
    }
}

/// A collation that is not the usual one.
pub(super) fn collation(dialect: DialectName) -> Name {
    match dialect {
        DialectName::Sqlite => "NOCASE".into(),
        DialectName::Postgres => "C".into(),
    }
}

/// Types that hold every value of rows of this one.
pub(super) fn wider(dice: &mut Dice, data_type: &Type) -> Type {
    match (data_type, dice.dialect()) {
        (Type::BigInt | Type::Integer | Type::SmallInt, DialectName::Sqlite) => {
            dice.pick(&[Type::Text, Type::Double, Type::SmallInt, Type::BigInt]).clone()
        }
        (Type::SmallInt | Type::Integer, DialectName::Postgres) => {
            dice.pick(&[Type::Text, Type::Double, Type::Integer, Type::BigInt]).clone()
        }
        (Type::BigInt, DialectName::Postgres) => dice.pick(&[Type::Text, Type::Double]).clone(),
        (Type::Boolean, DialectName::Sqlite) => Type::BigInt,
        (Type::Boolean, DialectName::Postgres) => dice.pick(&[Type::Integer, Type::Text]).clone(),
        (
            Type::Enum(_)
            | Type::Json
            | Type::Date
            | Type::Timestamp
            | Type::TimestampTz
            | Type::Uuid
            | Type::Varchar(_)
            | Type::Native(_)
            | Type::Interval,
            _,
        ) => Type::Text,
        (Type::Numeric(_), DialectName::Sqlite) => Type::Double,
        (Type::Numeric(_), DialectName::Postgres) => Type::Numeric(None),
        (other, _) => other.clone(),
    }
}

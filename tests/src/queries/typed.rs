//! The same expressions in the typed language.

use peristyle::query::Maybe;
use peristyle::{Expr, Order, Predicate, Table, case, greatest, least, value};

use super::Place;
use super::tables::{Item, Parent, Sale, Shop};
use super::tree::{
    Compared, Cond, Day, DayColumn, Int, IntColumn, Matched, Real, RealColumn, Reckoned, Text,
    TextColumn,
};
use peristyle::query::As;

/// What a query reads, with its columns.
pub trait Tables: Sized {
    /// The tables.
    const PLACES: &'static [Place];
    /// A column of whole numbers.
    fn int(column: IntColumn) -> Expr<Self, Option<i64>>;
    /// A column of texts.
    fn text(column: TextColumn) -> Expr<Self, Option<String>>;
    /// A column of floating-point numbers.
    fn real(column: RealColumn) -> Expr<Self, Option<f64>>;
    /// A column of dates.
    fn day(column: DayColumn) -> Expr<Self, Option<peristyle::Date>>;
    /// A condition on what belongs to a row.
    fn related(cond: &Cond) -> Predicate<Self>;
    /// How often the item was sold.
    fn sales() -> Expr<Self, i64>;
    /// By the keys of everything that is read, so that each row has its place.
    fn keys() -> Vec<Order<Self>>;
}

/// A query does not grow what its tables have not.
const ABSENT: &str = "the query does not read the table of this column";

macro_rules! int {
    (Item $column:ident) => {
        match $column {
            IntColumn::ItemN => Some(Item::N.nullable()),
            IntColumn::ItemM => Some(Item::M.nullable()),
            _ => None,
        }
    };
    (Shop $column:ident) => {
        (*$column == IntColumn::ShopRank).then(|| Shop::RANK.nullable())
    };
    (Sale $column:ident) => {
        (*$column == IntColumn::SaleAmount).then(|| Sale::AMOUNT.nullable())
    };
    (Parent $column:ident) => {
        (*$column == IntColumn::ParentRank).then(|| Shop::RANK.of(Parent).nullable())
    };
}

macro_rules! text {
    (Item $column:ident) => {
        match $column {
            TextColumn::ItemName => Some(Item::NAME.nullable()),
            TextColumn::ItemNote => Some(Item::NOTE.nullable()),
            _ => None,
        }
    };
    (Shop $column:ident) => {
        (*$column == TextColumn::ShopCity).then(|| Shop::CITY.nullable())
    };
    (Sale $column:ident) => {
        (*$column == TextColumn::SaleBuyer).then(|| Sale::BUYER.nullable())
    };
    (Parent $column:ident) => {
        (*$column == TextColumn::ParentCity).then(|| Shop::CITY.of(Parent).nullable())
    };
}

macro_rules! real {
    (Item $column:ident) => {
        match $column {
            RealColumn::ItemScore => Some(Item::SCORE.nullable()),
            RealColumn::ItemWeight => Some(Item::WEIGHT.nullable()),
        }
    };
    ($other:ident $column:ident) => {
        None
    };
}

macro_rules! day {
    (Item $column:ident) => {
        (*$column == DayColumn::ItemDay).then(|| Item::DAY.nullable())
    };
    (Sale $column:ident) => {
        (*$column == DayColumn::SaleDay).then(|| Sale::DAY.nullable())
    };
    ($other:ident $column:ident) => {
        None
    };
}

macro_rules! related {
    (Item $cond:ident) => {
        match $cond {
            Cond::Live => Some(Item::LIVE.eq(true)),
            Cond::Sold(above) => Some(Sale::ITEM.any_where(Sale::AMOUNT.gt(*above))),
            Cond::Unsold => Some(Sale::ITEM.none()),
            _ => None,
        }
    };
    (Shop $cond:ident) => {
        match $cond {
            Cond::Stocks(inside) => Some(Item::SHOP.any_where(cond::<Item>(inside).within())),
            Cond::HasBranches => Some(Shop::PARENT.any()),
            _ => None,
        }
    };
    ($other:ident $cond:ident) => {
        None
    };
}

macro_rules! sales {
    (Item) => {
        Some(Sale::ITEM.count())
    };
    ($other:ident) => {
        None
    };
}

macro_rules! key {
    (Item) => {
        Item::ID.asc()
    };
    (Shop) => {
        Shop::ID.asc()
    };
    (Sale) => {
        Sale::ID.asc()
    };
    (Parent) => {
        Shop::ID.of(Parent).asc()
    };
}

macro_rules! tables {
    ($($type:ty: $($place:ident)+;)+) => {$(
        impl Tables for $type {
            const PLACES: &'static [Place] = &[$(Place::$place),+];

            fn int(column: IntColumn) -> Expr<Self, Option<i64>> {
                let column = &column;
                None$(.or_else(|| int!($place column)))+.expect(ABSENT)
            }

            fn text(column: TextColumn) -> Expr<Self, Option<String>> {
                let column = &column;
                None$(.or_else(|| text!($place column)))+.expect(ABSENT)
            }

            fn real(column: RealColumn) -> Expr<Self, Option<f64>> {
                let _column = &column;
                None$(.or_else(|| real!($place _column)))+.expect(ABSENT)
            }

            fn day(column: DayColumn) -> Expr<Self, Option<peristyle::Date>> {
                let _column = &column;
                None$(.or_else(|| day!($place _column)))+.expect(ABSENT)
            }

            fn related(cond: &Cond) -> Predicate<Self> {
                let _cond = cond;
                None$(.or_else(|| related!($place _cond)))+.expect(ABSENT)
            }

            fn sales() -> Expr<Self, i64> {
                None$(.or_else(|| sales!($place)))+.expect(ABSENT)
            }

            fn keys() -> Vec<Order<Self>> {
                vec![$(key!($place)),+]
            }
        }
    )+};
}

tables! {
    Item: Item;
    Shop: Shop;
    Sale: Sale;
    (Item, Shop): Item Shop;
    (Item, Maybe<Shop>): Item Shop;
    (Maybe<Item>, Shop): Item Shop;
    (Maybe<Item>, Maybe<Shop>): Item Shop;
    (Item, Maybe<Shop>, Sale): Item Shop Sale;
    (Item, Maybe<Shop>, Maybe<Sale>): Item Shop Sale;
    (Shop, Maybe<As<Shop, Parent>>): Shop Parent;
}

fn reckon<Q, V>(
    by: Reckoned,
    one: Expr<Q, Option<V>>,
    other: Expr<Q, Option<V>>,
) -> Expr<Q, Option<V>>
where
    V: peristyle::query::Number + peristyle::query::Value<Inner = V>,
{
    match by {
        Reckoned::Plus => one.plus(other),
        Reckoned::Minus => one.minus(other),
        Reckoned::Times => one.times(other),
        Reckoned::DividedBy => one.divided_by(other),
    }
}

/// A whole number.
pub fn int<Q: Tables>(tree: &Int) -> Expr<Q, Option<i64>> {
    match tree {
        Int::Column(column) => Q::int(*column),
        Int::Literal(number) => value::<Q, i64>(*number).nullable(),
        // A value is a parameter, without a cast around it.
        Int::Reckoned(Reckoned::Plus, pair) if matches!(pair.1, Int::Literal(_)) => {
            let Int::Literal(number) = pair.1 else { return int(&pair.0) };
            int(&pair.0).plus(number)
        }
        Int::Reckoned(by, pair) => reckon(*by, int(&pair.0), int(&pair.1)),
        Int::Negated(of) => -int(of),
        Int::Abs(of) => int(of).abs(),
        Int::Length(of) => text(of).length(),
        Int::Year(of) => day(of).year(),
        Int::Coalesce(pair) => match pair.1 {
            Int::Literal(number) => int(&pair.0).coalesce(number).nullable(),
            _ => int(&pair.0).coalesce(int(&pair.1)),
        },
        Int::NullIf(pair) => int(&pair.0).null_if(int(&pair.1)),
        Int::Greatest(pair) => greatest::<Q, i64, _, _, _, _>(int(&pair.0), int(&pair.1)),
        Int::Least(pair) => least::<Q, i64, _, _, _, _>(int(&pair.0), int(&pair.1)),
        Int::Case(parts) => {
            let (when, then, otherwise) = &**parts;
            match (then, otherwise) {
                (Int::Literal(then), Int::Literal(otherwise)) => {
                    case::<Q, i64>().when(cond(when), then).otherwise(otherwise).nullable()
                }
                _ => case::<Q, i64>().when(cond(when), int(then)).otherwise(int(otherwise)),
            }
        }
        Int::CaseWithoutElse(parts) => case::<Q, i64>().when(cond(&parts.0), int(&parts.1)).end(),
        Int::Sales => Q::sales().nullable(),
        Int::LargestSale(below) => {
            Sale::all().filter(Sale::AMOUNT.lt(*below)).select(Sale::AMOUNT.max()).scalar()
        }
    }
}

/// A text.
pub fn text<Q: Tables>(tree: &Text) -> Expr<Q, Option<String>> {
    match tree {
        Text::Column(column) => Q::text(*column),
        Text::Literal(literal) => value::<Q, String>(literal.clone()).nullable(),
        Text::Lower(of) => text(of).lower(),
        Text::Upper(of) => text(of).upper(),
        Text::Trim(of) => text(of).trim(),
        Text::Concat(pair) => match &pair.1 {
            Text::Literal(literal) => text(&pair.0).concat(literal.as_str()),
            other => text(&pair.0).concat(text(other)),
        },
        Text::Replace(of, from, to) => text(of).replace(from.as_str(), to.as_str()),
        Text::Substring(of, start, length) => text(of).substring(*start, *length),
        Text::Coalesce(pair) => match &pair.1 {
            Text::Literal(literal) => text(&pair.0).coalesce(literal.as_str()).nullable(),
            other => text(&pair.0).coalesce(text(other)),
        },
        Text::Case(parts) => {
            let (when, then, otherwise) = &**parts;
            match (then, otherwise) {
                (Text::Literal(then), Text::Literal(otherwise)) => case::<Q, String>()
                    .when(cond(when), then.as_str())
                    .otherwise(otherwise.as_str())
                    .nullable(),
                _ => case::<Q, String>().when(cond(when), text(then)).otherwise(text(otherwise)),
            }
        }
        Text::OfInt(of) => int(of).cast::<String>(),
    }
}

/// A floating-point number.
pub fn real<Q: Tables>(tree: &Real) -> Expr<Q, Option<f64>> {
    match tree {
        Real::Column(column) => Q::real(*column),
        Real::Literal(number) => value::<Q, f64>(*number).nullable(),
        Real::Reckoned(by, pair) => reckon(*by, real(&pair.0), real(&pair.1)),
        Real::Coalesce(pair) => real(&pair.0).coalesce(real(&pair.1)),
        Real::OfInt(of) => int(of).cast::<f64>(),
    }
}

/// A date.
pub fn day<Q: Tables>(tree: &Day) -> Expr<Q, Option<peristyle::Date>> {
    match tree {
        Day::Column(column) => Q::day(*column),
        Day::Literal(day) => value::<Q, peristyle::Date>(*day).nullable(),
        Day::Coalesce(pair) => day(&pair.0).coalesce(day(&pair.1)),
    }
}

macro_rules! compared {
    ($how:expr, $one:expr, $other:expr) => {
        match $how {
            Compared::Eq => $one.eq($other),
            Compared::Ne => $one.ne($other),
            Compared::Lt => $one.lt($other),
            Compared::Le => $one.le($other),
            Compared::Gt => $one.gt($other),
            Compared::Ge => $one.ge($other),
        }
    };
}

/// A condition.
pub fn cond<Q: Tables>(tree: &Cond) -> Predicate<Q> {
    match tree {
        Cond::Ints(how, one, Int::Literal(number)) => compared!(how, int(one), *number),
        Cond::Ints(how, one, other) => compared!(how, int(one), int(other)),
        Cond::Texts(how, one, Text::Literal(literal)) => {
            compared!(how, text(one), literal.as_str())
        }
        Cond::Texts(how, one, other) => compared!(how, text(one), text(other)),
        Cond::Reals(how, one, Real::Literal(number)) => compared!(how, real(one), *number),
        Cond::Reals(how, one, other) => compared!(how, real(one), real(other)),
        Cond::Days(how, one, Day::Literal(literal)) => compared!(how, day(one), *literal),
        Cond::Days(how, one, other) => compared!(how, day(one), day(other)),
        Cond::Between(of, Int::Literal(low), Int::Literal(high)) => int(of).between(*low, *high),
        Cond::Between(of, low, high) => int(of).between(int(low), int(high)),
        Cond::InInts { of, list, not: false } => int(of).is_in(list.clone()),
        Cond::InInts { of, list, not: true } => int(of).is_not_in(list.clone()),
        Cond::InTexts { of, list, not: false } => text(of).is_in(list.clone()),
        Cond::InTexts { of, list, not: true } => text(of).is_not_in(list.clone()),
        Cond::InSales { of, above, not } => {
            let amounts = Sale::all().filter(Sale::AMOUNT.gt(*above)).select(Sale::AMOUNT);
            if *not { int(of).is_not_in(amounts) } else { int(of).is_in(amounts) }
        }
        Cond::Match(how, of, pattern) => {
            let (of, pattern) = (text(of), pattern.as_str());
            match how {
                Matched::Like => of.like(pattern),
                Matched::NotLike => of.not_like(pattern),
                Matched::ILike => of.ilike(pattern),
                Matched::StartsWith => of.starts_with(pattern),
                Matched::EndsWith => of.ends_with(pattern),
                Matched::Contains => of.contains(pattern),
            }
        }
        Cond::NoInt(of) => int(of).is_null(),
        Cond::NoText(of) => text(of).is_null(),
        Cond::NoDay(of) => day(of).is_null(),
        Cond::SomeText(of) => text(of).is_not_null(),
        Cond::IsInt { of, value, not: false } => int(of).is(*value),
        Cond::IsInt { of, value, not: true } => int(of).is_not(*value),
        Cond::And(pair) => cond(&pair.0).and(cond(&pair.1)),
        Cond::Or(pair) => cond(&pair.0) | cond(&pair.1),
        Cond::Not(of) => cond(of).not(),
        Cond::True(of) => cond(of).is_true().eq(true),
        Cond::Live | Cond::Sold(_) | Cond::Unsold | Cond::Stocks(_) | Cond::HasBranches => {
            Q::related(tree)
        }
    }
}

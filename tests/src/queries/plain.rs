//! Expressions in plain SQL: values written out, parentheses around everything, and nothing of the query layer.

use peristyle_sql::DialectName::{self, Postgres, Sqlite};

use super::tree::{
    Compared, Cond, Day, DayColumn, Int, IntColumn, Matched, Real, RealColumn, Reckoned, Text,
    TextColumn,
};

/// Writes SQL for a database.
#[derive(Debug, Clone, Copy)]
pub struct Plain(pub DialectName);

impl Plain {
    /// A text as a literal.
    pub fn quoted(self, text: &str) -> String {
        match self.0 {
            // A line's end would be one in the statement too, which is no matter.
            Sqlite => format!("'{}'", text.replace('\'', "''")),
            Postgres => format!("'{}'::text", text.replace('\'', "''")),
        }
    }

    fn number(self, number: i64) -> String {
        match self.0 {
            Sqlite => format!("({number})"),
            Postgres => format!("({number})::bigint"),
        }
    }

    fn day_literal(self, day: peristyle::Date) -> String {
        match self.0 {
            Sqlite => format!("'{day}'"),
            Postgres => format!("'{day}'::date"),
        }
    }

    /// A column of whole numbers.
    pub fn int_column(column: IntColumn) -> &'static str {
        match column {
            IntColumn::ItemN => "items.n",
            IntColumn::ItemM => "items.m",
            IntColumn::ShopRank => "shops.rank",
            IntColumn::SaleAmount => "sales.amount",
            IntColumn::ParentRank => "\"Parent\".rank",
        }
    }

    /// A column of texts.
    pub fn text_column(column: TextColumn) -> &'static str {
        match column {
            TextColumn::ItemName => "items.name",
            TextColumn::ItemNote => "items.note",
            TextColumn::ShopCity => "shops.city",
            TextColumn::SaleBuyer => "sales.buyer",
            TextColumn::ParentCity => "\"Parent\".city",
        }
    }

    fn reckoned(by: Reckoned) -> &'static str {
        match by {
            Reckoned::Plus => "+",
            Reckoned::Minus => "-",
            Reckoned::Times => "*",
            Reckoned::DividedBy => "/",
        }
    }

    /// The larger or smaller of two: null where one of them is.
    fn extreme(self, name: [&str; 2], pair: &(Int, Int)) -> String {
        let (one, other) = (self.int(&pair.0), self.int(&pair.1));
        match self.0 {
            Sqlite => format!("{}({one}, {other})", name[0]),
            Postgres => format!(
                "(CASE WHEN {one} IS NOT NULL AND {other} IS NOT NULL THEN {}({one}, {other}) END)",
                name[1]
            ),
        }
    }

    /// A whole number.
    pub fn int(self, tree: &Int) -> String {
        match tree {
            Int::Column(column) => Self::int_column(*column).to_owned(),
            Int::Literal(number) => self.number(*number),
            Int::Reckoned(by, pair) => {
                format!("({} {} {})", self.int(&pair.0), Self::reckoned(*by), self.int(&pair.1))
            }
            Int::Negated(of) => format!("(- ({}))", self.int(of)),
            Int::Abs(of) => format!("abs({})", self.int(of)),
            Int::Length(of) => match self.0 {
                Sqlite => format!("length({})", self.text(of)),
                Postgres => format!("(char_length({}))::bigint", self.text(of)),
            },
            Int::Year(of) => match self.0 {
                Sqlite => format!("CAST(substr({}, 1, 4) AS INTEGER)", self.day(of)),
                Postgres => format!("date_part('year', {})::bigint", self.day(of)),
            },
            Int::Coalesce(pair) => {
                let (one, other) = (self.int(&pair.0), self.int(&pair.1));
                format!("(CASE WHEN {one} IS NOT NULL THEN {one} ELSE {other} END)")
            }
            Int::NullIf(pair) => {
                let (one, other) = (self.int(&pair.0), self.int(&pair.1));
                format!("(CASE WHEN {one} = {other} THEN NULL ELSE {one} END)")
            }
            Int::Greatest(pair) => self.extreme(["max", "greatest"], pair),
            Int::Least(pair) => self.extreme(["min", "least"], pair),
            // A case is of the type that it is said to be.
            Int::Case(parts) => format!(
                "CAST(CASE WHEN {} THEN {} ELSE {} END AS bigint)",
                self.cond(&parts.0),
                self.int(&parts.1),
                self.int(&parts.2)
            ),
            Int::CaseWithoutElse(parts) => format!(
                "CAST(CASE WHEN {} THEN {} END AS bigint)",
                self.cond(&parts.0),
                self.int(&parts.1)
            ),
            Int::Sales => "(SELECT count(*) FROM sales AS own WHERE own.item_id = items.id)".into(),
            Int::LargestSale(below) => format!(
                "(SELECT max(own.amount) FROM sales AS own WHERE own.amount < {})",
                self.number(*below)
            ),
        }
    }

    /// A text.
    pub fn text(self, tree: &Text) -> String {
        match tree {
            Text::Column(column) => Self::text_column(*column).to_owned(),
            Text::Literal(text) => self.quoted(text),
            Text::Lower(of) => format!("lower({})", self.text(of)),
            Text::Upper(of) => format!("upper({})", self.text(of)),
            Text::Trim(of) => format!("ltrim(rtrim({}))", self.text(of)),
            Text::Concat(pair) => format!("({} || {})", self.text(&pair.0), self.text(&pair.1)),
            Text::Replace(of, from, to) => {
                format!("replace({}, {}, {})", self.text(of), self.quoted(from), self.quoted(to))
            }
            Text::Substring(of, start, length) => {
                format!("substr({}, {start}, {length})", self.text(of))
            }
            Text::Coalesce(pair) => {
                let (one, other) = (self.text(&pair.0), self.text(&pair.1));
                format!("(CASE WHEN {one} IS NOT NULL THEN {one} ELSE {other} END)")
            }
            Text::Case(parts) => format!(
                "(CASE WHEN {} THEN {} ELSE {} END)",
                self.cond(&parts.0),
                self.text(&parts.1),
                self.text(&parts.2)
            ),
            Text::OfInt(of) => format!("CAST({} AS text)", self.int(of)),
        }
    }

    /// A floating-point number.
    pub fn real(self, tree: &Real) -> String {
        match (tree, self.0) {
            (Real::Column(RealColumn::ItemScore), _) => "items.score".to_owned(),
            (Real::Column(RealColumn::ItemWeight), _) => "items.weight".to_owned(),
            (Real::Literal(number), Sqlite) => format!("({number:?})"),
            (Real::Literal(number), Postgres) => format!("({number:?})::double precision"),
            (Real::Reckoned(by, pair), _) => {
                format!("({} {} {})", self.real(&pair.0), Self::reckoned(*by), self.real(&pair.1))
            }
            (Real::Coalesce(pair), _) => {
                let (one, other) = (self.real(&pair.0), self.real(&pair.1));
                format!("(CASE WHEN {one} IS NOT NULL THEN {one} ELSE {other} END)")
            }
            (Real::OfInt(of), Sqlite) => format!("CAST({} AS REAL)", self.int(of)),
            (Real::OfInt(of), Postgres) => format!("({})::double precision", self.int(of)),
        }
    }

    /// A date.
    pub fn day(self, tree: &Day) -> String {
        match tree {
            Day::Column(DayColumn::ItemDay) => "items.day".to_owned(),
            Day::Column(DayColumn::SaleDay) => "sales.day".to_owned(),
            Day::Literal(day) => self.day_literal(*day),
            Day::Coalesce(pair) => {
                let (one, other) = (self.day(&pair.0), self.day(&pair.1));
                format!("(CASE WHEN {one} IS NOT NULL THEN {one} ELSE {other} END)")
            }
        }
    }

    fn compared(how: Compared) -> &'static str {
        match how {
            Compared::Eq => "=",
            Compared::Ne => "<>",
            Compared::Lt => "<",
            Compared::Le => "<=",
            Compared::Gt => ">",
            Compared::Ge => ">=",
        }
    }

    fn list(of: &str, items: Vec<String>, not: bool) -> String {
        let not = if not { "NOT " } else { "" };
        match items.is_empty() {
            // A list without values, which neither database can write.
            true => format!("({of} {not}IN (SELECT {of} WHERE 1 = 0))"),
            false => format!("({of} {not}IN ({}))", items.join(", ")),
        }
    }

    /// A condition.
    pub fn cond(self, tree: &Cond) -> String {
        match tree {
            Cond::Ints(how, one, other) => {
                format!("({} {} {})", self.int(one), Self::compared(*how), self.int(other))
            }
            Cond::Texts(how, one, other) => {
                format!("({} {} {})", self.text(one), Self::compared(*how), self.text(other))
            }
            Cond::Reals(how, one, other) => {
                format!("({} {} {})", self.real(one), Self::compared(*how), self.real(other))
            }
            Cond::Days(how, one, other) => {
                format!("({} {} {})", self.day(one), Self::compared(*how), self.day(other))
            }
            Cond::Between(of, low, high) => {
                let of = self.int(of);
                format!("({of} >= {} AND {of} <= {})", self.int(low), self.int(high))
            }
            Cond::InInts { of, list, not } => {
                let items = list.iter().map(|number| self.number(*number)).collect();
                Self::list(&self.int(of), items, *not)
            }
            Cond::InTexts { of, list, not } => {
                let items = list.iter().map(|text| self.quoted(text)).collect();
                Self::list(&self.text(of), items, *not)
            }
            Cond::InSales { of, above, not } => {
                let not = if *not { "NOT " } else { "" };
                let rows = format!(
                    "SELECT own.amount FROM sales AS own WHERE own.amount > {}",
                    self.number(*above)
                );
                format!("({} {not}IN ({rows}))", self.int(of))
            }
            Cond::Match(how, of, text) => self.matched(*how, &self.text(of), text),
            Cond::NoInt(of) => format!("({} IS NULL)", self.int(of)),
            Cond::NoText(of) => format!("({} IS NULL)", self.text(of)),
            Cond::NoDay(of) => format!("({} IS NULL)", self.day(of)),
            Cond::SomeText(of) => format!("({} IS NOT NULL)", self.text(of)),
            Cond::IsInt { of, value, not } => {
                let value = value.map_or("NULL".to_owned(), |value| self.number(value));
                let not = if *not { "" } else { "NOT " };
                format!("({} IS {not}DISTINCT FROM {value})", self.int(of))
            }
            Cond::Live => "items.live".to_owned(),
            Cond::And(pair) => format!("({} AND {})", self.cond(&pair.0), self.cond(&pair.1)),
            Cond::Or(pair) => format!("({} OR {})", self.cond(&pair.0), self.cond(&pair.1)),
            Cond::Not(of) => format!("(NOT ({}))", self.cond(of)),
            Cond::True(of) => format!("(coalesce({}, false))", self.cond(of)),
            Cond::Sold(above) => format!(
                "(0 < (SELECT count(*) FROM sales AS own WHERE own.item_id = items.id AND own.amount > {}))",
                self.number(*above)
            ),
            Cond::Unsold => {
                "(0 = (SELECT count(*) FROM sales AS own WHERE own.item_id = items.id))".to_owned()
            }
            // The condition speaks of `items`, which is the inner one here.
            Cond::Stocks(cond) => format!(
                "(0 < (SELECT count(*) FROM items WHERE items.shop_id = shops.id AND {}))",
                self.cond(cond)
            ),
            Cond::HasBranches => {
                "(0 < (SELECT count(*) FROM shops AS own WHERE own.parent_id = shops.id))"
                    .to_owned()
            }
        }
    }

    fn matched(self, how: Matched, of: &str, text: &str) -> String {
        if text.is_empty() && matches!(how, Matched::Contains) {
            return format!("({of} = {of})");
        }
        let text = self.quoted(text);
        match (how, self.0) {
            (Matched::Like, _) => format!("({of} LIKE {text} ESCAPE '\\')"),
            (Matched::NotLike, _) => format!("(NOT ({of} LIKE {text} ESCAPE '\\'))"),
            (Matched::ILike, Sqlite) => format!("({of} LIKE {text} ESCAPE '\\')"),
            (Matched::ILike, Postgres) => format!("({of} ILIKE {text} ESCAPE '\\')"),
            (Matched::StartsWith, _) => format!("(substr({of}, 1, length({text})) = {text})"),
            (Matched::EndsWith, _) => format!(
                "(length({of}) >= length({text}) AND substr({of}, length({of}) - length({text}) + 1) = {text})"
            ),
            (Matched::Contains, _) => format!("({of} <> replace({of}, {text}, ''))"),
        }
    }
}

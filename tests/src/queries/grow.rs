//! Random expressions over the tables that a query reads.

use super::Place;
use super::data::{day, number, quarters, word};
use super::tree::{
    Compared, Cond, Day, DayColumn, Int, IntColumn, Matched, Real, RealColumn, Reckoned, Text,
    TextColumn,
};
use crate::random::Dice;

/// Grows expressions of limited depth.
#[derive(Debug)]
pub struct Grower<'d> {
    /// Where its choices come from.
    pub dice: &'d mut Dice,
    /// What the query reads.
    pub places: Vec<Place>,
}

impl Grower<'_> {
    fn place(&mut self) -> Place {
        *self.dice.pick(&self.places)
    }

    fn reads(&self, place: Place) -> bool {
        self.places.contains(&place)
    }

    fn pair<T>(&mut self, depth: u32, grow: fn(&mut Self, u32) -> T) -> Box<(T, T)> {
        Box::new((grow(self, depth), grow(self, depth)))
    }

    fn reckoned(&mut self) -> Reckoned {
        *self.dice.pick(&[Reckoned::Plus, Reckoned::Minus, Reckoned::Times])
    }

    /// A column of whole numbers.
    pub fn int_column(&mut self) -> IntColumn {
        match self.place() {
            Place::Item if self.dice.one_in(2) => IntColumn::ItemN,
            Place::Item => IntColumn::ItemM,
            Place::Shop => IntColumn::ShopRank,
            Place::Sale => IntColumn::SaleAmount,
            Place::Parent => IntColumn::ParentRank,
        }
    }

    /// A column of texts.
    pub fn text_column(&mut self) -> TextColumn {
        match self.place() {
            Place::Item if self.dice.one_in(2) => TextColumn::ItemName,
            Place::Item => TextColumn::ItemNote,
            Place::Shop => TextColumn::ShopCity,
            Place::Sale => TextColumn::SaleBuyer,
            Place::Parent => TextColumn::ParentCity,
        }
    }

    /// A whole number.
    pub fn int(&mut self, depth: u32) -> Int {
        if depth == 0 || self.dice.one_in(3) {
            return match self.dice.one_in(4) {
                true => Int::Literal(number(self.dice, false)),
                false => Int::Column(self.int_column()),
            };
        }
        let less = depth - 1;
        match self.dice.below(14) {
            0..3 => Int::Reckoned(self.reckoned(), self.pair(less, Self::int)),
            3 => {
                let divisor = *self.dice.pick(&[1, 2, 3, -2]);
                let divided = Box::new((self.int(less), Int::Literal(divisor)));
                Int::Reckoned(Reckoned::DividedBy, divided)
            }
            4 => Int::Negated(Box::new(self.int(less))),
            5 => Int::Abs(Box::new(self.int(less))),
            6 => Int::Length(Box::new(self.text(less))),
            7 => Int::Coalesce(self.pair(less, Self::int)),
            8 => Int::NullIf(self.pair(less, Self::int)),
            9 => Int::Greatest(self.pair(less, Self::int)),
            10 => Int::Least(self.pair(less, Self::int)),
            11 => Int::Case(Box::new((self.cond(less), self.int(less), self.int(less)))),
            12 => Int::CaseWithoutElse(Box::new((self.cond(less), self.int(less)))),
            _ if self.reads(Place::Item) => match self.dice.below(3) {
                0 => Int::Sales,
                1 => Int::LargestSale(number(self.dice, false)),
                _ => Int::Year(Box::new(self.day(less))),
            },
            _ => Int::Abs(Box::new(self.int(less))),
        }
    }

    /// A text.
    pub fn text(&mut self, depth: u32) -> Text {
        if depth == 0 || self.dice.one_in(3) {
            return match self.dice.one_in(4) {
                true => Text::Literal(word(self.dice)),
                false => Text::Column(self.text_column()),
            };
        }
        let less = depth - 1;
        match self.dice.below(9) {
            0 => Text::Lower(Box::new(self.text(less))),
            1 => Text::Upper(Box::new(self.text(less))),
            2 => Text::Trim(Box::new(self.text(less))),
            3 => Text::Concat(self.pair(less, Self::text)),
            4 => Text::Replace(Box::new(self.text(less)), word(self.dice), word(self.dice)),
            5 => {
                let (start, length) = (self.dice.below(4) as u32 + 1, self.dice.below(4) as u32);
                Text::Substring(Box::new(self.text(less)), start, length)
            }
            6 => Text::Coalesce(self.pair(less, Self::text)),
            7 => Text::Case(Box::new((self.cond(less), self.text(less), self.text(less)))),
            _ => Text::OfInt(Box::new(self.int(less))),
        }
    }

    /// A floating-point number.
    pub fn real(&mut self, depth: u32) -> Real {
        if depth == 0 || self.dice.one_in(3) {
            if !self.reads(Place::Item) || self.dice.one_in(4) {
                return Real::Literal(quarters(self.dice));
            }
            let columns = [RealColumn::ItemScore, RealColumn::ItemWeight];
            return Real::Column(*self.dice.pick(&columns));
        }
        let less = depth - 1;
        match self.dice.below(3) {
            0 => Real::Reckoned(self.reckoned(), self.pair(less, Self::real)),
            1 => Real::Coalesce(self.pair(less, Self::real)),
            _ => Real::OfInt(Box::new(self.int(less))),
        }
    }

    /// A date.
    pub fn day(&mut self, depth: u32) -> Day {
        let mut columns = Vec::new();
        if self.reads(Place::Item) {
            columns.push(DayColumn::ItemDay);
        }
        if self.reads(Place::Sale) {
            columns.push(DayColumn::SaleDay);
        }
        if columns.is_empty() || self.dice.one_in(4) {
            return Day::Literal(day(self.dice));
        }
        if depth > 0 && self.dice.one_in(3) {
            return Day::Coalesce(self.pair(depth - 1, Self::day));
        }
        Day::Column(*self.dice.pick(&columns))
    }

    fn compared(&mut self) -> Compared {
        use Compared::{Eq, Ge, Gt, Le, Lt, Ne};
        *self.dice.pick(&[Eq, Ne, Lt, Le, Gt, Ge])
    }

    fn list<T>(&mut self, make: impl Fn(&mut Dice) -> T) -> Vec<T> {
        (0..self.dice.below(5)).map(|_| make(self.dice)).collect()
    }

    /// A condition.
    pub fn cond(&mut self, depth: u32) -> Cond {
        let less = depth.saturating_sub(1);
        if depth > 0 {
            match self.dice.below(12) {
                0..2 => return Cond::And(self.pair(less, Self::cond)),
                2..4 => return Cond::Or(self.pair(less, Self::cond)),
                4..6 => return Cond::Not(Box::new(self.cond(less))),
                6 => return Cond::True(Box::new(self.cond(less))),
                _ => {}
            }
        }
        if self.dice.one_in(5)
            && let Some(related) = self.related(less)
        {
            return related;
        }
        let not = self.dice.one_in(2);
        match self.dice.below(15) {
            0..3 => Cond::Ints(self.compared(), self.int(less), self.int(less)),
            3..5 => Cond::Texts(self.compared(), self.text(less), self.text(less)),
            5 => Cond::Reals(self.compared(), self.real(less), self.real(less)),
            6 => Cond::Days(self.compared(), self.day(less), self.day(less)),
            7 => Cond::Between(self.int(less), self.int(less), self.int(less)),
            8 => Cond::InInts { of: self.int(less), list: self.list(|d| number(d, false)), not },
            9 => Cond::InTexts { of: self.text(less), list: self.list(word), not },
            10 => Cond::InSales { of: self.int(less), above: number(self.dice, false), not },
            11 => {
                let of = self.int(less);
                let value = (!self.dice.one_in(3)).then(|| number(self.dice, false));
                Cond::IsInt { of, value, not }
            }
            12 => match self.dice.below(4) {
                0 => Cond::NoInt(self.int(less)),
                1 => Cond::NoText(self.text(less)),
                2 => Cond::NoDay(self.day(less)),
                _ => Cond::SomeText(self.text(less)),
            },
            _ => {
                use Matched::{Contains, EndsWith, ILike, Like, NotLike, StartsWith};
                let matched =
                    *self.dice.pick(&[Like, NotLike, ILike, StartsWith, EndsWith, Contains]);
                Cond::Match(matched, self.text(less), self.pattern(matched))
            }
        }
    }

    /// What a text is matched with; a pattern that ends with a backslash means nothing, so there is none.
    fn pattern(&mut self, matched: Matched) -> String {
        match matched {
            Matched::StartsWith | Matched::EndsWith | Matched::Contains => word(self.dice),
            Matched::Like | Matched::NotLike | Matched::ILike => {
                let patterns =
                    ["%", "", "a%", "%b", "_", "__", "A_", "%\\%%", "a\\_b", "%ä%", "%\n%", "\\\\"];
                (*self.dice.pick(&patterns)).to_owned()
            }
        }
    }

    /// A condition on what belongs to a row.
    fn related(&mut self, depth: u32) -> Option<Cond> {
        let (item, shop) = (self.reads(Place::Item), self.reads(Place::Shop));
        match self.dice.below(4) {
            0 if item => Some(Cond::Live),
            1 if item => Some(Cond::Sold(number(self.dice, false))),
            2 if item => Some(Cond::Unsold),
            3 if shop && self.places.len() == 1 => Some(Cond::HasBranches),
            _ if shop && !item => {
                let mut inside = Grower { dice: self.dice, places: vec![Place::Item] };
                Some(Cond::Stocks(Box::new(inside.cond(depth.min(1)))))
            }
            _ => None,
        }
    }
}

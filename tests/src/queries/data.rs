//! Random rows: nulls, equal values, letters of every kind, extremes.

use peristyle::{Connection, Date, Id, Result, Table};

use super::tables::{Item, NewItem, NewSale, NewShop, Sale, Shop};
use crate::random::Dice;

/// Words that mean something somewhere.
pub const WORDS: &[&str] = &[
    "",
    "a",
    "A",
    "b",
    "ab",
    "Ab",
    "ä",
    "Ä",
    "ß",
    "日本",
    "a%b",
    "a_b",
    "%",
    "_",
    "\\",
    "it's",
    "\"q\"",
    " pad ",
    "null",
    "NULL",
    "0",
    "-1",
    "1e3",
    "👩‍👩‍👧",
    "e\u{301}",
    "é",
    "a\nb",
    "$1",
    "?1",
    "'; --",
];

/// A whole number, small for the most part.
pub fn number(dice: &mut Dice, extreme: bool) -> i64 {
    if extreme && dice.one_in(6) {
        return *dice.pick(&[
            i64::MAX,
            i64::MIN,
            i64::MAX - 1,
            i64::MIN + 1,
            1 << 53,
            (1 << 53) + 1,
        ]);
    }
    dice.below(9) as i64 - 3
}

/// A number with quarters, so that sums are exact in any order.
pub fn quarters(dice: &mut Dice) -> f64 {
    (dice.below(33) as f64 - 16.0) / 4.0
}

/// A day, one of few.
pub fn day(dice: &mut Dice) -> Date {
    let year = *dice.pick(&[1, 1969, 1970, 2000, 2024, 9999]);
    let (month, day) = *dice.pick(&[(1, 1), (2, 28), (12, 31)]);
    Date::constant(year, month, day)
}

/// A word.
pub fn word(dice: &mut Dice) -> String {
    (*dice.pick(WORDS)).to_owned()
}

/// Replaces all rows by new ones.
pub fn fill(db: &Connection, dice: &mut Dice) -> Result<()> {
    let extreme = dice.one_in(5);
    db.transaction(|db| {
        Sale::delete_all().run(db)?;
        Item::delete_all().run(db)?;
        Shop::update_all().set(Shop::PARENT_ID, None).run(db)?;
        Shop::delete_all().run(db)?;
        let mut shops: Vec<Id<Shop>> = Vec::new();
        for _ in 0..dice.below(6) {
            let mut shop = NewShop::new(word(dice));
            if !dice.one_in(3) {
                shop = shop.rank(number(dice, false));
            }
            if !shops.is_empty() && dice.one_in(2) {
                shop = shop.parent_id(*dice.pick(&shops));
            }
            shops.push(Shop::insert(shop).one(db)?.id);
        }
        let count = if dice.one_in(8) { 0 } else { dice.below(30) };
        let new = (0..count).map(|_| {
            let live = dice.one_in(2);
            let mut item = NewItem::new(word(dice), number(dice, extreme), quarters(dice), live);
            if !shops.is_empty() && !dice.one_in(4) {
                item = item.shop_id(*dice.pick(&shops));
            }
            if !dice.one_in(3) {
                item = item.note(word(dice));
            }
            if !dice.one_in(3) {
                item = item.m(number(dice, extreme));
            }
            if !dice.one_in(3) {
                item = item.weight(quarters(dice));
            }
            if !dice.one_in(3) {
                item = item.day(day(dice));
            }
            item
        });
        let new: Vec<NewItem> = new.collect();
        let items = Item::insert_many(new).all(db)?;
        let count = if items.is_empty() { 0 } else { dice.below(50) };
        let sales = (0..count).map(|_| {
            let item = dice.pick(&items).id;
            let sale = NewSale::new(item, number(dice, false), day(dice));
            if dice.one_in(3) { sale } else { sale.buyer(word(dice)) }
        });
        let sales: Vec<NewSale> = sales.collect();
        Sale::insert_many(sales).run(db)?;
        Ok(())
    })
}

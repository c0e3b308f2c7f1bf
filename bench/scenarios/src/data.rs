//! What the questions are bound to.

/// A row to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGuest {
    /// Their name.
    pub name: String,
    /// The colour of their hair, where it is known.
    pub hair_color: Option<String>,
}

/// Rows to insert, the same for everybody.
pub fn new_guests(count: usize) -> Vec<NewGuest> {
    (0..count)
        .map(|number| NewGuest { name: format!("guest number {number}"), hair_color: hair(number) })
        .collect()
}

/// The colour of somebody's hair: two in three have one.
pub(crate) fn hair(number: usize) -> Option<String> {
    (!number.is_multiple_of(3)).then(|| format!("shade {}", number % 17))
}

/// A hundred keys spread over the first 9,000.
pub fn keys() -> Vec<i64> {
    (0..100).map(|number| number * 7919 % 9_000 + 1).collect()
}

/// A list of a hundred keys that are out of order.
pub fn list() -> Vec<i64> {
    (0..100).map(|number| number * 6733 % 9_000 + 1).collect()
}

/// A hundred keys that no other question asks for alone.
pub fn updated_keys() -> Vec<i64> {
    (0..100).map(|number| number * 7 + 9_200).collect()
}

/// What the filter is bound to, for each time it is asked.
pub fn floors() -> Vec<i64> {
    keys().iter().map(|key| key % 8_000).collect()
}

/// The name that the filter leaves out.
pub const LEFT_OUT: &str = "user number 5000";

/// How many rows a page has.
pub const PAGE: i64 = 20;

/// The places that pages begin behind: a name and a key.
pub fn after() -> Vec<(String, i64)> {
    keys().iter().map(|&key| (crate::tables::user_name(key as usize), key)).collect()
}

/// What the pages of an application are asked for: a customer, an order, a word, a supplier, an order.
pub const WEB: [Round; 10] = [
    round(17, 40, "%a1%", 3),
    round(93, 940, "%b2%", 14),
    round(108, 1_840, "%c3%", 25),
    round(214, 2_740, "%d4%", 36),
    round(305, 3_640, "%e5%", 47),
    round(416, 540, "%f6%", 58),
    round(527, 1_440, "%g7%", 69),
    round(638, 2_340, "%a8%", 80),
    round(749, 3_240, "%b9%", 91),
    round(850, 4_140, "%c0%", 99),
];

/// What one round of pages is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// The customer's key.
    pub customer: i64,
    /// The order's key; the page of orders begins behind it.
    pub order: i64,
    /// The pattern that the products' names are like.
    pub pattern: &'static str,
    /// The supplier's key.
    pub supplier: i64,
}

const fn round(customer: i64, order: i64, pattern: &'static str, supplier: i64) -> Round {
    Round { customer, order, pattern, supplier }
}

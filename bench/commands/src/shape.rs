//! The tables that every contender declares: the same for the same count.

/// What a foreign key does when its row is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// The row goes too.
    Cascade,
    /// The column becomes NULL; so it is nullable.
    SetNull,
}

/// What a column holds and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The primary key, numbered by the database.
    Key,
    /// The number of a row of another table.
    Reference {
        /// The other table's place in the list.
        table: usize,
        /// What happens when that row goes.
        on_delete: OnDelete,
    },
    /// Text that must be there.
    Text,
    /// Text that may be absent.
    Note,
    /// Text that no two rows share.
    Code,
    /// A whole number, 0 if nothing is said.
    Count,
    /// A real number that may be absent.
    Ratio,
    /// Yes or no, yes if nothing is said.
    Flag,
    /// When the row was made.
    Created,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, in snake_case.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table; beside what its columns say it has one index on its title and its creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, in snake_case.
    pub name: String,
    /// Its columns, the key first.
    pub columns: Vec<Column>,
}

const NOUNS: [&str; 20] = [
    "accounts", "orders", "invoices", "payments", "parcels", "clinics", "visits", "rooms",
    "lessons", "teachers", "pupils", "routes", "vehicles", "drivers", "menus", "dishes", "tickets",
    "events", "sponsors", "reviews",
];

/// `count` tables of about ten columns; `grown` of them, from the first on and round again, have a note more each.
pub fn tables(count: usize, grown: usize) -> Vec<Table> {
    (0..count).map(|number| table(number, count, grown)).collect()
}

fn table(number: usize, count: usize, grown: usize) -> Table {
    let mut columns = vec![column("id", Kind::Key)];
    if number > 0 {
        let owner = number * 7 % number.min(40);
        columns.push(column(
            "owner_id",
            Kind::Reference { table: owner, on_delete: OnDelete::Cascade },
        ));
    }
    let reviewer = if number.is_multiple_of(5) { number } else { number - 1 };
    columns.push(column(
        "reviewer_id",
        Kind::Reference { table: reviewer, on_delete: OnDelete::SetNull },
    ));
    columns.extend([
        column("title", Kind::Text),
        column("note", Kind::Note),
        column("code", Kind::Code),
        column("amount", Kind::Count),
        column("ratio", Kind::Ratio),
        column("active", Kind::Flag),
        column("created_at", Kind::Created),
    ]);
    let notes = grown / count + usize::from(number < grown % count);
    columns.extend((0..notes).map(|note| column(&format!("note_{note}"), Kind::Note)));
    Table { name: format!("{}_{number:03}", NOUNS[number % NOUNS.len()]), columns }
}

fn column(name: &str, kind: Kind) -> Column {
    Column { name: name.to_owned(), kind }
}

/// `snake_case` as `PascalCase`.
pub fn pascal(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

/// `snake_case` as `camelCase`.
pub fn camel(name: &str) -> String {
    let pascal = pascal(name);
    pascal[..1].to_lowercase() + &pascal[1..]
}

use diesel::prelude::*;

diesel::table! {
    items_@N@ (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        name -> Text,
        note -> Nullable<Text>,
        rank -> Integer,
        amount -> BigInt,
        active -> Bool,
        score -> Double,
    }
}

#[derive(Queryable, Selectable, Identifiable, Debug)]
#[diesel(table_name = items_@N@, check_for_backend(diesel::pg::Pg))]
pub struct Item@N@ {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    pub note: Option<String>,
    pub rank: i32,
    pub amount: i64,
    pub active: bool,
    pub score: f64,
}

#[derive(Insertable)]
#[diesel(table_name = items_@N@)]
pub struct NewItem@N@ {
    pub name: String,
    pub rank: i32,
    pub amount: i64,
    pub active: bool,
    pub score: f64,
}

pub fn point(door: &mut PgConnection, id: i64) -> QueryResult<Item@N@> {
    items_@N@::table.find(id).select(Item@N@::as_select()).get_result(door)
}

pub fn filter(door: &mut PgConnection, least: i32, name: &str) -> QueryResult<Vec<Item@N@>> {
    items_@N@::table
        .filter(items_@N@::rank.ge(least))
        .filter(items_@N@::name.ne(name))
        .filter(items_@N@::note.is_not_null())
        .filter(items_@N@::active)
        .order((items_@N@::rank.desc(), items_@N@::id))
        .limit(20)
        .select(Item@N@::as_select())
        .load(door)
}

pub fn insert(door: &mut PgConnection, name: String, rank: i32) -> QueryResult<Item@N@> {
    let new = NewItem@N@ { name, rank, amount: @I@, active: true, score: 0.5 };
    diesel::insert_into(items_@N@::table).values(&new).returning(Item@N@::as_returning()).get_result(door)
}

pub fn update(door: &mut PgConnection, id: i64, note: &str, amount: i64) -> QueryResult<usize> {
    diesel::update(items_@N@::table.find(id))
        .set((items_@N@::note.eq(note), items_@N@::amount.eq(amount)))
        .execute(door)
}

pub fn run(door: &mut PgConnection) -> QueryResult<usize> {
    let new = insert(door, "new".to_owned(), 7)?;
    update(door, new.id, "changed", 9)?;
    let found = point(door, new.id)?;
    let mut number = found.name.len() + filter(door, 3, "old")?.len();
@JOINED@
    Ok(number)
}

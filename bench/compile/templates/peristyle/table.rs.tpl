use peristyle::prelude::*;
use peristyle::Result;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items_@N@")]
pub struct Item@N@ {
    #[key(auto)]
    pub id: Id<Item@N@>,
    pub parent_id: Option<Id<Item@P@>>,
    pub name: String,
    pub note: Option<String>,
    pub rank: i32,
    pub amount: i64,
    pub active: bool,
    pub score: f64,
}

pub async fn point(door: &Db, id: Id<Item@N@>) -> Result<Item@N@> {
    Item@N@::get(id).one(door).await
}

pub async fn filter(door: &Db, least: i32, name: &str) -> Result<Vec<Item@N@>> {
    Item@N@::all()
        .filter(Item@N@::RANK.ge(least))
        .filter(Item@N@::NAME.ne(name))
        .filter(Item@N@::NOTE.is_not_null())
        .filter(Item@N@::ACTIVE.eq(true))
        .order(Item@N@::RANK.desc())
        .order(Item@N@::ID.asc())
        .limit(20)
        .all(door)
        .await
}

pub async fn insert(door: &Db, name: String, rank: i32) -> Result<Item@N@> {
    Item@N@::insert(NewItem@N@::new(name, rank, @I@, true, 0.5)).one(door).await
}

pub async fn update(door: &Db, id: Id<Item@N@>, note: &str, amount: i64) -> Result<()> {
    Item@N@::update(id).set(Item@N@::NOTE, note).set(Item@N@::AMOUNT, amount).run(door).await?;
    Ok(())
}

pub async fn run(door: &Db) -> Result<usize> {
    let new = insert(door, "new".to_owned(), 7).await?;
    update(door, new.id, "changed", 9).await?;
    let found = point(door, new.id).await?;
    let mut number = found.name.len() + filter(door, 3, "old").await?.len();
@JOINED@
    Ok(number)
}

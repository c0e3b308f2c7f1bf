use toasty::{Db, Result};

#[derive(Debug, toasty::Model)]
#[table = "items_@N@"]
pub struct Item@N@ {
    #[key]
    #[auto]
    pub id: i64,
    #[index]
    pub parent_id: Option<i64>,
@RELATION@
    pub name: String,
    pub note: Option<String>,
    pub rank: i32,
    pub amount: i64,
    pub active: bool,
    pub score: f64,
}

pub async fn point(door: &mut Db, id: i64) -> Result<Item@N@> {
    Item@N@::get_by_id(door, id).await
}

pub async fn filter(door: &mut Db, least: i32, name: &str) -> Result<Vec<Item@N@>> {
    Item@N@::filter(Item@N@::fields().rank().ge(least))
        .filter(Item@N@::fields().name().ne(name))
        .filter(Item@N@::fields().note().is_some())
        .filter(Item@N@::fields().active().eq(true))
        .order_by((Item@N@::fields().rank().desc(), Item@N@::fields().id().asc()))
        .limit(20)
        .exec(door)
        .await
}

pub async fn insert(door: &mut Db, name: String, rank: i32) -> Result<Item@N@> {
    toasty::create!(Item@N@ { name: name, rank: rank, amount: @I@_i64, active: true, score: 0.5 })
        .exec(door)
        .await
}

pub async fn update(door: &mut Db, id: i64, note: &str, amount: i64) -> Result<()> {
    Item@N@::filter_by_id(id).update().note(note).amount(amount).exec(door).await
}

pub async fn run(door: &mut Db) -> Result<usize> {
    let new = insert(door, "new".to_owned(), 7).await?;
    update(door, new.id, "changed", 9).await?;
    let found = point(door, new.id).await?;
    let mut number = found.name.len() + filter(door, 3, "old").await?.len();
@JOINED@
    Ok(number)
}

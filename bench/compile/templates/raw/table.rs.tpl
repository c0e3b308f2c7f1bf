use tokio_postgres::{Client, Error, Row};

#[derive(Debug)]
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

impl Item@N@ {
    pub fn read(row: &Row, at: usize) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get(at)?,
            parent_id: row.try_get(at + 1)?,
            name: row.try_get(at + 2)?,
            note: row.try_get(at + 3)?,
            rank: row.try_get(at + 4)?,
            amount: row.try_get(at + 5)?,
            active: row.try_get(at + 6)?,
            score: row.try_get(at + 7)?,
        })
    }
}

pub async fn point(door: &Client, id: i64) -> Result<Item@N@, Error> {
    let sql = "SELECT id, parent_id, name, note, rank, amount, active, score FROM items_@N@ WHERE id = $1";
    Item@N@::read(&door.query_one(sql, &[&id]).await?, 0)
}

pub async fn filter(door: &Client, least: i32, name: &str) -> Result<Vec<Item@N@>, Error> {
    let sql = "SELECT id, parent_id, name, note, rank, amount, active, score FROM items_@N@ \
        WHERE rank >= $1 AND name <> $2 AND note IS NOT NULL AND active ORDER BY rank DESC, id LIMIT 20";
    let rows = door.query(sql, &[&least, &name]).await?;
    rows.iter().map(|row| Item@N@::read(row, 0)).collect()
}

pub async fn insert(door: &Client, name: String, rank: i32) -> Result<Item@N@, Error> {
    let sql = "INSERT INTO items_@N@ (name, rank, amount, active, score) VALUES ($1, $2, $3, $4, $5) \
        RETURNING id, parent_id, name, note, rank, amount, active, score";
    Item@N@::read(&door.query_one(sql, &[&name, &rank, &@I@_i64, &true, &0.5_f64]).await?, 0)
}

pub async fn update(door: &Client, id: i64, note: &str, amount: i64) -> Result<u64, Error> {
    let sql = "UPDATE items_@N@ SET note = $1, amount = $2 WHERE id = $3";
    door.execute(sql, &[&note, &amount, &id]).await
}

pub async fn run(door: &Client) -> Result<usize, Error> {
    let new = insert(door, "new".to_owned(), 7).await?;
    update(door, new.id, "changed", 9).await?;
    let found = point(door, new.id).await?;
    let mut number = found.name.len() + filter(door, 3, "old").await?.len();
@JOINED@
    Ok(number)
}


pub async fn join(door: &Client, least: i64) -> Result<Vec<(Item@N@, Item@P@)>, Error> {
    let sql = "SELECT c.id, c.parent_id, c.name, c.note, c.rank, c.amount, c.active, c.score, \
            p.id, p.parent_id, p.name, p.note, p.rank, p.amount, p.active, p.score \
        FROM items_@N@ c JOIN items_@P@ p ON p.id = c.parent_id WHERE p.amount >= $1 ORDER BY c.id";
    let rows = door.query(sql, &[&least]).await?;
    rows.iter().map(|row| Ok((Item@N@::read(row, 0)?, Item@P@::read(row, 8)?))).collect()
}


pub async fn join(door: &Db, least: i64) -> Result<Vec<(Item@N@, Item@P@)>> {
    Item@N@::all()
        .join(Item@N@::PARENT)
        .filter(Item@P@::AMOUNT.ge(least))
        .order(Item@N@::ID.asc())
        .all(door)
        .await
}

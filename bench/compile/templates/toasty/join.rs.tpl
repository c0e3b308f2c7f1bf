
pub async fn join(door: &mut Db, least: i64) -> Result<Vec<Item@N@>> {
    Item@N@::filter(Item@N@::fields().parent().amount().ge(least))
        .order_by(Item@N@::fields().id().asc())
        .include(Item@N@::fields().parent())
        .exec(door)
        .await
}

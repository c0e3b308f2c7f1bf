use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set, Unchanged};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "items_@N@")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub parent_id: Option<i64>,
    pub name: String,
    pub note: Option<String>,
    pub rank: i32,
    pub amount: i64,
    pub active: bool,
    pub score: f64,
}

impl ActiveModelBehavior for ActiveModel {}

pub async fn point(door: &DatabaseConnection, id: i64) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(door).await
}

pub async fn filter(door: &DatabaseConnection, least: i32, name: &str) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Rank.gte(least))
        .filter(Column::Name.ne(name))
        .filter(Column::Note.is_not_null())
        .filter(Column::Active.eq(true))
        .order_by_desc(Column::Rank)
        .order_by_asc(Column::Id)
        .limit(20)
        .all(door)
        .await
}

pub async fn insert(door: &DatabaseConnection, name: String, rank: i32) -> Result<Model, DbErr> {
    let new = ActiveModel {
        name: Set(name),
        rank: Set(rank),
        amount: Set(@I@),
        active: Set(true),
        score: Set(0.5),
        ..Default::default()
    };
    new.insert(door).await
}

pub async fn update(door: &DatabaseConnection, id: i64, note: &str, amount: i64) -> Result<Model, DbErr> {
    let changed = ActiveModel {
        id: Unchanged(id),
        note: Set(Some(note.to_owned())),
        amount: Set(amount),
        ..Default::default()
    };
    changed.update(door).await
}

pub async fn run(door: &DatabaseConnection) -> Result<usize, DbErr> {
    let new = insert(door, "new".to_owned(), 7).await?;
    update(door, new.id, "changed", 9).await?;
    let found = point(door, new.id).await?;
    let mut number = found.map_or(0, |found| found.name.len()) + filter(door, 3, "old").await?.len();
@JOINED@
    Ok(number)
}

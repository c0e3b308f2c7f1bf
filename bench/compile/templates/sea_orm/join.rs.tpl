
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "parent::Entity", from = "Column::ParentId", to = "parent::Column::Id")]
    Parent,
}

impl Related<parent::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Parent.def()
    }
}

pub async fn join(
    door: &DatabaseConnection,
    least: i64,
) -> Result<Vec<(Model, Option<parent::Model>)>, DbErr> {
    Entity::find()
        .find_also_related(parent::Entity)
        .filter(parent::Column::Amount.gte(least))
        .order_by_asc(Column::Id)
        .all(door)
        .await
}
